"""What stands about in kitchens: chopping boards, mills, kitchen rolls, teapots, sponges."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import slab, superellipse
from assets_catalog.sources.builtin.shapes.turnery import curve, disc, lathe, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion
from schemas.geometry import Vec3

_CHROME = look("metal:chrome", "c9cbcd", Finish(0.18, metallic=1.0))
_PAPER = look("paper:tissue", "eeece6", Finish(0.95))
_CORE = look("paper:core", "b39a74", Finish(0.85))


def chopping_board(rng: np.random.Generator) -> Shape:
    """Returns a board with round corners and a grip."""
    x, y = 0.5 * float(rng.uniform(0.16, 0.28)), 0.5 * float(rng.uniform(0.25, 0.42))
    thick = float(rng.uniform(0.012, 0.026))
    skin = looks.wood(rng) if rng.random() < 0.75 else looks.plastic(rng)
    body = slab(superellipse(x, y, 64, float(rng.uniform(5.0, 16.0))), 0.0, thick, 0.002)
    if rng.random() < 0.5:
        grip = slab(superellipse(0.026, 0.058, 40, 4.0), 0.0005, thick - 0.0005, 0.002).moved(0.0, y + 0.035)
        return Shape([(skin, [body, grip])])
    foot = [
        disc(0.009, -0.003, 0.004, 0.001, 16).moved(i * (x - 0.025), k * (y - 0.025)) for i in (-1, 1) for k in (-1, 1)
    ]
    return Shape([(skin, [body]), (looks.BLACK_PLASTIC, foot)])


def mill(rng: np.random.Generator) -> Shape:
    """Returns a pepper mill of turned wood, or a shaker with a metal top."""
    if rng.random() < 0.55:
        high, wide = float(rng.uniform(0.13, 0.24)), float(rng.uniform(0.024, 0.031))
        line = curve(
            [
                (wide, 0.0),
                (0.98 * wide, 0.06 * high),
                (0.62 * wide, 0.36 * high),
                (0.85 * wide, 0.62 * high),
                (0.8 * wide, 0.68 * high),
            ],
            5,
        )
        head = curve(
            [
                (0.8 * wide, 0.69 * high),
                (0.95 * wide, 0.78 * high),
                (0.7 * wide, 0.88 * high),
                (0.3 * wide, 0.93 * high),
            ],
            5,
        )
        knob = disc(0.25 * wide, 0.92 * high, high, 0.002, 16)
        body = lathe([(0.0, 0.0), *line, (0.0, 0.68 * high)], 32)
        return Shape(
            [(looks.wood(rng), [body, lathe([(0.0, 0.685 * high), *head, (0.0, 0.93 * high)], 32)]), (_CHROME, [knob])]
        )
    high, wide = float(rng.uniform(0.065, 0.1)), float(rng.uniform(0.018, 0.027))
    line = curve([(0.95 * wide, 0.0), (wide, 0.1 * high), (0.78 * wide, 0.72 * high)], 5)
    cap = curve([(0.8 * wide, 0.71 * high), (0.78 * wide, 0.86 * high), (0.3 * wide, high)], 5)
    skin = looks.ceramic(rng) if rng.random() < 0.5 else looks.glass(rng)
    body = lathe([(0.0, 0.0), *line, (0.0, 0.72 * high)], 28)
    return Shape([(skin, [body]), (_CHROME, [lathe([(0.0, 0.7 * high), *cap, (0.0, high)], 28)])])


def kitchen_roll(rng: np.random.Generator) -> Shape:
    """Returns a roll of paper, alone or on its stand."""
    radius, core, high = float(rng.uniform(0.052, 0.072)), 0.021, float(rng.uniform(0.2, 0.27))
    ring = [(core, 0.0), (radius, 0.0), (radius, high), (core, high), (core, 0.0)]
    inner = [
        (core - 0.0015, 0.0),
        (core + 0.0003, 0.0),
        (core + 0.0003, high),
        (core - 0.0015, high),
        (core - 0.0015, 0.0),
    ]
    lifted = 0.012 if rng.random() < 0.5 else 0.0
    layers: list[Layer] = [
        (_PAPER, [lathe(ring, 44).moved(z_m=lifted)]),
        (_CORE, [lathe(inner, 24).moved(z_m=lifted)]),
    ]
    if lifted:
        foot = disc(1.12 * radius, 0.0, lifted, 0.003, 44)
        stem = lathe([(0.0, 0.01), (0.008, 0.01), (0.008, high + 0.04), (0.013, high + 0.048), (0.0, high + 0.06)], 16)
        layers.append((looks.wood(rng) if rng.random() < 0.5 else looks.metal(rng), [foot, stem]))
    return Shape(layers)


def teapot(rng: np.random.Generator) -> Shape:
    """Returns a teapot with its lid, spout and handle."""
    half, high = float(rng.uniform(0.062, 0.085)), float(rng.uniform(0.1, 0.145))
    line = curve(
        [
            (0.62 * half, 0.0),
            (0.66 * half, 0.005),
            (half, 0.42 * high),
            (0.72 * half, 0.84 * high),
            (0.5 * half, 0.92 * high),
        ],
        6,
    )
    body = lathe([(0.0, 0.0), *line, (0.0, 0.93 * high)], 44)
    lid = curve([(0.52 * half, 0.915 * high), (0.4 * half, 0.99 * high), (0.1 * half, 1.03 * high)], 4)
    knob = curve([(0.07 * half, 1.02 * high), (0.16 * half, 1.1 * high), (0.1 * half, 1.16 * high)], 4)
    tops = [
        lathe([(0.0, 0.91 * high), *lid, (0.0, 1.03 * high)], 36),
        lathe([(0.0, 1.02 * high), *knob, (0.0, 1.165 * high)], 18),
    ]
    beak: list[Vec3] = [
        (0.8 * half, 0.0, 0.3 * high),
        (1.2 * half, 0.0, 0.42 * high),
        (1.42 * half, 0.0, 0.72 * high),
        (1.66 * half, 0.0, 0.92 * high),
    ]
    spout = tube(beak, [0.24 * half, 0.19 * half, 0.13 * half, 0.11 * half], 16)
    turns = along(-0.42 * math.pi, 0.46 * math.pi, 12)
    ear = tube(
        [(-0.78 * half - 0.55 * half * math.cos(t), 0.0, 0.5 * high + 0.36 * high * math.sin(t)) for t in turns],
        0.0055,
        10,
    )
    glaze = looks.ceramic(rng)
    return Shape([(glaze, [body, spout, ear, *tops])])


def sponge(rng: np.random.Generator) -> Shape:
    """Returns a sponge with a rough side."""
    x, y, high = (
        0.5 * float(rng.uniform(0.065, 0.12)),
        0.5 * float(rng.uniform(0.05, 0.075)),
        float(rng.uniform(0.024, 0.042)),
    )
    foam = look(
        "fabric:foam", looks.tinted(rng, looks.one_of(rng, ("e3c23a", "e08a9a", "7fb0d0", "a9c95a"))), Finish(0.95)
    )
    pad = look("fabric:felt", looks.tinted(rng, looks.one_of(rng, ("2f6d3a", "23324f", "7a2f2a"))), Finish(0.95))
    return Shape(
        [
            (foam, [cushion((-x, -y, 0.005), (x, y, high), 0.005)]),
            (pad, [slab(superellipse(x - 0.0006, y - 0.0006, 32, 14.0), 0.0, 0.0075)]),
        ]
    )
