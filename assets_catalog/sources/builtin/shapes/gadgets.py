"""What runs on batteries and lies about: telephones, remote controls, headphones, mice."""

import math

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import along, bar
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import slab, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, lathe, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion
from schemas.geometry import Vec3

_DARK = look("plastic:dark", "26272a", Finish(0.45))
_GREY = look("plastic:grey", "8d9092", Finish(0.5))
_CASES = ("1d1e20", "e6e4df", "8f2f34", "2f4f7a", "5f7a5a", "c9a9a0", "3a3c40", "b9a94a")
_FOAM = look("fabric:foam", "2a2a2b", Finish(0.95))


def phone(rng: np.random.Generator) -> Shape:
    """Returns a telephone without keys, its screen up or its back."""
    x, y = 0.5 * float(rng.uniform(0.064, 0.08)), 0.5 * float(rng.uniform(0.128, 0.168))
    thick, bend = float(rng.uniform(0.0072, 0.0115)), float(rng.uniform(5.0, 11.0))
    case = look(
        "plastic:case", looks.tinted(rng, looks.one_of(rng, _CASES)), Finish(float(rng.choice([0.25, 0.5, 0.7])))
    )
    body = slab(superellipse(x, y, 56, bend), 0.0, thick, 0.0016)
    if rng.random() < 0.7:
        glass = slab(superellipse(x - 0.003, y - 0.003, 56, bend), thick - 0.0008, thick + 0.0003)
        return Shape([(case, [body]), (looks.SCREEN, [glass, _dot(0.0, y - 0.007, thick + 0.0004, 0.0016)])])
    island = slab(superellipse(0.26 * x + 0.006, 0.015, 32, 5.0), 0.0, 0.0022, 0.0006).moved(
        -0.42 * x, 0.72 * y, thick - 0.0004
    )
    eyes = [_dot(-0.42 * x, 0.72 * y + shift, thick + 0.0026, 0.0052) for shift in (-0.0065, 0.0065)]
    return Shape([(case, [body, island]), (looks.SCREEN, eyes)])


def _dot(x: float, y: float, top: float, radius: float) -> Solid:
    return disc(radius, top - 0.0012, top, 0.0002, 16).moved(x, y, 0.0)


def remote_control(rng: np.random.Generator) -> Shape:
    """Returns a remote control with rows of buttons."""
    x, y, high = (
        0.5 * float(rng.uniform(0.036, 0.056)),
        0.5 * float(rng.uniform(0.135, 0.225)),
        float(rng.uniform(0.013, 0.022)),
    )
    bend, columns = float(rng.uniform(3.2, 8.0)), int(rng.integers(2, 5))
    body = slab(superellipse(x, y, 48, bend), 0.0, high, 0.0035)
    shell = (_DARK, _DARK, look("plastic:pale", "d9d8d3", Finish(0.5)))[int(rng.integers(3))]
    keys: dict[str, list[Solid]] = {}
    plain = "8d9092" if shell is _DARK else "3a3b3e"
    pitch = 1.5 * x / columns
    rows = int(1.5 * y / pitch)
    for row in range(rows):
        if row == 2 and rng.random() < 0.7:
            continue
        for column in range(columns):
            color = plain if row > 0 else looks.one_of(rng, ("b3261e", plain, plain, "3f7d57"))
            place = (column + 0.5 - 0.5 * columns) * pitch, 0.78 * y - row * pitch
            keys.setdefault(color, []).append(disc(0.33 * pitch, high - 0.001, high + 0.0014, 0.0005, 14).moved(*place))
    ring = disc(0.42 * x, high - 0.001, high + 0.0012, 0.0005, 28).moved(0.0, -0.72 * y - 0.2 * pitch)
    keys.setdefault(plain, []).append(ring)
    return Shape([(shell, [body]), *((look("plastic:key", color, Finish(0.6)), some) for color, some in keys.items())])


