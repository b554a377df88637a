"""Mirrors on walls, and small photo frames that stand. Seen from -y."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.decoration import composition
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, lathe

_SILVER = looks.look("mirror:silver", "e8ecec", looks.Finish(0.02, metallic=1.0))


def mirror(rng: np.random.Generator) -> Shape:
    """Returns a framed mirror, round, oval or rectangular."""
    frame = looks.wood_or_paint(rng) if rng.random() < 0.5 else looks.metal(rng)
    edge, deep = float(rng.uniform(0.012, 0.06)), float(rng.uniform(0.018, 0.035))
    if rng.random() < 0.45:
        radius, tall = float(rng.uniform(0.25, 0.42)), float(rng.choice([1.0, float(rng.uniform(1.2, 1.6))]))
        ring, plate = _round(radius, edge, deep)
        return Shape([(frame, [ring.stretched(z=tall)]), (_SILVER, [plate.stretched(z=tall)])])
    x, z = 0.5 * float(rng.uniform(0.4, 0.8)), 0.5 * float(rng.uniform(0.6, 1.5))
    bars = _bars(x, z, edge, deep)
    plate = box((-x + 0.5 * edge, -0.5 * deep, -z + 0.5 * edge), (x - 0.5 * edge, -0.002, z - 0.5 * edge), 0.001)
    return Shape([(frame, bars), (_SILVER, [plate])])


def _round(radius_m: float, edge_m: float, deep_m: float) -> tuple[Solid, Solid]:
    """Returns a rounded ring and the glass in it, upright, its back at y = 0."""
    outer = (
        arc((radius_m - 0.5 * edge_m, deep_m - 0.5 * edge_m), 0.5 * edge_m, 0.0, math.pi, 8)
        if deep_m > 0.5 * edge_m
        else [(radius_m, 0.6 * deep_m), (radius_m - 0.3 * edge_m, deep_m), (radius_m - edge_m, 0.6 * deep_m)]
    )
    profile = [(radius_m, 0.0), *outer, (radius_m - edge_m, 0.0), (radius_m, 0.0)]
    ring = lathe(profile, 56).turned("x", 0.5 * math.pi)
    plate = disc(radius_m - 0.5 * edge_m, 0.002, 0.45 * deep_m, 0.001, 56).turned("x", 0.5 * math.pi)
    return ring, plate


def _bars(x_m: float, z_m: float, edge_m: float, deep_m: float) -> list[Solid]:
    level = [box((-x_m, -deep_m, side), (x_m, 0.0, side + edge_m), 0.003) for side in (-z_m, z_m - edge_m)]
    upright = [
        box((side + 0.0008, -deep_m + 0.0003, -z_m + 0.001), (side + edge_m - 0.0008, -0.0003, z_m - 0.001), 0.003)
        for side in (-x_m, x_m - edge_m)
    ]
    return [*level, *upright]


def photo_frame(rng: np.random.Generator) -> Shape:
    """Returns a small picture frame that leans on its stay."""
    x, z = 0.5 * float(rng.uniform(0.1, 0.24)), 0.5 * float(rng.uniform(0.12, 0.26))
    edge, deep, lean = float(rng.uniform(0.01, 0.024)), float(rng.uniform(0.01, 0.016)), float(rng.uniform(0.15, 0.28))
    frame = looks.wood_or_paint(rng) if rng.random() < 0.6 else looks.metal(rng)
    sheet = box((-x + 0.5 * edge, -0.6 * deep, -z + 0.5 * edge), (x - 0.5 * edge, -0.001, z - 0.5 * edge), 0.0005)
    margin = edge + float(rng.uniform(0.002, 0.02))
    painted = composition(rng, x - margin, z - margin, -0.6 * deep)
    layers: list[Layer] = [(frame, _bars(x, z, edge, deep)), (looks.WHITE_PAPER, [sheet]), *painted]
    leaning = [(look, [solid.moved(z_m=z).turned("x", -lean) for solid in solids]) for look, solids in layers]
    reach = 1.25 * z * math.cos(lean)
    back = (
        box((-0.02, 0.0, 0.0), (0.02, 0.003, 1.3 * z), 0.001)
        .turned("x", lean * 1.1)
        .moved(0.0, reach * math.tan(lean) + 1.3 * z * math.sin(1.1 * lean), 0.0)
    )
    return Shape([*leaning, (looks.BLACK_PLASTIC, [back])])
