"""Televisions and laptops, switched off."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import rod

_SHELLS = (
    looks.look("metal:aluminium", "b9bbbd", looks.Finish(0.4, metallic=1.0)),
    looks.look("metal:grey", "5c5f63", looks.Finish(0.4, metallic=1.0)),
    looks.look("plastic:black", "232427", looks.Finish(0.45)),
    looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)),
)


def television(rng: np.random.Generator) -> Shape:
    """Returns a flat television on two feet or on one stand; 32 to 55 inches."""
    diagonal = 0.0254 * float(rng.choice([32, 40, 43, 50, 55]))
    x, height = 0.5 * diagonal * 16 / math.hypot(16, 9), diagonal * 9 / math.hypot(16, 9)
    rim, low = float(rng.uniform(0.008, 0.016)), float(rng.uniform(0.05, 0.085))
    high = low + height + 2 * rim
    bars = [box((-x - rim, -0.014, z), (x + rim, 0.012, z + rim), 0.002) for z in (low, high - rim)]
    bars += [box((side, -0.0138, low + 0.001), (side + rim, 0.012, high - 0.001), 0.002) for side in (-x - rim, x)]
    hump = box((-0.55 * x, 0.01, low + 0.12 * height), (0.55 * x, 0.045, low + 0.7 * height), 0.012)
    back = box((-x - 0.5 * rim, -0.004, low + 0.5 * rim), (x + 0.5 * rim, 0.014, high - 0.5 * rim), 0.003)
    screen = box((-x - 0.001, -0.011, low + rim - 0.001), (x + 0.001, -0.003, high - rim + 0.001), 0.0005)
    stand = _two_feet(x, low) if rng.random() < 0.55 else _one_foot(x, low)
    return Shape([(looks.BLACK_PLASTIC, [*bars, back, hump]), (looks.SCREEN, [screen]), (looks.metal(rng), stand)])


def _two_feet(x_m: float, low_m: float) -> list[Solid]:
    places = [(side * 0.72 * x_m, y) for side in (-1, 1) for y in (-0.11, 0.11)]
    return [rod((x, y, 0.006), (x, 0.0, low_m + 0.012), 0.007) for x, y in places]


def _one_foot(x_m: float, low_m: float) -> list[Solid]:
    plate = box((-0.45 * x_m, -0.12, 0.0), (0.45 * x_m, 0.12, 0.01), 0.003)
    return [plate, box((-0.06, 0.004, 0.009), (0.06, 0.03, low_m + 0.06), 0.004)]


def laptop(rng: np.random.Generator) -> Shape:
    """Returns an open laptop."""
    x, depth = 0.5 * float(rng.uniform(0.3, 0.36)), float(rng.uniform(0.21, 0.245))
    open_rad = float(rng.uniform(1.75, 2.1))
    shell = _SHELLS[int(rng.integers(len(_SHELLS)))]
    y = 0.5 * depth
    base = box((-x, -y, 0.002), (x, y, 0.016), 0.004)
    pads = [
        box((px - 0.012, py - 0.012, 0.0), (px + 0.012, py + 0.012, 0.004), 0.001)
        for px in (0.05 - x, x - 0.05)
        for py in (0.04 - y, y - 0.04)
    ]
    touch = box((-0.05, -y + 0.012, 0.0155), (0.05, -y + 0.078, 0.0164), 0.0002)
    lid = box((-x, -depth, 0.0), (x, 0.0, 0.006), 0.0025)
    screen = box((-x + 0.006, -depth + 0.008, -0.0006), (x - 0.006, -0.016, 0.001), 0.0003)
    lifted = [solid.turned("x", -open_rad).moved(0.0, y - 0.004, 0.018) for solid in (lid, screen)]
    hinge = rod((-0.6 * x, y - 0.005, 0.0155), (0.6 * x, y - 0.005, 0.0155), 0.0045)
    dark = [lifted[1], *_keys(x - 0.018, y - 0.022), *pads]
    return Shape([(shell, [base, lifted[0], touch]), (looks.BLACK_PLASTIC, [*dark, hinge])])


def _keys(half_x_m: float, far_m: float) -> list[Solid]:
    """Returns five rows of keys and a space bar, from the hinge forward."""
    pitch, low, high = 2 * half_x_m / 14, 0.0155, 0.0172
    rows = [
        box(
            (-half_x_m + column * pitch + 0.001, far_m - (row + 1) * pitch + 0.002, low),
            (-half_x_m + (column + 1) * pitch - 0.001, far_m - row * pitch, high),
            0.0004,
        )
        for row in range(4)
        for column in range(14)
    ]
    bar = (-3.5 * pitch, far_m - 5 * pitch + 0.002, low), (3.5 * pitch, far_m - 4 * pitch, high)
    ends = [(-7, -5.5), (-5.5, -3.5), (3.5, 5.5), (5.5, 7.0)]
    sides = [box((a * pitch + 0.001, bar[0][1], low), (b * pitch - 0.001, bar[1][1], high), 0.0004) for a, b in ends]
    return [*rows, box(*bar, 0.0004), *sides]