def mouse(rng: np.random.Generator) -> Shape:
    """Returns a computer mouse with a wheel."""
    x, y, high = float(rng.uniform(0.028, 0.036)), float(rng.uniform(0.047, 0.061)), float(rng.uniform(0.015, 0.02))
    shares = along(-1.0, 1.0, 15)
    hump = float(rng.uniform(-0.35, 0.1))
    stations = []
    for s in shares:
        reach = max(1 - abs(s) ** 2.6, 0.0) ** 0.42
        waist = 1 - 0.1 * math.cos(2.2 * s)
        tall = max(1 - abs((s - hump) / (1.35 + 0.2 * hump)) ** 2.2, 0.12) ** 0.6
        stations.append(
            (-s * y, max(x * reach * waist, 0.004), max(high * tall * (0.35 + 0.65 * reach), 0.003), high * tall)
        )
    low = min(m - h for _, _, h, m in stations)
    body = bar([(a, w, h, m - low) for a, w, h, m in stations], 26, 2.3)
    skin = (_DARK, look("plastic:white", "e6e5e1", Finish(0.4)), _GREY, looks.plastic(rng))[int(rng.integers(4))]
    top = max(m + h for _, _, h, m in stations) - low
    wheel = disc(0.011, -0.0032, 0.0032, 0.001, 24).turned("y", 0.5 * math.pi).moved(0.0, -0.52 * y, 0.84 * top - 0.004)
    return Shape([(skin, [body]), (_GREY if skin is _DARK else _DARK, [wheel])])


def headphones(rng: np.random.Generator) -> Shape:
    """Returns headphones that lie on their side: a band, two cups with pads."""
    wide, cup = float(rng.uniform(0.068, 0.082)), float(rng.uniform(0.033, 0.044))
    skin = looks.plastic(rng) if rng.random() < 0.5 else _DARK
    turns = along(-0.06 * math.pi, 1.06 * math.pi, 25)
    tall, z = float(rng.uniform(0.095, 0.12)), 1.02 * cup
    bow: list[Vec3] = [(wide * math.cos(t), tall * math.sin(t), z) for t in turns]
    inner: list[Vec3] = [(0.95 * a, 0.955 * b, c) for a, b, c in bow[5:-5]]
    band = [tube(bow, 0.0048, 8).moved(z_m=-z).stretched(z=1.9).moved(z_m=z)]
    padding = tube(inner, 0.0042, 8).moved(z_m=-z).stretched(z=2.6).moved(z_m=z)
    shells, pads = list[Solid](), list[Solid]()
    for side in (-1, 1):
        pad = lathe([(0.45 * cup, 0.0), (0.8 * cup, -0.004), (cup, 0.004), (0.98 * cup, 0.014), (0.5 * cup, 0.017),
                     (0.4 * cup, 0.012), (0.45 * cup, 0.0)], 28)  # fmt: skip
        shell = lathe([(0.0, 0.008), (0.95 * cup, 0.008), (0.98 * cup, 0.02), (0.6 * cup, 0.029), (0.0, 0.03)], 28)
        place = side * (wide - 0.012), -0.012, z
        for solid, some in ((pad, pads), (shell, shells)):
            some.append(solid.turned("y", side * 0.5 * math.pi).moved(*place))
    layers: list[Layer] = [(skin, [*band, *shells]), (_FOAM, [*pads, padding])]
    return Shape(layers)


def power_bank(rng: np.random.Generator) -> Shape:
    """Returns a battery for telephones, or a box of disks, with a cable's end and a lamp."""
    x, y, high = (
        0.5 * float(rng.uniform(0.058, 0.08)),
        0.5 * float(rng.uniform(0.09, 0.15)),
        float(rng.uniform(0.013, 0.026)),
    )
    skin = looks.plastic(rng) if rng.random() < 0.6 else looks.metal(rng)
    body = cushion((-x, -y, 0.0), (x, y, high), 0.3 * high)
    port = box((-0.007, -y - 0.0006, 0.3 * high), (0.007, -y + 0.004, 0.7 * high), 0.0005)
    lamps = [_dot(0.5 * x + 0.005 * n, 0.8 * y, high + 0.0004, 0.0012) for n in range(4)]
    return Shape([(skin, [body]), (_DARK, [port]), (_GREY, lamps)])
