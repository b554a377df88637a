"""What lies on desks and in pockets: scissors, rolls of tape, staplers, glasses, keys, coins."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import slab, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, lathe, rod, tube
from schemas.geometry import Vec3

_STEEL = look("metal:steel", "c3c5c7", Finish(0.25, metallic=1.0))
_LENS = look("glass:clear", "eef3f2", Finish(0.03, opacity=0.2))
_DARK_LENS = look("glass:smoked", "2a2420", Finish(0.05, opacity=0.75))
_TAPE = look("plastic:tape", "c9a96a", Finish(0.25))
_CORE = look("paper:core", "b39a74", Finish(0.85))


def scissors(rng: np.random.Generator) -> Shape:
    """Returns scissors, a little open or closed, with round grips."""
    blades, gape = float(rng.uniform(0.075, 0.115)), float(rng.uniform(0.04, 0.3))
    hole, grips, steel = float(rng.uniform(0.019, 0.026)), list[Solid](), list[Solid]()
    for side in (-1, 1):
        z = 0.0045 + 0.0014 * side
        edge = bar(
            [(0.02 - (blades + 0.02) * s, max(0.0075 * (1 - s**1.6), 0.0008), 0.0007, z) for s in along(0.0, 1.0, 9)],
            10,
            2.2,
        )
        shank = bar([(y, 0.0048, 0.0016, z) for y in along(0.062, 0.01, 6)], 10, 2.5)
        loop: list[Vec3] = [
            (side * 0.014 + 0.82 * hole * math.cos(t), 0.07 + hole * (0.9 + math.sin(t)), 0.0048)
            for t in np.linspace(0, 2 * math.pi, 25)
        ]
        lean = -side * gape
        steel += [edge.turned("z", lean), shank.turned("z", lean)]
        shaft: list[Vec3] = [(0.0, 0.006, z), (side * 0.003, 0.03, 0.0046), (side * 0.008, 0.055, 0.0048),
                             (side * (0.014 - 0.6 * hole), 0.075, 0.0048)]  # fmt: skip
        grips += [solid.turned("z", lean) for solid in (tube(loop, 0.0045, 8), tube(shaft, 0.0036, 8))]
    rivet = disc(0.0038, 0.0012, 0.0085, 0.0008, 16)
    return Shape([(looks.plastic(rng) if rng.random() < 0.6 else looks.vivid(rng, "plastic:grip", 0.4), grips),
                  (_STEEL, [*steel, rivet])])  # fmt: skip


def tape(rng: np.random.Generator) -> Shape:
    """Returns a roll of parcel tape, or of cloth tape, lying."""
    radius, wide = float(rng.uniform(0.036, 0.062)), float(rng.uniform(0.014, 0.052))
    core = float(rng.uniform(0.45, 0.75)) * radius
    band = _TAPE if rng.random() < 0.5 else looks.vivid(rng, "plastic:tape", 0.35)
    ring = [
        (core, 0.0),
        (radius - 0.0006, 0.0),
        (radius, 0.0006),
        (radius, wide - 0.0006),
        (radius - 0.0006, wide),
        (core, wide),
    ]
    tube_ = [
        (core - 0.003, -0.0003),
        (core + 0.0003, -0.0003),
        (core + 0.0003, wide + 0.0003),
        (core - 0.003, wide + 0.0003),
    ]
    flap = box((-0.002, -radius - 0.0012, 0.0005), (0.018, -radius + 0.0014, wide - 0.0005), 0.0003)
    return Shape([(band, [lathe([*ring, ring[0]], 40), flap]), (_CORE, [lathe([*tube_, tube_[0]], 40)])])


def stapler(rng: np.random.Generator) -> Shape:
    """Returns a stapler."""
    half, wide = 0.5 * float(rng.uniform(0.1, 0.16)), float(rng.uniform(0.014, 0.019))
    rise = float(rng.uniform(0.045, 0.06))
    skin = looks.vivid(rng, "plastic:shell", 0.35) if rng.random() < 0.6 else looks.BLACK_PLASTIC
    foot = slab(superellipse(wide, half, 36, 5.0), 0.0, 0.009, 0.002)
    arm = bar(
        [(half - 2 * half * s, wide * (0.72 + 0.2 * s), 0.0075, rise - 0.012 * s**2) for s in along(0.0, 1.0, 10)],
        18,
        3.4,
    )
    rail = box((-0.006, -half + 0.004, rise - 0.028), (0.006, half - 0.006, rise - 0.011), 0.001)
    hinge = box((-0.009, 0.62 * half, 0.004), (0.009, half - 0.004, rise), 0.002)
    return Shape([(skin, [foot, arm]), (_STEEL, [rail, hinge])])


def eyeglasses(rng: np.random.Generator) -> Shape:
    """Returns glasses with their temples open, standing on rims and ends, or sunglasses."""
    lens, tall = float(rng.uniform(0.023, 0.028)), float(rng.uniform(0.017, 0.026))
    nose, power, thin = (
        float(rng.uniform(0.008, 0.011)),
        float(rng.uniform(2.0, 3.6)),
        float(rng.uniform(0.0011, 0.0021)),
    )
    temple = float(rng.uniform(0.125, 0.145))
    tint = _DARK_LENS if rng.random() < 0.3 else _LENS
    frame, panes = list[Solid](), list[Solid]()
    for side in (-1, 1):
        x = side * (nose + lens)
        ring = superellipse(lens, tall, 32, power)
        path: list[Vec3] = [(x + a, 0.0, tall + b) for a, b in (*ring, ring[0])]
        frame.append(tube(path, thin, 6))
        pane = slab(superellipse(lens - 0.3 * thin, tall - 0.3 * thin, 32, power), -0.0006, 0.0006)
        panes.append(pane.turned("x", 0.5 * math.pi).moved(x, 0.0, tall))
        out, high = side * (nose + 2 * lens + 0.002), 1.45 * tall
        arm: list[Vec3] = [
            (out, 0.0, high),
            (out, 0.5 * temple, high),
            (out - side * 0.004, 0.75 * temple, high),
            (out - side * 0.008, 0.92 * temple, 0.5 * high),
            (out - side * 0.009, temple, thin),
        ]
        frame.append(tube(arm, 1.05 * thin, 6))
        frame.append(rod((x + side * 0.9 * lens, 0.0, high), (out, 0.0, high), thin, 6))
    bridge: list[Vec3] = [(nose * s, -0.001, 1.25 * tall + 0.003 * (1 - s**2)) for s in along(-1.25, 1.25, 7)]
    frame.append(tube(bridge, thin, 6))
    skin = looks.metal(rng) if thin < 0.0014 else looks.plastic(rng)
    return Shape([(skin, frame), (tint, panes)])


def keys(rng: np.random.Generator) -> Shape:
    """Returns some keys on a ring, with a tag."""
    loop = float(rng.uniform(0.011, 0.016))
    ring: list[Vec3] = [(loop * math.cos(t), loop * math.sin(t), 0.0032) for t in np.linspace(0, 2 * math.pi, 29)]
    steel, brass = [tube(ring, 0.0011, 6)], list[Solid]()
    count = int(rng.integers(2, 6))
    for number in range(count):
        turn = -0.9 + 1.9 * number / max(count - 1, 1) + float(rng.uniform(-0.15, 0.15))
        long, head = float(rng.uniform(0.028, 0.04)), float(rng.uniform(0.0085, 0.012))
        z = 0.0012 + 0.0021 * (number % 2)
        bow = slab(superellipse(head, 0.9 * head, 24, 2.0), -0.0011, 0.0011).moved(0.0, -loop - 0.7 * head, z)
        shank = box((-0.0024, -loop - head - long, z - 0.0009), (0.0024, -loop - head, z + 0.0009), 0.0003)
        bits = []
        for y in (-loop - head - long + 0.005 * step for step in range(1, 5)):
            reach = 0.0024 + float(rng.uniform(0.001, 0.0028))
            bits.append(box((0.001, y, z - 0.0008), (reach, y + 0.0032, z + 0.0008), 0.0002))
        (brass if rng.random() < 0.4 else steel).extend(solid.turned("z", turn) for solid in (bow, shank, *bits))
    tag = slab(superellipse(0.011, 0.02, 28, float(rng.uniform(2.0, 6.0))), 0.0, 0.0035, 0.0008)
    layers: list[Layer] = [(_STEEL, steel), (looks.vivid(rng, "plastic:tag", 0.4), [tag.moved(0.0, loop + 0.019)])]
    return Shape([*layers, (look("metal:brass", "b8924f", Finish(0.35, metallic=1.0)), brass)] if brass else layers)


def coins(rng: np.random.Generator) -> Shape:
    """Returns a handful of coins, some on others."""
    looks_of = [look("metal:coin", color, Finish(0.35, metallic=1.0)) for color in ("b87a4a", "c9a95a", "bfc1c3")]
    layers: list[Layer] = []
    places: list[tuple[float, float, float, float]] = []
    for _ in range(int(rng.integers(4, 11))):
        radius, thick = float(rng.uniform(0.0085, 0.013)), float(rng.uniform(0.0016, 0.0022))
        x, y = (float(value) for value in rng.normal(0.0, 0.021, 2))
        low = max((top for a, b, r, top in places if math.hypot(x - a, y - b) < radius + r), default=0.0)
        if low > 0.009:
            continue
        places.append((x, y, radius, low + thick))
        line = [(0.0, 0.0002), (0.86 * radius, 0.0002), (0.9 * radius, 0.0), (radius, 0.0003), (radius, thick - 0.0003),
                (0.9 * radius, thick), (0.86 * radius, thick - 0.0003), (0.0, thick - 0.0003)]  # fmt: skip
        layers.append((looks_of[int(rng.integers(3))], [lathe(line, 28).moved(x, y, low)]))
    return Shape(layers)
