"""Toys: plastic bricks, wooden blocks, rings on a stick, cars, balls."""

import math

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, lathe

_TIRE = look("plastic:rubber", "1d1d1f", Finish(0.75))
_BRIGHT = ("c4312a", "e0a92a", "2a66a8", "3a8a4a", "e07a2a", "7a4a9a", "efe9dc", "d98aa0")


def _paint(rng: np.random.Generator, kind: str = "coat:toy") -> AssetMaterial:
    return look(kind, looks.tinted(rng, looks.one_of(rng, _BRIGHT)), Finish(0.35))


def brick(rng: np.random.Generator) -> Shape:
    """Returns plastic bricks with studs, put together."""
    pitch, layers = float(rng.uniform(0.0155, 0.017)), list[Layer]()
    low, wide, deep = 0.0, int(rng.integers(2, 7)), int(rng.choice([2, 2, 4]))
    for _ in range(int(rng.integers(1, 5))):
        x, y, high = 0.5 * wide * pitch, 0.5 * deep * pitch, 1.18 * pitch
        shift = float(rng.integers(-1, 2)) * pitch if low else 0.0
        studs = [
            disc(0.31 * pitch, high - 0.0005, high + 0.0032, 0.0005, 14).moved(
                shift + (i + 0.5) * pitch - x, (k + 0.5) * pitch - y, low
            )
            for i in range(wide)
            for k in range(deep)
        ]
        layers.append(
            (_paint(rng, "plastic:brick"), [box((shift - x, -y, low), (shift + x, y, low + high), 0.0008), *studs])
        )
        low, wide = low + high, max(2, wide - int(rng.integers(0, 2)))
    return Shape(layers)


def blocks(rng: np.random.Generator) -> Shape:
    """Returns wooden blocks built up: posts, a lintel, a roof or a cylinder on top."""
    size = float(rng.uniform(0.028, 0.042))
    h, tall = 0.5 * size, float(rng.choice([1.0, 2.0])) * size
    reach = float(rng.uniform(0.9, 1.2)) * size
    posts: list[Layer] = [
        (_paint(rng), [box((side * reach - h, -h, 0.0), (side * reach + h, h, tall), 0.0015)]) for side in (-1, 1)
    ]
    lintel = box((-reach - h, -h, tall), (reach + h, h, tall + 0.5 * size), 0.0015)
    top = tall + 0.5 * size
    if rng.random() < 0.5:
        roof = [[(x, y, top + z) for x, z in ((-1.4 * h, 0.0), (1.4 * h, 0.0), (0.0, 1.3 * h))] for y in (h, -h)]
        crown: Solid = loft(np.array(roof))
    else:
        crown = disc(0.9 * h, top, top + size, 0.0015, 28)
    wood = looks.wood(rng) if rng.random() < 0.5 else _paint(rng)
    return Shape([*posts, (wood, [lintel]), (_paint(rng), [crown])])


def ring_stack(rng: np.random.Generator) -> Shape:
    """Returns rings on a stick."""
    wide, high = float(rng.uniform(0.034, 0.055)), float(rng.uniform(0.013, 0.019))
    layers: list[Layer] = [(looks.wood(rng), [disc(1.1 * wide, 0.0, 0.012, 0.002, 36)])]
    low = 0.012
    for _ in range(int(rng.integers(3, 7))):
        half = 0.5 * high
        ring = [
            (wide - half + half * math.cos(t), low + half + half * math.sin(t))
            for t in along(-0.5 * math.pi, 0.5 * math.pi, 9)
        ]
        body = [(0.007, low), *ring, (0.007, low + high), (0.007, low)]
        layers.append((_paint(rng), [lathe(body, 32)]))
        low, wide = low + high, wide * float(rng.uniform(0.84, 0.92))
    stick = lathe([(0.0, 0.01), (0.0062, 0.01), (0.0062, low + 0.012), (0.003, low + 0.018), (0.0, low + 0.018)], 18)
    return Shape([*layers, (looks.wood(rng), [stick])])


def toy_car(rng: np.random.Generator) -> Shape:
    """Returns a wooden or plastic car."""
    half, wide = 0.5 * float(rng.uniform(0.07, 0.16)), float(rng.uniform(0.21, 0.27))
    w, wheel = max(wide * half * 1.1, 0.0154), 0.2 * half
    low, belt, roof = 0.7 * wheel, 0.62 * half, float(rng.uniform(0.95, 1.25)) * half
    body = bar(
        [
            (y, w * r, 0.5 * (belt - low) * h, 0.5 * (belt + low))
            for y, r, h in (
                (half, 0.86, 0.8),
                (0.93 * half, 0.97, 1.0),
                (0.0, 1.0, 1.0),
                (-0.9 * half, 0.96, 0.95),
                (-half, 0.85, 0.7),
            )
        ],
        20,
        6.0,
    )
    cab = bar(
        [
            (y, 0.86 * w * r, 0.5 * (roof - belt + 0.004) * t, belt - 0.004 + 0.5 * (roof - belt + 0.004) * t)
            for y, r, t in (
                (0.62 * half, 0.9, 0.25),
                (0.42 * half, 1.0, 0.95),
                (-0.05 * half, 1.0, 1.0),
                (-0.42 * half, 0.95, 0.2),
            )
        ],
        20,
        5.0,
    )
    wheels = [
        disc(wheel, -0.07 * half, 0.07 * half, 0.0015, 24).turned("y", 0.5 * math.pi).moved(side * w, y * half, wheel)
        for side in (-1, 1)
        for y in (-0.58, 0.58)
    ]
    shade = looks.SCREEN if rng.random() < 0.5 else _paint(rng)
    return Shape([(_paint(rng), [body]), (shade, [cab]), (_TIRE if rng.random() < 0.7 else looks.wood(rng), wheels)])


def ball(rng: np.random.Generator) -> Shape:
    """Returns a ball with a band or two of another colour."""
    radius = float(rng.uniform(0.03, 0.085))
    turns = along(-0.5 * math.pi, 0.5 * math.pi, 19)
    line = [(radius * math.cos(t), radius * math.sin(t)) for t in turns]
    body = lathe([(0.0, line[0][1]), *line[1:-1], (0.0, line[-1][1])], 32)
    tilt = float(rng.uniform(0.2, 1.3))
    bands = []
    for at in (-0.35, 0.35) if rng.random() < 0.5 else (0.0,):
        stretch = along(at - 0.14, at + 0.14, 6)
        outer = [(1.004 * radius * math.cos(t), 1.004 * radius * math.sin(t)) for t in stretch]
        inner = [(0.985 * radius * math.cos(t), 0.985 * radius * math.sin(t)) for t in reversed(stretch)]
        bands.append(lathe([*outer, *inner, outer[0]], 32).turned("x", tilt))
    squash = float(rng.uniform(0.97, 1.0))
    return Shape([(_paint(rng, "plastic:ball"), [body.stretched(z=squash)]), (_paint(rng, "plastic:ball"), bands)])
