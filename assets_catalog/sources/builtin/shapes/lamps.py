"""Lamps: on the floor, on tables, hung from the ceiling. Shades are open below and above, and glow a little.

No bulb is modelled: the light stands in its place, clear of socket and shade.
"""

import math

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import LightSource
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layers, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, lathe, leg, rod, tube
from schemas.geometry import Vec3

_WALL_M = 0.003


def table_lamp(rng: np.random.Generator) -> Shape:
    """Returns a lamp with a turned or built foot."""
    foot = float(rng.uniform(0.2, 0.32))
    base_look, base = _table_base(rng, foot)
    metal, shade = looks.metal(rng), looks.shade(rng)
    lower = float(rng.uniform(0.11, 0.16))
    skin = _shade(lower, lower * float(rng.uniform(0.6, 1.0)), foot + 0.01, foot + float(rng.uniform(0.18, 0.23)))
    stem = [
        rod((0.0, 0.0, foot - 0.01), (0.0, 0.0, foot + 0.04), 0.006),
        *_socket(0.0, 0.0, foot + 0.04),
        *_harp(foot + 0.04, skin),
    ]
    return Shape(
        [(base_look, base), (metal, [*stem, *_spider(skin)]), (shade, [skin])],
        lights=(_bulb(rng, 0.0, 0.0, foot + 0.115),),
    )


def dome_pendant(rng: np.random.Generator) -> Shape:
    """Returns a metal dome that hangs from the ceiling."""
    return _hung(rng, *_dome(rng))


def drum_pendant(rng: np.random.Generator) -> Shape:
    """Returns a cloth drum that hangs from the ceiling."""
    return _hung(rng, *_drum(rng))


def globe_pendant(rng: np.random.Generator) -> Shape:
    """Returns an opal globe, open below, that hangs from the ceiling."""
    return _hung(rng, *_globe(rng))


def _hung(rng: np.random.Generator, layers: Layers, top: float, bulb: float) -> Shape:
    drop = float(rng.uniform(0.25, 0.6))
    metal = looks.metal(rng)
    cord = rod((0.0, 0.0, top), (0.0, 0.0, top + drop), 0.004, 8)
    low, high = top + drop - 0.03, top + drop
    rose = lathe([(0.0, low), (0.012, low), (0.05, high - 0.012), (0.05, high), (0.0, high)])
    return Shape([*layers, (metal, [rose]), (looks.BLACK_PLASTIC, [cord])], lights=(_bulb(rng, 0.0, 0.0, bulb),))


_Hanging = tuple[Layers, float, float]
"""Layers, height where the cord begins, height of the bulb."""


def _dome(rng: np.random.Generator) -> _Hanging:
    radius, height = float(rng.uniform(0.16, 0.26)), float(rng.uniform(0.15, 0.24))
    line = [(radius, 0.0), (0.95 * radius, 0.3 * height), (0.62 * radius, 0.75 * height), (0.02, height - 0.002)]
    outer = [*curve(line, 5), (0.0, height)]
    inner = [(0.97 * r - 0.002, 0.97 * z) for r, z in reversed(curve(line, 5))]
    dome = lathe([(0.0, 0.97 * height), *inner, *outer], 36)
    skin = looks.paint(rng) if rng.random() < 0.5 else looks.metal(rng)
    low, high = height - 0.09, height + 0.035
    cap = lathe([(0.0, low), (0.02, low), (0.022, height + 0.02), (0.008, high), (0.0, high)], 16)
    return [(skin, [dome]), (looks.metal(rng), [cap])], height + 0.03, height - 0.13


def _drum(rng: np.random.Generator) -> _Hanging:
    radius, height = float(rng.uniform(0.18, 0.28)), float(rng.uniform(0.18, 0.26))
    skin = _shade(radius, radius * float(rng.uniform(0.8, 1.0)), 0.0, height)
    stem = [rod((0.0, 0.0, 0.7 * height), (0.0, 0.0, height + 0.03), 0.006), *_socket(0.0, 0.0, 0.6 * height)]
    return [(looks.shade(rng), [skin]), (looks.metal(rng), [*stem, *_spider(skin)])], height + 0.02, 0.6 * height - 0.07


