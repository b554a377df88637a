"""Cloth that hangs, and screens: curtains on a rod, towels over a bar, folding screens. Seen from -y."""

import math

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, lathe, rod, tube
from assets_catalog.sources.builtin.shapes.upholstery import sheet


def curtain(rng: np.random.Generator) -> Shape:
    """Returns a pair of curtains, drawn aside, on a rod with rings; to the floor or to a sill."""
    half, drop = 0.5 * float(rng.uniform(1.4, 2.6)), float(rng.uniform(1.3, 2.5))
    shares = rng.uniform(0.32, 0.5, size=2)
    cloth = looks.fabric(rng)
    panels: list[Solid] = []
    rings: list[Solid] = []
    for side, share in zip((-1, 1), shares.tolist(), strict=True):
        panels.append(_panel(rng, side, half, 2 * half * share * 0.98, drop))
        places = np.linspace(half - 0.03, half - 2 * half * share * 0.98 + 0.03, 8)
        rings += [_ring().moved(side * float(x), 0.0, drop + 0.02) for x in places]
    end = half + float(rng.uniform(0.06, 0.15))
    bar = rod((-end, 0.0, drop + 0.035), (end, 0.0, drop + 0.035), 0.013, 14)
    knob = lathe(
        [(0.0, 0.0), (0.014, 0.0), (0.018, 0.012), (0.03, 0.03), (0.03, 0.045), (0.018, 0.062), (0.0, 0.066)], 18
    )
    knobs = [knob.turned("y", side * 0.5 * math.pi).moved(side * (end - 0.002), 0.0, drop + 0.035) for side in (-1, 1)]
    arms = [
        rod((side * (half + 0.03), 0.0, drop + 0.035), (side * (half + 0.03), 0.11, drop + 0.035), 0.009, 10)
        for side in (-1, 1)
    ]
    feet = [
        box((side * (half + 0.03) - 0.02, 0.1, drop), (side * (half + 0.03) + 0.02, 0.112, drop + 0.07), 0.003)
        for side in (-1, 1)
    ]
    return Shape([(cloth, panels), (looks.metal(rng), [bar, *knobs, *arms, *feet, *rings])])


def _ring() -> Solid:
    return tube([(0.0, y, z) for y, z in arc((0.0, 0.008), 0.02, -0.5 * math.pi, 1.48 * math.pi, 14)], 0.0025, 6)


def _panel(rng: np.random.Generator, side: int, half_m: float, wide_m: float, drop_m: float) -> Solid:
    """Returns one curtain: folds that run down it, deeper and freer toward the hem."""
    folds = max(4, round(wide_m / float(rng.uniform(0.1, 0.16))))
    across, down = np.linspace(0, 1, 8 * folds + 1), np.linspace(1, 0, 16)
    phase = rng.uniform(0, 2 * math.pi, size=3)
    wave = np.sin(
        2 * math.pi * folds * across[None] + 0.5 * np.sin(2 * across[None] * 3 + phase[0] + 1.4 * down[:, None])
    )
    swell = 0.3 * np.sin(2 * math.pi * 0.5 * folds * across[None] + phase[1]) * (1 - down[:, None])
    deep = np.minimum(0.024 + 0.03 * (1 - down[:, None]), 0.38 * wide_m / folds)
    gathered = 1 - 0.1 * np.sin(math.pi * np.clip((down[:, None] - 0.05), 0, 1)) * (across[None] * 0.6)
    x = half_m - wide_m * across[None] * gathered
    points = np.empty((len(down), len(across), 3))
    points[..., 0] = side * x
    points[..., 1] = deep * (wave + swell)
    points[..., 2] = drop_m * down[:, None] + 0.004 * np.sin(6 * across[None] + phase[2]) * (1 - down[:, None])
    return sheet(points if side > 0 else points[:, ::-1], 0.004)


def folding_screen(rng: np.random.Generator) -> Shape:
    """Returns a screen of three to five leaves that stand zigzag: paper, cloth, slats or boards in a frame."""
    count, wide = int(rng.integers(3, 6)), float(rng.uniform(0.4, 0.52))
    height, turn = float(rng.uniform(1.55, 1.9)), float(rng.uniform(0.35, 0.6))
    timber = looks.wood_or_paint(rng)
    frame, filling = _leaf(rng, wide, height)
    skin = _skin(rng, timber)
    framed, filled = [], []
    x, y = 0.0, 0.0
    for index in range(count):
        angle = turn if index % 2 else -turn
        framed += [solid.turned("z", angle).moved(x, y) for solid in frame]
        filled += [solid.turned("z", angle).moved(x, y) for solid in filling]
        x, y = x + (wide + 0.008) * math.cos(angle), y + (wide + 0.008) * math.sin(angle)
    layers: list[Layer] = [(timber, framed), (skin, filled)]
    return Shape(layers)


