"""Containers: boxes, crates, bins and baskets."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape, carries
from assets_catalog.sources.builtin.shapes.skins import pierced
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, hollow, lathe, rod, tube
from schemas.geometry import Vec3


def lidded_box(rng: np.random.Generator) -> Shape:
    """Returns a storage box with a lid and a label holder, or a small wooden chest with a clasp."""
    x, y, height = (
        0.5 * float(rng.uniform(0.2, 0.36)),
        0.5 * float(rng.uniform(0.16, 0.28)),
        float(rng.uniform(0.11, 0.22)),
    )
    lid = float(rng.uniform(0.03, 0.06))
    wooden = rng.random() < 0.4
    skin = looks.wood(rng) if wooden else looks.vivid(rng, "paper:card", 0.8)
    body = box((-x, -y, 0.0), (x, y, height - 0.4 * lid), 0.003)
    cover = box((-x - 0.004, -y - 0.004, height - lid), (x + 0.004, y + 0.004, height), 0.004)
    middle = 0.45 * (height - lid)
    plate = box((-0.035, -y - 0.0025, middle - 0.018), (0.035, -y + 0.001, middle + 0.018), 0.001)
    card = box((-0.029, -y - 0.003, middle - 0.012), (0.029, -y, middle + 0.012), 0.0005)
    handles = [tube([(side * (x - 0.001 + r), t, middle + 0.02) for r, t in _grip()], 0.003, 8) for side in (-1, 1)]
    metal = looks.metal(rng)
    support = carries(2 * x - 0.02, 2 * y - 0.02, height)
    return Shape([(skin, [body, cover]), (metal, [plate, *handles]), (looks.WHITE_PAPER, [card])], (support,))


def small_box(rng: np.random.Generator, at_m: Vec3, half_m: Vec3) -> list[Layer]:
    """Returns a plain box with a lid for a shelf: centre of its foot; half its width and depth, and its height."""
    x, y, high = half_m
    skin = looks.vivid(rng, "paper:card", 0.8) if rng.random() < 0.6 else looks.wood(rng)
    body = box((-0.97 * x, -0.97 * y, 0.0), (0.97 * x, 0.97 * y, high - 0.01), 0.003)
    lid = box((-x, -y, high - 0.05), (x, y, high), 0.004)
    card = box((-0.03, -y - 0.0006, high - 0.042), (0.03, -y + 0.001, high - 0.014), 0.0004)
    return [(skin, [body.moved(*at_m), lid.moved(*at_m)]), (looks.WHITE_PAPER, [card.moved(*at_m)])]


def crate(rng: np.random.Generator) -> Shape:
    """Returns an open crate of slats nailed to corner posts, as for fruit or bottles; some have hand holes."""
    x, y = 0.5 * float(rng.uniform(0.34, 0.6)), 0.5 * float(rng.uniform(0.26, 0.42))
    height, rows = float(rng.uniform(0.18, 0.36)), int(rng.integers(2, 5))
    thick = float(rng.uniform(0.009, 0.014))
    pitch = height / rows
    tall = pitch * float(rng.uniform(0.72, 0.9))
    lows = [row * pitch + 0.5 * (pitch - tall) for row in range(rows)]
    slats = [box((-x, side, z), (x, side + thick, z + tall), 0.002) for z in lows for side in (-y, y - thick)]
    slats += [
        box((side, -y + thick, z), (side + thick, y - thick, z + tall), 0.002) for z in lows for side in (-x, x - thick)
    ]
    post = 0.028
    inner = x - thick - post, y - thick - post
    slats += [
        box((px, py, 0.004), (px + post, py + post, height - 0.004), 0.002)
        for px in (-x + thick, inner[0])
        for py in (-y + thick, inner[1])
    ]
    edges = np.linspace(-y + thick, y - thick, max(3, round(2 * y / 0.085)) + 1)
    gap = 0.12 * float(edges[1] - edges[0])
    floor = [
        box((-x + thick, float(a) + gap, 0.006), (x - thick, float(b) - gap, 0.006 + thick), 0.002)
        for a, b in pairwise(edges)
    ]
    paint = looks.wood(rng) if rng.random() < 0.75 else looks.paint(rng)
    return Shape([(paint, [*slats, *floor])])


def plastic_crate(rng: np.random.Generator) -> Shape:
    """Returns a stackable crate of plastic: a rim, ribs and a pierced wall."""
    x, y = 0.5 * float(rng.uniform(0.36, 0.6)), 0.5 * float(rng.uniform(0.28, 0.4))
    height, thick = float(rng.uniform(0.16, 0.32)), 0.006
    skin = looks.look("plastic:crate", looks.tinted(rng, looks.one_of(rng, _CRATES)), looks.Finish(0.45))
    wide = [_pierced_wall(x, height, int(rng.integers(5, 9)), 2, thick)]
    deep = [_pierced_wall(y - thick, height, 4, 2, thick)]
    walls = [solid.moved(0.0, side) for solid in wide for side in (-y, y - thick)]
    walls += [solid.turned("z", 0.5 * math.pi).moved(side) for solid in deep for side in (-x + thick, x)]
    rim = [
        box((-x - 0.01, side - 0.01, height - 0.02), (x + 0.01, side + 0.016, height + 0.002), 0.004)
        for side in (-y, y - 0.006)
    ]
    rim += [
        box((side - 0.0092, -y + 0.006, height - 0.0196), (side + 0.0152, y - 0.006, height + 0.0016), 0.004)
        for side in (-x, x - 0.006)
    ]
    floor = [box((-x + 0.002, -y + 0.002, 0.0), (x - 0.002, y - 0.002, 0.008), 0.002)]
    return Shape([(skin, [*walls, *rim, *floor])])


def _pierced_wall(half_m: float, height_m: float, columns: int, rows: int, thick_m: float) -> Solid:
    """Returns a wall with a grid of slots, from y = 0 to its thickness."""
    xs, zs = [-half_m], [0.002]
    step, rise = 2 * half_m / columns, (height_m - 0.04) / rows
    for column in range(columns):
        xs += [-half_m + (column + 0.18) * step, -half_m + (column + 0.82) * step]
    for row in range(rows):
        zs += [0.02 + (row + 0.14) * rise, 0.02 + (row + 0.86) * rise]
    xs.append(half_m)
    zs.append(height_m)
    full = np.ones((len(xs) - 1, len(zs) - 1), dtype=bool)
    full[1::2, 1::2] = False
    return pierced(xs, zs, full, (0.0, thick_m))


_CRATES = ("b3342b", "2f5f9a", "3a7a4a", "d9a12f", "2b2c2e", "8a8d90")


def _grip() -> list[Vec2]:
    """Returns (outward, along) of a small bow handle."""
    return [(0.016 * math.sin(t), -0.035 * math.cos(t)) for t in np.linspace(0, math.pi, 9)]


def waste_basket(rng: np.random.Generator) -> Shape:
    """Returns an open tapering bin with a rolled rim."""
    radius, height = float(rng.uniform(0.11, 0.15)), float(rng.uniform(0.26, 0.36))
    skin = looks.metal(rng) if rng.random() < 0.4 else looks.plastic(rng)
    wall = lathe(hollow([(radius * float(rng.uniform(0.7, 0.9)), 0.0), (radius, height)], 0.003, 0.008), 40)
    rim = lathe([*arc((radius, height), 0.005, -math.pi, math.pi, 10)[:-1], (radius - 0.005, height)], 40)
    return Shape([(skin, [wall, rim])])


def pedal_bin(rng: np.random.Generator) -> Shape:
    """Returns a round bin with a domed lid and a pedal."""
    radius, height = float(rng.uniform(0.11, 0.15)), float(rng.uniform(0.26, 0.36))
    skin = looks.metal(rng) if rng.random() < 0.6 else looks.plastic(rng)
    body = disc(radius, 0.012, height, 0.003, 40)
    low, top = height + 0.004, height + 0.066
    dome = curve([(radius, low + 0.012), (0.85 * radius, low + 0.042), (0.4 * radius, top - 0.004), (0.0, top)], 3)
    lid = lathe([(0.0, low), (radius, low), *dome], 40)
    base = disc(0.97 * radius, 0.0, 0.014, 0.002, 40)
    seam = disc(0.96 * radius, height - 0.002, low + 0.002, 0.001, 40)
    pedal = box((-0.03, -radius - 0.035, 0.006), (0.03, -0.8 * radius, 0.014), 0.002)
    return Shape([(skin, [body, lid]), (looks.BLACK_PLASTIC, [base, seam, pedal])])


def basket(rng: np.random.Generator) -> Shape:
    """Returns a woven basket: a wall of stacked strands, staves inside, and two handles."""
    radius, height = float(rng.uniform(0.14, 0.22)), float(rng.uniform(0.2, 0.34))
    foot = radius * float(rng.uniform(0.75, 1.0))
    strands = int(height / 0.02)
    wall = lathe(_rippled(foot, radius, height, strands), 40)
    rim = lathe([*arc((radius, height), 0.011, -math.pi, math.pi, 12)[:-1], (radius - 0.011, height)], 40)
    bows = [_handle(radius, height).turned("z", turn) for turn in (0.0, math.pi)]
    woven = looks.wood(rng)
    staves = [_stave(foot, radius, height).turned("z", step * math.pi / 10) for step in range(20)]
    return Shape([(woven, [wall, rim, *staves]), (looks.leather(rng) if rng.random() < 0.4 else woven, bows)])


def _rippled(foot_m: float, radius_m: float, height_m: float, strands: int) -> list[Vec2]:
    """Returns the profile of a wall of round strands, closed inside by a smooth wall and a floor."""
    outer = []
    for step in range(2 * strands + 1):
        share = step / (2 * strands)
        bulge = 0.005 if step % 2 else 0.0
        outer.append((foot_m + (radius_m - foot_m) * share + bulge, height_m * share))
    inner = [(radius_m - 0.007, height_m), (foot_m - 0.007, 0.01)]
    return [(0.0, 0.0), *outer, *inner, (0.0, 0.01)]


def _stave(foot_m: float, radius_m: float, height_m: float) -> Solid:
    return rod((foot_m + 0.0025, 0.0, 0.004), (radius_m + 0.0025, 0.0, height_m), 0.0045, 6)


def _handle(radius_m: float, height_m: float) -> Solid:
    bow = arc((0.0, height_m), 0.06, 0.0, math.pi, 12)
    return tube([(radius_m, y, z) for y, z in bow], 0.007, 8)
