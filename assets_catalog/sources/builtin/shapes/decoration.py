"""Things on walls and underfoot: pictures, rugs, cushions, candles."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, hollow, lathe, rod, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion, pillow

_RUG_M = 0.008
_LAYER_M = 0.0005


def picture(rng: np.random.Generator) -> Shape:
    """Returns a framed abstract composition; its back is at +y."""
    long, short = float(rng.uniform(0.4, 0.95)), float(rng.uniform(0.3, 0.62))
    x, z = (0.5 * long, 0.5 * short) if rng.random() < 0.5 else (0.5 * short, 0.5 * long)
    edge, deep = float(rng.uniform(0.015, 0.04)), float(rng.uniform(0.02, 0.032))
    frame = [box((-x, -deep, side), (x, 0.0, side + edge), 0.003) for side in (-z, z - edge)]
    frame += [
        box((side + 0.0008, -deep + 0.0003, -z + 0.001), (side + edge - 0.0008, -0.0003, z - 0.001), 0.003)
        for side in (-x, x - edge)
    ]
    sheet = box((-x + 0.5 * edge, -0.6 * deep, -z + 0.5 * edge), (x - 0.5 * edge, -0.001, z - 0.5 * edge), 0.0005)
    margin = edge + float(rng.uniform(0.02, 0.08)) * min(1.0, 4 * min(x, z) ** 2 + 0.4)
    painted = composition(rng, x - margin, z - margin, -0.6 * deep)
    look = looks.wood_or_paint(rng) if rng.random() < 0.7 else looks.metal(rng)
    return Shape([(look, frame), (looks.WHITE_PAPER, [sheet]), *painted])


def composition(rng: np.random.Generator, x_m: float, z_m: float, y_m: float) -> list[Layer]:
    """Returns a painting, half its width and height given, that lies before the plane y."""
    return (_bands, _planes, _discs)[int(rng.integers(3))](rng, x_m, z_m, y_m)


def _patch(low_m: Vec2, high_m: Vec2, y_m: float, layer: int) -> Solid:
    """Returns a thin rectangle before the plane y; a higher layer lies before a lower one."""
    return box((low_m[0], y_m - _LAYER_M * (layer + 1), low_m[1]), (high_m[0], y_m + 0.001, high_m[1]), 0.0001)


def _bands(rng: np.random.Generator, x_m: float, z_m: float, y_m: float) -> list[Layer]:
    """Broad stripes one above the other, like a landscape, and a sun."""
    edges = [-z_m, *sorted(float(level) for level in rng.uniform(-0.8 * z_m, 0.6 * z_m, size=4)), z_m]
    stripes = [(looks.vivid(rng), [_patch((-x_m, low), (x_m, high), y_m, 0)]) for low, high in pairwise(edges)]
    radius = 0.22 * min(x_m, z_m)
    sun = disc(radius, 0.0, _LAYER_M + 0.001, 0.0001, 40).turned("x", 0.5 * math.pi)
    at = float(rng.uniform(-0.6, 0.6)) * x_m, 0.55 * z_m
    return [*stripes, (looks.vivid(rng), [sun.moved(at[0], y_m - _LAYER_M + 0.001, at[1])])]


def _planes(rng: np.random.Generator, x_m: float, z_m: float, y_m: float) -> list[Layer]:
    """Overlapping rectangles on a ground."""
    painted: list[Layer] = [(looks.vivid(rng), [_patch((-x_m, -z_m), (x_m, z_m), y_m, 0)])]
    for layer in range(1, int(rng.integers(6, 11))):
        x0, z0 = float(rng.uniform(-1, 0.5)) * x_m, float(rng.uniform(-1, 0.5)) * z_m
        x1, z1 = min(x_m, x0 + float(rng.uniform(0.2, 1.1)) * x_m), min(z_m, z0 + float(rng.uniform(0.2, 1.1)) * z_m)
        painted.append((looks.vivid(rng), [_patch((x0, z0), (x1, z1), y_m, layer)]))
    return painted


def _discs(rng: np.random.Generator, x_m: float, z_m: float, y_m: float) -> list[Layer]:
    """Discs and bars on a ground."""
    painted: list[Layer] = [(looks.vivid(rng), [_patch((-x_m, -z_m), (x_m, z_m), y_m, 0)])]
    for layer in range(1, int(rng.integers(5, 9))):
        radius = float(rng.uniform(0.15, 0.5)) * min(x_m, z_m)
        x, z = float(rng.uniform(-1, 1)) * (x_m - radius), float(rng.uniform(-1, 1)) * (z_m - radius)
        high = _LAYER_M * (layer + 1) + 0.001
        spot = disc(radius, 0.0, high, 0.0001, 40).turned("x", 0.5 * math.pi).moved(x, y_m + 0.001, z)
        painted.append((looks.vivid(rng), [spot]))
    return painted


def rug(rng: np.random.Generator) -> Shape:
    """Returns a rug, round or rectangular, with a woven pattern that stands out by a millimetre."""
    if rng.random() < 0.25:
        return _round_rug(rng, float(rng.uniform(0.7, 1.1)))
    y = 0.5 * float(rng.uniform(0.65, 1.7))
    x = min(y * float(rng.uniform(1.05, 3.4)), 1.5)
    base = box((-x, -y, 0.0), (x, y, _RUG_M - 0.001), 0.002)
    inset, wide = float(rng.uniform(0.05, 0.1)), float(rng.uniform(0.03, 0.08))
    border = _frame(x - inset, y - inset, wide)
    pattern = (_stripes, _diamonds, _checks)[int(rng.integers(3))](x - inset - wide - 0.05, y - inset - wide - 0.05)
    return Shape([(looks.fabric(rng), [base]), (looks.fabric(rng), border), (looks.fabric(rng), pattern)])


def _raised(x0_m: float, x1_m: float, y0_m: float, y1_m: float) -> Solid:
    return box((x0_m, y0_m, 0.004), (x1_m, y1_m, _RUG_M), 0.001)


def _frame(x_m: float, y_m: float, wide_m: float) -> list[Solid]:
    ends = [_raised(-x_m, x_m, y, y + wide_m) for y in (-y_m, y_m - wide_m)]
    return ends + [_raised(x, x + wide_m, -y_m + wide_m, y_m - wide_m) for x in (-x_m, x_m - wide_m)]


def _stripes(x_m: float, y_m: float) -> list[Solid]:
    edges = np.linspace(-x_m, x_m, 16)
    return [_raised(float(edges[step]), float(edges[step + 1]), -y_m, y_m) for step in range(0, 15, 2)]


def _checks(x_m: float, y_m: float) -> list[Solid]:
    xs, ys = np.linspace(-x_m, x_m, 8), np.linspace(-y_m, y_m, 6)
    cells = [(i, j) for i in range(7) for j in range(5) if (i + j) % 2 == 0]
    return [_raised(float(xs[i]), float(xs[i + 1]), float(ys[j]), float(ys[j + 1])) for i, j in cells]


def _diamonds(x_m: float, y_m: float) -> list[Solid]:
    step = 0.5 * y_m
    count = max(1, int(x_m / step - 0.5))
    tile = box((-0.3 * step, -0.3 * step, 0.004), (0.3 * step, 0.3 * step, _RUG_M), 0.001).turned("z", 0.25 * math.pi)
    places = [(column * step, row * step) for column in range(-count, count + 1) for row in (-1, 0, 1)]
    return [tile.moved(x, y) for x, y in places]


def _round_rug(rng: np.random.Generator, radius_m: float) -> Shape:
    base = disc(radius_m, 0.0, _RUG_M - 0.001, 0.002, 64)
    wide = float(rng.uniform(0.02, 0.04))
    middles = [(0.28 + 0.24 * step + float(rng.uniform(-0.04, 0.04))) * radius_m for step in range(3)]
    rings = [(looks.fabric(rng), [_band(middle - wide, middle + wide)]) for middle in middles]
    return Shape([(looks.fabric(rng), [base]), *rings])


def _band(inner_m: float, outer_m: float) -> Solid:
    line = [(outer_m, 0.004), (outer_m, _RUG_M), (inner_m, _RUG_M), (inner_m, 0.004), (outer_m, 0.004)]
    return lathe(line, 64)


def floor_cushion(rng: np.random.Generator) -> Shape:
    """Returns a large cushion that lies on the floor: a pillow, a box or a round one with a seam."""
    side, thick = float(rng.uniform(0.45, 0.65)), float(rng.uniform(0.12, 0.24))
    deep, kind = side * float(rng.uniform(0.6, 1.0)), int(rng.integers(3))
    if kind == 0:
        return Shape([(looks.fabric(rng), [pillow(side, deep, thick)])])
    if kind == 1:
        lying = cushion((-0.5 * side, -0.5 * deep, 0.0), (0.5 * side, 0.5 * deep, thick), 0.35 * thick, 0.02)
        return Shape([(looks.fabric(rng), [lying])])
    radius = 0.5 * side
    edge = arc((radius - 0.5 * thick, 0.5 * thick), 0.5 * thick, -0.5 * math.pi, 0.5 * math.pi, 10)
    body = lathe([(0.0, 0.0), *edge, (0.3 * radius, 1.02 * thick), (0.0, 0.97 * thick)], 40)
    seam = tube(
        [(radius * math.cos(t), radius * math.sin(t), 0.5 * thick) for t in np.linspace(0, 2 * math.pi, 49)], 0.006, 6
    )
    return Shape([(looks.fabric(rng), [body]), (looks.fabric(rng), [seam])])


def taper(rng: np.random.Generator) -> Shape:
    """Returns a slender candle in a stick."""
    foot, height = float(rng.uniform(0.04, 0.055)), float(rng.uniform(0.08, 0.2))
    base = [(0.0, 0.0), (foot, 0.0), (foot, 0.006), (0.3 * foot, 0.016), (0.007, 0.035)]
    cup = [(0.007, height - 0.03), (0.016, height - 0.012), (0.016, height), (0.0, height)]
    top = height + float(rng.uniform(0.12, 0.22))
    wax = lathe([(0.0, height - 0.005), (0.0105, height - 0.005), (0.0095, top - 0.004), (0.006, top), (0.0, top)], 20)
    return Shape(
        [(looks.metal(rng), [lathe([*base, *cup], 28)]), (looks.WAX, [wax]), (looks.BLACK_PLASTIC, [_wick(top)])]
    )


def pillar_candle(rng: np.random.Generator) -> Shape:
    """Returns a thick candle on a dish."""
    radius, height = float(rng.uniform(0.03, 0.045)), float(rng.uniform(0.07, 0.15))
    dish = lathe(hollow([(radius, 0.0), (radius + 0.014, 0.003), (radius + 0.02, 0.014)], 0.003, 0.004), 36)
    pool = arc((radius - 0.005, height - 0.005), 0.005, 0.0, 0.5 * math.pi, 3)
    wax = lathe([(0.0, 0.003), (radius, 0.003), *pool, (0.8 * radius, height - 0.003), (0.0, height - 0.006)], 36)
    wick = _wick(height - 0.006)
    return Shape([(looks.ceramic(rng), [dish]), (looks.WAX, [wax]), (looks.BLACK_PLASTIC, [wick])])


def _wick(top_m: float) -> Solid:
    return rod((0.0, 0.0, top_m - 0.004), (0.0015, 0.0, top_m + 0.011), 0.0009, 6)
