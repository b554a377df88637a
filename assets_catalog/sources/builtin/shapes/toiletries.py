"""Tubes of paste, and bottles of soap with a pump."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar
from assets_catalog.sources.builtin.shapes.prints import around, draw_print
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import loft, slab, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.turnery import curve, disc, lathe, tube
from schemas.geometry import Vec3

_PAPER = look("paper:tissue", "eeece6", Finish(0.95))


def tube_of_paste(rng: np.random.Generator) -> Shape:
    """Returns a tube of toothpaste or cream, lying."""
    length, half = float(rng.uniform(0.1, 0.18)), float(rng.uniform(0.016, 0.024))
    front = draw_print(rng, (1.2 * half, 0.6 * length), 0.3, "plastic")
    shares = along(0.0, 1.0, 12)
    body = bar(
        [
            (0.5 * length - length * s, half * (1.12 - 0.12 * s), max(half * 0.82 * s**0.8, 0.0012), half * 0.82)
            for s in shares
        ],
        24,
        2.0,
    )
    cap = (
        disc(0.55 * half, 0.0, 0.02, 0.002, 24)
        .turned("x", 0.5 * math.pi)
        .moved(0.0, -0.5 * length + 0.001, half * 0.82)
    )
    bands = [
        bar([(y, half * w + 0.0004, h + 0.0004, half * 0.82) for y, w, h in stretch], 24, 2.0)
        for stretch in _bands(length, half)
    ]
    return Shape([(front.paper, [body]), (front.inks[2], bands), (looks.vivid(rng, "plastic:cap", 0.35), [cap])])


def _bands(length: float, half: float) -> list[list[tuple[float, float, float]]]:
    """Returns coloured stretches of a tube: y, its half width as a share, its half height."""
    return [
        [(0.5 * length - length * s, 1.12 - 0.12 * s, half * 0.82 * s**0.8) for s in along(a, b, 5)]
        for a, b in ((0.3, 0.42), (0.78, 0.9))
    ]


def pump_bottle(rng: np.random.Generator) -> Shape:
    """Returns a bottle of soap or lotion with a pump and a label."""
    half, high = float(rng.uniform(0.027, 0.04)), float(rng.uniform(0.1, 0.16))
    line = [
        (0.9 * half, 0.0),
        (half, 0.004),
        (half, 0.5 * high),
        (half, 0.86 * high),
        *curve([(half, 0.88 * high), (0.75 * half, 0.96 * high), (0.4 * half, high)], 4),
    ]
    power = float(rng.choice([2.0, 2.0, 4.0]))
    rings = [[(x, y, z) for x, y in superellipse(r, r, 36, power)] for r, z in line]
    collar = disc(0.45 * half, high - 0.001, high + 0.012, 0.001, 24)
    stem = disc(0.0035, high + 0.01, high + 0.034, 0.0005, 12)
    head = slab(superellipse(0.009, 0.012, 24, 3.0), high + 0.032, high + 0.041, 0.002)
    nozzle: list[Vec3] = [(0.0, 0.0, high + 0.037), (0.0, -0.03, high + 0.037), (0.0, -0.042, high + 0.03)]
    pump: list[Solid] = [collar, stem, head, tube(nozzle, 0.0036, 10)]
    skin = looks.vivid(rng, "plastic:bottle", 0.3) if rng.random() < 0.5 else looks.plastic(rng)
    layers: list[Layer] = [
        (skin, [loft(np.array(rings))]),
        (looks.BLACK_PLASTIC if rng.random() < 0.4 else _PAPER, pump),
    ]
    if power == 2.0:
        wide = 2.0 * half
        front = draw_print(rng, (wide, 0.5 * high), 0.4)
        low, top, skin_m = 0.22 * high, 0.74 * high, half + 0.0003
        ring = [(half - 0.001, low), (skin_m, low), (skin_m, top), (half - 0.001, top), (half - 0.001, low)]
        layers += [
            (front.paper, [lathe(ring, 36)]),
            *front.layers(around(wide, low + 0.01 * high, skin_m), 0.15 * half),
        ]
    return Shape(layers)
