"""Vessels turned on the lathe: vases, bowls, plates, cups, bottles; all hollow, with walls of a real thickness."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Layers, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, hollow, lathe, tube
from assets_catalog.sources.builtin.shapes.upholstery import sheet


def vase(rng: np.random.Generator) -> Shape:
    """Returns a vase, some with branches in it."""
    height, belly = float(rng.uniform(0.14, 0.34)), float(rng.uniform(0.05, 0.085))
    foot, neck, lip = (
        belly * float(rng.uniform(0.5, 0.8)),
        belly * float(rng.uniform(0.3, 0.8)),
        float(rng.uniform(0.0, 0.015)),
    )
    at = float(rng.uniform(0.3, 0.6))
    outer = curve([(foot, 0.0), (belly, at * height), (neck, 0.86 * height), (neck + lip, height)], 6)
    clay = looks.glass(rng) if rng.random() < 0.2 else looks.ceramic(rng)
    layers: list[Layer] = [(clay, [lathe(hollow(outer, 0.004, 0.008), 36)])]
    if rng.random() < 0.5:
        layers += _branches(rng, height, 0.5 * neck)
    return Shape(layers)


def _branches(rng: np.random.Generator, height_m: float, spread_m: float) -> list[Layer]:
    """Returns thin branches that fan out of a vase's neck, with small leaves."""
    stems, leaves = [], []
    for step in range(int(rng.integers(4, 8))):
        way, lean = 2.4 * step + float(rng.uniform(-0.3, 0.3)), float(rng.uniform(0.1, 0.42))
        length = min(float(rng.uniform(0.9, 1.4)) * height_m, 0.32)
        line = [(spread_m * t, height_m * 0.4 * t) for t in (0.0, 1.0)]
        line += [
            (spread_m * 1.2 + length * t * math.sin(lean * (0.5 + t)), height_m * 0.5 + length * t)
            for t in (0.35, 0.7, 1.0)
        ]
        path = [(r * math.cos(way), r * math.sin(way), z + 0.012) for r, z in line]
        stems.append(tube(path, 0.0018, 6))
        leaves += [_sprig(rng, path[at]) for at in (2, 2, 3, 3, 3, 4, 4, 4)]
    return [(looks.wood(rng), stems), (looks.leaf(rng), leaves)]


def _sprig(rng: np.random.Generator, at_m: tuple[float, float, float]) -> Solid:
    """Returns a small pointed leaf that starts at a point."""
    length, t = float(rng.uniform(0.03, 0.055)), np.linspace(0, 1, 5)
    half = 0.22 * length * np.sin(np.pi * (0.08 + 0.88 * t)) + 0.0006
    points = np.zeros((5, 3, 3))
    points[..., 0] = (length * t)[:, None]
    points[..., 1] = half[:, None] * np.array([-1.0, 0.0, 1.0])
    points[..., 2] = 0.25 * np.abs(points[..., 1])
    lifted = sheet(points, 0.0012).turned("y", -float(rng.uniform(0.2, 1.1)))
    return lifted.turned("z", float(rng.uniform(0, 2 * math.pi))).moved(*at_m)


def bowl(rng: np.random.Generator) -> Shape:
    """Returns a bowl on a low foot ring."""
    radius, height = float(rng.uniform(0.07, 0.15)), float(rng.uniform(0.05, 0.09))
    foot = radius * float(rng.uniform(0.35, 0.5))
    outer = curve(
        [(foot, 0.0), (foot, 0.006), (0.72 * radius, 0.36 * height), (0.95 * radius, 0.78 * height), (radius, height)],
        5,
    )
    look = looks.wood(rng) if rng.random() < 0.25 else looks.ceramic(rng)
    return Shape([(look, [lathe(hollow(outer, 0.0045, 0.009), 40)])])


def plate(rng: np.random.Generator) -> Shape:
    """Returns a plate with a flat well and a raised rim, flat or deep, round or oval."""
    radius, height = float(rng.uniform(0.09, 0.145)), float(rng.uniform(0.014, 0.045))
    well, rise = radius * float(rng.uniform(0.45, 0.75)), float(rng.uniform(0.3, 0.85))
    middle = 0.5 * (well + radius)
    outer = curve([(well - 0.006, 0.0), (well, 0.003), (middle, rise * height), (radius, height)], 5)
    body = lathe(hollow(outer, 0.004, 0.0055), 48)
    oval = float(rng.uniform(1.15, 1.38)) if rng.random() < 0.4 else 1.0
    return Shape([(looks.ceramic(rng), [body.stretched(x=oval)])])


def cup(rng: np.random.Generator) -> Shape:
    """Returns a cup or mug with an ear, some on a saucer."""
    radius, height = float(rng.uniform(0.036, 0.046)), float(rng.uniform(0.06, 0.1))
    foot = radius * float(rng.uniform(0.6, 0.95))
    glaze = looks.ceramic(rng)
    saucer = rng.random() < 0.35
    raised = 0.008 if saucer else 0.0
    outer = curve([(foot, 0.0), (0.97 * radius, 0.3 * height), (radius, 0.7 * height), (radius, height)], 5)
    solids = [lathe(hollow(outer, 0.0035, 0.006), 32).moved(z_m=raised), _ear(radius, height).moved(z_m=raised)]
    if saucer:
        wide, rise = radius * float(rng.uniform(1.55, 1.95)), float(rng.uniform(0.012, 0.018))
        under = curve([(0.53 * wide, 0.0), (0.6 * wide, 0.002), (0.8 * wide, 0.5 * rise), (wide, rise)], 4)
        solids.append(lathe(hollow(under, 0.0035, 0.0048), 40))
    return Shape([(glaze, solids)])


def _ear(radius_m: float, height_m: float) -> Solid:
    """Returns the handle; both its ends lie inside the wall."""
    bow: list[Vec2] = arc((radius_m - 0.004, 0.54 * height_m), 0.3 * height_m, -0.5 * math.pi, 0.5 * math.pi, 10)
    return tube([(x, 0.0, z) for x, z in bow], 0.0042, 10)


def bottle(rng: np.random.Generator) -> Shape:
    """Returns a bottle with a stopper and, mostly, a label."""
    radius, height = float(rng.uniform(0.032, 0.042)), float(rng.uniform(0.22, 0.32))
    shoulder, neck = float(rng.uniform(0.5, 0.66)) * height, 0.0145
    slope = curve(
        [
            (radius, shoulder),
            (0.8 * radius, shoulder + 0.09 * height),
            (neck + 0.002, 0.82 * height),
            (neck, 0.9 * height),
        ],
        4,
    )
    outer = [
        (radius - 0.004, 0.0),
        (radius, 0.004),
        *slope,
        (neck, height - 0.018),
        (neck + 0.002, height - 0.016),
        (neck + 0.002, height),
    ]
    glazed = rng.random() < 0.3
    body = lathe(hollow(outer, 0.0025, 0.006), 32)
    stopper = lathe(
        [(0.0, height - 0.02), (neck - 0.003, height - 0.02), (neck - 0.002, height + 0.012), (0.0, height + 0.012)], 20
    )
    layers: Layers = [(looks.ceramic(rng) if glazed else looks.glass(rng), [body]), (looks.wood(rng), [stopper])]
    if rng.random() < 0.7:
        low, high, skin = 0.2 * shoulder, 0.75 * shoulder, radius + 0.0005
        label = lathe([(skin, low), (skin, high), (radius - 0.0006, high), (radius - 0.0006, low), (skin, low)], 32)
        layers = [*layers, (looks.WHITE_PAPER, [label])]
    return Shape(layers)