def _globe(rng: np.random.Generator) -> _Hanging:
    radius = float(rng.uniform(0.11, 0.17))
    opening = 0.045
    start = math.asin(opening / radius)
    outer = arc((0.0, radius), radius, start - 0.5 * math.pi, 0.5 * math.pi - start, 14)
    inner = arc((0.0, radius), radius - _WALL_M, 0.5 * math.pi - start, start - 0.5 * math.pi, 14)
    globe = lathe([*outer, *inner, outer[0]], 32)
    top = 2 * radius
    low, brim, high = top - 0.07, top - 0.02, top + 0.03
    cap = lathe([(0.0, low), (0.018, low), (0.02, brim), (0.055, brim), (0.055, top), (0.01, high), (0.0, high)])
    return [(looks.shade(rng), [globe]), (looks.metal(rng), [cap])], top + 0.02, radius - 0.01


def pole_lamp(rng: np.random.Generator) -> Shape:
    """Returns a floor lamp on a straight pole."""
    height, lower = float(rng.uniform(1.35, 1.6)), float(rng.uniform(0.17, 0.24))
    metal, shade = looks.metal(rng), looks.shade(rng)
    rise = float(rng.uniform(0.22, 0.3))
    skin = _shade(lower, lower * float(rng.uniform(0.65, 1.0)), height - rise, height)
    neck = height - rise + 0.07
    foot = lathe([(0.0, 0.0), (0.15, 0.0), (0.15, 0.012), (0.14, 0.02), (0.03, 0.026), (0.012, 0.05), (0.0, 0.05)], 32)
    stand = [foot, rod((0.0, 0.0, 0.04), (0.0, 0.0, neck), 0.011), *_socket(0.0, 0.0, neck), *_harp(neck, skin)]
    return Shape([(metal, [*stand, *_spider(skin)]), (shade, [skin])], lights=(_bulb(rng, 0.0, 0.0, neck + 0.08),))


def tripod_lamp(rng: np.random.Generator) -> Shape:
    """Returns a floor lamp on three legs."""
    height, lower = float(rng.uniform(1.35, 1.55)), float(rng.uniform(0.2, 0.26))
    timber, metal, shade = looks.wood(rng), looks.metal(rng), looks.shade(rng)
    skin = _shade(lower, lower * 0.85, height - 0.28, height)
    hub = height - 0.34
    ways = [(math.cos(angle), math.sin(angle)) for angle in (math.pi * (0.5 + 2 * step / 3) for step in range(3))]
    legs = [leg((0.28 * x, 0.28 * y, 0.0), (0.025 * x, 0.025 * y, hub), 0.011, 0.016) for x, y in ways]
    neck = hub + 0.13
    stem = [
        disc(0.045, hub - 0.02, hub + 0.02),
        rod((0.0, 0.0, hub), (0.0, 0.0, neck), 0.009),
        *_socket(0.0, 0.0, neck),
        *_harp(neck, skin),
    ]
    return Shape(
        [(timber, legs), (metal, [*stem, *_spider(skin)]), (shade, [skin])], lights=(_bulb(rng, 0.0, 0.0, neck + 0.08),)
    )


def arc_lamp(rng: np.random.Generator) -> Shape:
    """Returns a floor lamp that hangs from a bow."""
    height, reach = float(rng.uniform(1.65, 1.85)), float(rng.uniform(0.6, 0.85))
    metal, shade = looks.metal(rng), looks.shade(rng)
    bow = curve(
        [
            (0.0, 0.04),
            (0.0, 0.5 * height),
            (0.06 * reach, 0.8 * height),
            (0.45 * reach, height),
            (0.9 * reach, 0.96 * height),
            (reach, 0.9 * height),
        ],
        5,
    )
    arm = tube([(x, 0.0, z) for x, z in bow], 0.01, 10)
    end = 0.9 * height
    skin = _shade(0.19, 0.1, end - 0.2, end - 0.02).moved(reach)
    stem = [rod((reach, 0.0, end - 0.05), (reach, 0.0, end + 0.01), 0.012), *_socket(reach, 0.0, end - 0.08)]
    foot = disc(0.17, 0.0, 0.045, 0.006)
    spider = [solid.moved(reach) for solid in _spider(skin.moved(-reach))]
    return Shape([(metal, [arm, foot, *stem, *spider]), (shade, [skin])], lights=(_bulb(rng, reach, 0.0, end - 0.145),))


