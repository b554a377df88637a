"""Clocks on walls and on tables."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, lathe, rod


def wall_clock(rng: np.random.Generator) -> Shape:
    """Returns a clock for the wall: round, in a square board, with rays, or in a case with a pendulum."""
    radius, kind = float(rng.uniform(0.1, 0.19)), int(rng.integers(4))
    layers: list[Layer] = [
        (look, [solid.turned("x", 0.5 * math.pi) for solid in solids]) for look, solids in _dial(rng, radius)
    ]
    if kind == 1:
        half = radius * float(rng.uniform(1.05, 1.5))
        tall = half * float(rng.uniform(1.0, 1.3))
        layers.append((looks.wood_or_paint(rng), [box((-half, -0.02, -tall), (half, 0.0, tall), 0.005)]))
    if kind == 2:
        layers.append((looks.metal(rng) if rng.random() < 0.5 else looks.wood(rng), _rays(rng, radius)))
    if kind == 3:
        layers = [(look, [solid.moved(y_m=-0.03) for solid in solids]) for look, solids in layers]
        layers += _pendulum_case(rng, radius)
    return Shape(layers)


def _rays(rng: np.random.Generator, radius_m: float) -> list[Solid]:
    """Returns bars that stand out all around a dial, every other one shorter."""
    count, long = int(rng.integers(10, 22)), radius_m * float(rng.uniform(0.4, 0.9))
    bars = []
    for step in range(2 * count):
        way, reach = math.pi * step / count, radius_m + (long if step % 2 else 0.6 * long)
        start = (0.9 * radius_m * math.cos(way), -0.012, 0.9 * radius_m * math.sin(way))
        bars.append(rod(start, (reach * math.cos(way), -0.012, reach * math.sin(way)), 0.005, 8))
    return bars


def _pendulum_case(rng: np.random.Generator, radius_m: float) -> list[Layer]:
    """Returns a long case behind and below a dial, and the pendulum before it."""
    half, drop = radius_m * float(rng.uniform(0.6, 0.85)), radius_m * float(rng.uniform(2.2, 3.6))
    wood, brass = looks.wood(rng), looks.metal(rng)
    case = [box((-half, -0.03, -drop), (half, 0.0, 0.5 * radius_m), 0.006)]
    case.append(box((-1.15 * half, -0.045, -drop - 0.02), (1.15 * half, -0.0004, -drop + 0.015), 0.006))
    bob = disc(0.3 * half, 0.0, 0.01, 0.003, 28).turned("x", 0.5 * math.pi).moved(0.0, -0.034, -0.8 * drop)
    return [(wood, case), (brass, [bob, rod((0.0, -0.038, -0.8 * drop), (0.0, -0.038, -0.5 * radius_m), 0.004, 8)])]


def table_clock(rng: np.random.Generator) -> Shape:
    """Returns a small clock on two feet, or in a block."""
    radius = float(rng.uniform(0.04, 0.075))
    if rng.random() < 0.5:
        return _block_clock(rng, radius)
    dial = [
        (look, [s.turned("x", 0.5 * math.pi).moved(z_m=radius + 0.012) for s in solids])
        for look, solids in _dial(rng, radius)
    ]
    feet = [
        rod((side * 0.75 * radius, -0.01, 0.0), (side * 0.45 * radius, -0.01, 0.35 * radius), 0.006) for side in (-1, 1)
    ]
    return Shape([*dial, (looks.metal(rng), [*feet, rod((0.0, 0.02, 0.0), (0.0, -0.01, 0.5 * radius), 0.005)])])


def _block_clock(rng: np.random.Generator, radius_m: float) -> Shape:
    """Returns a dial let into a block of wood, paint or stone."""
    half, deep = radius_m * float(rng.uniform(1.15, 2.4)), float(rng.uniform(0.035, 0.07))
    high = radius_m * float(rng.uniform(2.2, 2.9))
    block = box((-half, -0.5 * deep, 0.0), (half, 0.5 * deep, high), 0.006)
    dial = [
        (look, [s.moved(z_m=-0.012).turned("x", 0.5 * math.pi).moved(0.0, -0.5 * deep, 0.5 * high) for s in solids])
        for look, solids in _dial(rng, radius_m)
    ]
    return Shape([(looks.wood_or_paint(rng), [block]), *dial])


def _dial(rng: np.random.Generator, radius_m: float) -> list[Layer]:
    """Returns case, face, marks and hands of a clock that lies on its back."""
    rim, deep = 0.09 * radius_m, 0.035
    profile = [
        (0.0, 0.0),
        (radius_m - 0.003, 0.0),
        (radius_m, 0.003),
        (radius_m, deep - 0.003),
        (radius_m - 0.5 * rim, deep),
        (radius_m - rim, deep - 0.004),
        (radius_m - rim, 0.02),
        (0.0, 0.02),
    ]
    face = disc(radius_m - 0.8 * rim, 0.015, 0.022, 0.0005, 48)
    marks = [
        _hand(0.74 * radius_m, 0.86 * radius_m, 0.012 * radius_m, 0.0225).turned("z", step * math.pi / 6)
        for step in range(12)
    ]
    hour, minute = rng.uniform(0, 2 * math.pi, size=2)
    hands = [_hand(-0.1 * radius_m, 0.48 * radius_m, 0.024 * radius_m, 0.0245).turned("z", float(hour))]
    hands.append(_hand(-0.12 * radius_m, 0.72 * radius_m, 0.016 * radius_m, 0.0265).turned("z", float(minute)))
    hands.append(disc(0.04 * radius_m, 0.0215, 0.028, 0.0005, 20))
    white = looks.WHITE_PAPER if rng.random() < 0.7 else looks.paint(rng)
    case = looks.wood_or_paint(rng) if rng.random() < 0.6 else looks.metal(rng)
    return [(case, [lathe(profile, 48)]), (white, [face]), (looks.BLACK_PLASTIC, [*marks, *hands])]


def _hand(start_m: float, end_m: float, half_m: float, top_m: float) -> Solid:
    return box((-half_m, start_m, top_m - 0.0012), (half_m, end_m, top_m), 0.0003)