def _skin(rng: np.random.Generator, timber: AssetMaterial) -> AssetMaterial:
    kind = int(rng.integers(3))
    return (looks.WHITE_PAPER, looks.fabric(rng), timber)[kind]


def _leaf(rng: np.random.Generator, wide_m: float, height_m: float) -> tuple[list[Solid], list[Solid]]:
    """Returns frame and filling of one leaf, from x = 0 to its width."""
    edge, thick = float(rng.uniform(0.025, 0.04)), 0.011
    frame = [box((x, -thick, 0.0), (x + edge, thick, height_m), 0.003) for x in (0.0, wide_m - edge)]
    rails = [0.08, height_m - edge - 0.02]
    kind = int(rng.integers(3))
    rails += [float(z) for z in np.linspace(0.1, height_m - 0.06, int(rng.integers(3, 7)))[1:-1]] if kind == 0 else []
    frame += [
        box((edge - 0.004, -thick + 0.001, z), (wide_m - edge + 0.004, thick - 0.001, z + edge), 0.003) for z in rails
    ]
    low, high = 0.09 + edge, height_m - 0.03 - edge
    if kind == 1:
        return frame, _louvres(edge, wide_m - edge, low, high)
    if kind == 0:
        bar = 0.5 * wide_m
        frame.append(box((bar - 0.008, -thick + 0.002, low - 0.01), (bar + 0.008, thick - 0.002, high + 0.01), 0.002))
    return frame, [
        sheet(_flat(edge - 0.004, wide_m - edge + 0.004, low - 0.015, high + 0.015), 0.004).moved(0.0, 0.002)
    ]


def _louvres(left_m: float, right_m: float, low_m: float, high_m: float) -> list[Solid]:
    count = int((high_m - low_m) / 0.045)
    slat = box((left_m - 0.004, -0.017, -0.0025), (right_m + 0.004, 0.017, 0.0025), 0.0008).turned("x", -0.7)
    return [slat.moved(z_m=float(z)) for z in np.linspace(low_m + 0.012, high_m - 0.012, count)]


def _flat(x0_m: float, x1_m: float, z0_m: float, z1_m: float) -> Float64[np.ndarray, "m n 3"]:
    """Returns a grid that looks to -y."""
    x, z = np.meshgrid(np.linspace(x1_m, x0_m, 3), np.linspace(z0_m, z1_m, 5))
    return np.stack([x, np.zeros_like(x), z], axis=2)


def hung_towel(rng: np.random.Generator) -> Shape:
    """Returns a towel over a wall bar."""
    half, front, back = (
        0.5 * float(rng.uniform(0.32, 0.55)),
        float(rng.uniform(0.45, 0.7)),
        float(rng.uniform(0.3, 0.42)),
    )
    over = arc((0.0, 0.0), 0.016, math.pi, 0.0, 6)
    line = [
        *((-0.016 - 0.01 * t, -front * t) for t in np.linspace(1, 0.1, 8)),
        *over,
        *((0.018, -back * t) for t in np.linspace(0.1, 1, 6)),
    ]
    across = np.linspace(-half, half, 13)
    points = np.empty((len(line), 13, 3))
    points[..., 0] = across
    ripple = 0.006 * np.sin(9 * across / half * float(rng.uniform(0.7, 1.2)) + float(rng.uniform(0, 6)))
    for row, (y, z) in enumerate(line):
        hang = min(1.0, max(0.0, -z / 0.25))
        points[row, :, 1] = y - 0.006 * hang + ripple * hang
        points[row, :, 2] = z
    bar = rod((-half - 0.06, 0.0, 0.0), (half + 0.06, 0.0, 0.0), 0.009, 12)
    arms = [rod((x, 0.0, 0.0), (x, 0.07, 0.0), 0.009, 12) for x in (-half - 0.06, half + 0.06)]
    roses = [
        lathe([(0.0, 0.0), (0.024, 0.0), (0.024, 0.008), (0.0, 0.01)], 18).turned("x", 0.5 * math.pi).moved(x, 0.074)
        for x in (-half - 0.06, half + 0.06)
    ]
    return Shape([(looks.fabric(rng), [sheet(points[:, ::-1], 0.007)]), (looks.metal(rng), [bar, *arms, *roses])])