def _table_base(rng: np.random.Generator, height_m: float) -> tuple[AssetMaterial, list[Solid]]:
    kind = int(rng.integers(3))
    if kind == 0:
        belly, h = float(rng.uniform(0.06, 0.1)), height_m
        gourd = [
            (0.6 * belly, 0.0),
            (0.95 * belly, 0.2 * h),
            (belly, 0.42 * h),
            (0.5 * belly, 0.75 * h),
            (0.016, 0.93 * h),
            (0.014, h),
        ]
        return looks.ceramic(rng), [lathe([(0.0, 0.0), *curve(gourd, 4), (0.0, h)], 32)]
    if kind == 1:
        side = float(rng.uniform(0.05, 0.075))
        block = box((-side, -side, 0.0), (side, side, height_m - 0.02), 0.008)
        return looks.wood(rng), [block, disc(0.02, height_m - 0.022, height_m)]
    foot = lathe(
        [(0.0, 0.0), (0.085, 0.0), (0.085, 0.01), (0.02, 0.022), (0.009, 0.05), (0.009, height_m), (0.0, height_m)], 32
    )
    return looks.metal(rng), [foot]


def _shade(lower_m: float, upper_m: float, low_m: float, high_m: float) -> Solid:
    """Returns a thin cone that is open below and above."""
    line = [
        (lower_m, low_m),
        (upper_m, high_m),
        (upper_m - _WALL_M, high_m),
        (lower_m - _WALL_M, low_m),
        (lower_m, low_m),
    ]
    return lathe(line, 40)


def _spider(shade: Solid) -> list[Solid]:
    """Returns three wires that hold a shade about the z axis, near its upper rim, and the ring they meet in."""
    high = float(shade.vertices_m[:, 2].max())
    reach = float(np.hypot(*shade.vertices_m[shade.vertices_m[:, 2] > high - 1e-6, :2].T).min())
    z = high - 0.012
    ways = [2 * math.pi * step / 3 for step in range(3)]
    wires = [
        rod(
            (0.01 * math.cos(way), 0.01 * math.sin(way), z), (reach * math.cos(way), reach * math.sin(way), z), 0.002, 6
        )
        for way in ways
    ]
    return [*wires, disc(0.014, z - 0.004, z + 0.004, 0.001, 16)]


def _harp(low_m: float, shade: Solid) -> list[Solid]:
    """Returns two bent wires that carry a spider from a socket, around the bulb."""
    high = float(shade.vertices_m[:, 2].max()) - 0.012
    bow = curve([(0.015, low_m), (0.045, low_m + 0.04), (0.045, high - 0.04), (0.01, high)], 4)
    return [tube([(side * x, 0.0, z) for x, z in bow], 0.0018, 6) for side in (-1, 1)]


def _socket(x_m: float, y_m: float, z_m: float) -> list[Solid]:
    return [lathe([(0.0, z_m - 0.03), (0.014, z_m - 0.03), (0.016, z_m + 0.03), (0.0, z_m + 0.03)], 16).moved(x_m, y_m)]


def _bulb(rng: np.random.Generator, x_m: float, y_m: float, z_m: float) -> LightSource:
    """Returns a warm light."""
    at: Vec3 = (x_m, y_m, z_m)
    return LightSource(
        position_m=at, color=(1.0, round(float(rng.uniform(0.84, 0.93)), 3), round(float(rng.uniform(0.66, 0.84)), 3))
    )
