"""Bread, rolls and croissants, doughnuts and muffins."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe, tube
from schemas.geometry import Vec3


def bread(rng: np.random.Generator) -> Shape:
    """Returns a loaf, a stick, a roll or a croissant."""
    crust = look(
        "food:crust", looks.tinted(rng, looks.one_of(rng, ("a8662e", "8a5026", "c08a45", "b5793a"))), Finish(0.7)
    )
    flour = look("food:flour", looks.tinted(rng, "e3cfa6"), Finish(0.85))
    kind = int(rng.integers(3))
    if kind == 2:
        bend, thick = float(rng.uniform(0.045, 0.058)), float(rng.uniform(0.021, 0.028))
        turns = along(-1.5, 1.5, 34)
        path: list[Vec3] = [
            (bend * math.sin(t), -bend * math.cos(t), thick * (0.5 + 0.5 * math.cos(0.9 * t))) for t in turns
        ]
        radii = [
            thick * (0.22 + 0.78 * math.cos(t * 0.98) ** 0.8) * (0.92 + 0.1 * abs(math.sin(4.2 * t))) for t in turns
        ]
        return Shape([(crust, [tube(path, radii, 14)])])
    if kind == 1:
        half, high = float(rng.uniform(0.032, 0.058)), float(rng.uniform(0.035, 0.055))
        line = curve([(0.8 * half, 0.0), (half, 0.3 * high), (0.8 * half, 0.78 * high), (0.12 * half, high)], 6)
        roll = lathe([(0.0, 0.001), *line, (0.0, high)], 30).stretched(y=float(rng.uniform(1.0, 1.5)))
        return Shape([(crust, [roll])])
    half, wide, high = (
        0.5 * float(rng.uniform(0.17, 0.36)),
        float(rng.uniform(0.033, 0.066)),
        float(rng.uniform(0.032, 0.05)),
    )
    reach = [(s, max(1 - abs(s) ** 3.2, 0.0) ** 0.5) for s in along(-0.995, 0.995, 17)]
    body = bar(
        [(-s * half, max(wide * r, 0.004), max(high * r, 0.003), high * (0.35 + 0.65 * r)) for s, r in reach], 24, 2.4
    )
    cuts = [
        bar(
            [
                (y, 0.0055 * r + 0.0008, 0.0022, 0.0)
                for y, r in zip(along(0.8 * wide, -0.8 * wide, 7), (0.2, 0.7, 1.0, 1.0, 1.0, 0.7, 0.2), strict=True)
            ],
            10,
            2.0,
        )
        .turned("z", 0.8)
        .moved(0.0, at * half, 1.985 * high)
        for at in (-0.45, 0.0, 0.45)
    ]
    return Shape([(crust, [body]), (flour, cuts)])


def cake(rng: np.random.Generator) -> Shape:
    """Returns a ring doughnut with icing, or a muffin in its paper."""
    dough = look("food:dough", looks.tinted(rng, looks.one_of(rng, ("c08a45", "a8662e", "5a3420"))), Finish(0.7))
    if rng.random() < 0.5:
        big, small = float(rng.uniform(0.028, 0.034)), float(rng.uniform(0.014, 0.0185))
        ring = [
            (big + small * math.cos(t), small * (1 + 0.85 * math.sin(t))) for t in np.linspace(-math.pi, math.pi, 21)
        ]
        ring[-1] = ring[0]
        icing = [
            (big + 1.04 * small * math.cos(t), small * (1 + 0.89 * math.sin(t))) for t in np.linspace(0.1, 3.04, 14)
        ]
        under = [
            (big + 0.8 * small * math.cos(t), small * (1 + 0.66 * math.sin(t))) for t in np.linspace(3.04, 0.1, 10)
        ]
        sugar = look(
            "food:icing", looks.tinted(rng, looks.one_of(rng, ("e6a0b0", "4a2a1c", "efe6d6", "c9b8e0"))), Finish(0.25)
        )
        return Shape([(dough, [lathe(ring, 32)]), (sugar, [lathe([*icing, *under, icing[0]], 32)])])
    foot, top, high = (
        float(rng.uniform(0.022, 0.028)),
        float(rng.uniform(0.033, 0.041)),
        float(rng.uniform(0.055, 0.072)),
    )
    cup = lathe(hollow([(foot, 0.0), (0.86 * top, 0.58 * high)], 0.0012, 0.002), 36)
    dome = curve([(0.83 * top, 0.5 * high), (top, 0.64 * high), (0.8 * top, 0.88 * high), (0.1 * top, high)], 6)
    return Shape(
        [(looks.vivid(rng, "paper:cup", 0.8), [cup]), (dough, [lathe([(0.0, 0.45 * high), *dome, (0.0, high)], 30)])]
    )
