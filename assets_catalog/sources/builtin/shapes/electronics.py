"""Televisions and laptops, switched off."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, rod
from assets_catalog.sources.builtin.shapes.upholstery import cushion

_SHELLS = (
    looks.look("metal:aluminium", "b9bbbd", looks.Finish(0.4, metallic=1.0)),
    looks.look("metal:grey", "5c5f63", looks.Finish(0.4, metallic=1.0)),
    looks.look("plastic:black", "232427", looks.Finish(0.45)),
    looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)),
)


def flat_television(rng: np.random.Generator) -> Shape:
    """Returns a flat television on two feet or on one stand; 24 to 55 inches."""
    diagonal = 0.0254 * float(rng.uniform(24, 55))
    x, height = 0.5 * diagonal * 16 / math.hypot(16, 9), diagonal * 9 / math.hypot(16, 9)
    rim, low = float(rng.uniform(0.008, 0.02)), float(rng.uniform(0.04, 0.15))
    high = low + height + 2 * rim
    bars = [box((-x - rim, -0.014, z), (x + rim, 0.012, z + rim), 0.002) for z in (low, high - rim)]
    bars += [box((side, -0.0138, low + 0.001), (side + rim, 0.012, high - 0.001), 0.002) for side in (-x - rim, x)]
    hump = box((-0.55 * x, 0.01, low + 0.12 * height), (0.55 * x, 0.045, low + 0.7 * height), 0.012)
    back = box((-x - 0.5 * rim, -0.004, low + 0.5 * rim), (x + 0.5 * rim, 0.014, high - 0.5 * rim), 0.003)
    screen = box((-x - 0.001, -0.011, low + rim - 0.001), (x + 0.001, -0.003, high - rim + 0.001), 0.0005)
    stand = _two_feet(x, low) if rng.random() < 0.55 else _one_foot(x, low)
    return Shape([(looks.BLACK_PLASTIC, [*bars, back, hump]), (looks.SCREEN, [screen]), (looks.metal(rng), stand)])


def tube_television(rng: np.random.Generator) -> Shape:
    """Returns an old television with a picture tube, of wood or plastic."""
    x, height = 0.5 * float(rng.uniform(0.42, 0.7)), float(rng.uniform(0.38, 0.54))
    deep, front = float(rng.uniform(0.34, 0.48)), float(rng.uniform(0.12, 0.2))
    side = float(rng.uniform(0.03, 0.16))
    shell = looks.wood(rng) if rng.random() < 0.5 else _SHELLS[int(rng.integers(len(_SHELLS)))]
    y = -0.5 * deep
    frame = box((-x, y, 0.02), (x, y + front, height), 0.012)
    glass = cushion((-x + 0.03, y - 0.012, 0.05), (x - 0.03 - side, y + 0.05, height - 0.035), 0.03)
    knobs = [
        disc(0.016, 0.0, 0.02, 0.004, 20).turned("x", 0.5 * math.pi).moved(x - 0.015 - 0.5 * side, y, z * height)
        for z in (0.72, 0.58)
    ]
    feet = [
        box((px - 0.02, py - 0.02, 0.0), (px + 0.02, py + 0.02, 0.024), 0.003)
        for px in (0.05 - x, x - 0.05)
        for py in (y + 0.04, y + front)
    ]
    vents = [
        box((x - side, y - 0.003, z), (x - 0.018, y + 0.01, z + 0.006), 0.001)
        for z in np.linspace(0.07, 0.4 * height, 6)
    ]
    dark = [*feet, *vents] if side > 0.05 else feet
    return Shape(
        [
            (shell, [frame]),
            (looks.BLACK_PLASTIC, [_tube_housing(x, height, y + front, 0.5 * deep), *dark]),
            (looks.SCREEN, [glass]),
            (looks.metal(rng), knobs if side > 0.06 else []),
        ]
    )


def _tube_housing(half_m: float, height_m: float, near_m: float, far_m: float) -> Solid:
    """Returns the part behind the frame, that tapers to the tube's neck."""
    back = [
        [(half, along, middle + up) for half, up in ((-w, -h), (w, -h), (w, h), (-w, h))]
        for along, w, h, middle in (
            (near_m - 0.01, 0.97 * half_m, 0.47 * height_m, 0.52 * height_m),
            (far_m, 0.55 * half_m, 0.27 * height_m, 0.42 * height_m),
        )
    ]
    return loft(np.array(back)[:, ::-1])


def _two_feet(x_m: float, low_m: float) -> list[Solid]:
    places = [(side * 0.72 * x_m, y) for side in (-1, 1) for y in (-0.11, 0.11)]
    return [rod((x, y, 0.006), (x, 0.0, low_m + 0.012), 0.007) for x, y in places]


def _one_foot(x_m: float, low_m: float) -> list[Solid]:
    plate = box((-0.45 * x_m, -0.12, 0.0), (0.45 * x_m, 0.12, 0.01), 0.003)
    return [plate, box((-0.06, 0.004, 0.009), (0.06, 0.03, low_m + 0.06), 0.004)]


def laptop(rng: np.random.Generator) -> Shape:
    """Returns an open laptop."""
    x, depth = 0.5 * float(rng.uniform(0.28, 0.38)), float(rng.uniform(0.2, 0.26))
    open_rad = float(rng.uniform(1.3, 2.4))
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
