"""Hammers, screwdrivers and spanners, lying."""

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar, laid
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.skins import loft, slab, superellipse
from assets_catalog.sources.builtin.shapes.solids import box
from assets_catalog.sources.builtin.shapes.turnery import lathe, rod
from schemas.geometry import Vec3

_STEEL = look("metal:steel", "8f9296", Finish(0.35, metallic=1.0))
_IRON = look("metal:iron", "3a3b3d", Finish(0.5, metallic=0.8))
_TIRE = look("plastic:rubber", "1d1d1f", Finish(0.75))


def hammer(rng: np.random.Generator) -> Shape:
    """Returns a hammer, lying."""
    length, head = float(rng.uniform(0.24, 0.34)), 0.5 * float(rng.uniform(0.085, 0.13))
    z = 0.014
    handle = bar(
        [
            (y, 0.0105 * w, 0.0135 * w, z)
            for y, w in zip(
                along(0.5 * length, -0.5 * length, 10),
                (0.9, 1.1, 1.05, 0.95, 0.88, 0.82, 0.8, 0.8, 0.82, 0.85),
                strict=True,
            )
        ],
        16,
        2.4,
    )
    y = -0.5 * length + 0.022
    face = rod((-head, y, z), (-0.2 * head, y, z), 0.0135, 20)
    block = box((-0.25 * head, y - 0.0125, z - 0.0125), (0.35 * head, y + 0.0125, z + 0.0125), 0.003)
    claw = [
        [(x, y + a, z + b) for a, b in ((-w, -t), (w, -t), (w, t), (-w, t))]
        for x, w, t in ((0.3 * head, 0.012, 0.0115), (0.7 * head, 0.011, 0.007), (head, 0.009, 0.0018))
    ]
    grip = looks.wood(rng) if rng.random() < 0.6 else looks.vivid(rng, "plastic:grip", 0.6)
    return Shape([(grip, [handle]), (_IRON, [face, block, loft(np.array(claw))])])


def screwdriver(rng: np.random.Generator) -> Shape:
    """Returns a screwdriver, lying."""
    long, grip, half = (
        float(rng.uniform(0.07, 0.16)),
        float(rng.uniform(0.08, 0.115)),
        float(rng.uniform(0.011, 0.0165)),
    )
    shares = (0.55, 0.95, 1.0, 0.98, 0.92, 0.8, 0.62, 0.7, 0.66)
    line = [(half * share, grip * at) for share, at in zip(shares, along(0.0, 1.0, 9), strict=True)]
    handle = lathe([(0.0, 0.0), *line, (0.0, grip)], 8)
    shaft = lathe(
        [
            (0.0, grip - 0.01),
            (0.2 * half + 0.0012, grip - 0.01),
            (0.2 * half + 0.0012, grip + long),
            (0.0, grip + long),
        ],
        14,
    )
    tip = slab(superellipse(0.2 * half + 0.002, 0.0009, 12, 6.0), grip + long - 0.002, grip + long + 0.008)
    band = lathe([(0.0, 0.93 * grip), (0.72 * half, 0.93 * grip), (0.72 * half, 0.99 * grip), (0.0, 0.99 * grip)], 20)
    return Shape(
        [(looks.vivid(rng, "plastic:grip", 0.4), laid([handle])), (_STEEL, laid([shaft, tip])), (_TIRE, laid([band]))]
    )


def spanner(rng: np.random.Generator) -> Shape:
    """Returns a spanner with a ring and a jaw, lying."""
    length, jaw = float(rng.uniform(0.13, 0.26)), float(rng.uniform(0.011, 0.018))
    thick = float(rng.uniform(0.0055, 0.009))
    z = 0.5 * thick
    shaft = bar([(y, 0.42 * jaw, 0.4 * thick, z) for y in along(0.5 * length, -0.5 * length, 6)], 16, 4.0)
    ring = [
        (0.55 * jaw, 0.0),
        (0.98 * jaw, 0.0),
        (jaw, 0.5 * thick),
        (0.98 * jaw, thick),
        (0.55 * jaw, thick),
        (0.55 * jaw, 0.0),
    ]
    loop = lathe(ring, 24).moved(0.0, 0.5 * length + 0.7 * jaw)
    prongs = []
    for side in (-1, 1):
        path: list[Vec3] = [
            (side * 0.25 * jaw, -0.5 * length + 0.2 * jaw, z),
            (side * 0.9 * jaw, -0.5 * length - 0.5 * jaw, z),
            (side * 0.8 * jaw, -0.5 * length - 1.5 * jaw, z),
        ]
        rings = [
            [(x + 0.36 * jaw * a, y, z + 0.5 * thick * b) for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
            for x, y, _ in path
        ]
        prongs.append(loft(np.array(rings)))
    return Shape([(_STEEL if rng.random() < 0.7 else _IRON, [shaft, loop, *prongs])])
