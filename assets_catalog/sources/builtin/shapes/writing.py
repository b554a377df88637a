"""Pens, markers and pencils, lying; and a beaker that holds some."""

import math

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.lying import laid
from assets_catalog.sources.builtin.shapes.shape import Layer, Layers, Shape
from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe

_CHROME = look("metal:chrome", "c9cbcd", Finish(0.18, metallic=1.0))
_RUBBER = look("plastic:rubber", "2b2c2e", Finish(0.7))
_GRAPHITE = look("plastic:graphite", "2a2a2b", Finish(0.5))
_ERASER = look("plastic:eraser", "c97a78", Finish(0.8))
_BARE = look("wood:cedar", "d8b284", Finish(0.6))
_INKS = ("20242c", "1f3f8c", "a3262a", "2a6b3f", "e08a1e", "6a3f86", "d94f8a", "e6c52e")


def ballpoint(rng: np.random.Generator) -> Shape:
    """Returns a ballpoint pen with a clip and a button."""
    return Shape([(skin, laid(solids)) for skin, solids in _ballpoint(rng)])


def _ballpoint(rng: np.random.Generator) -> list[Layer]:
    radius, length = float(rng.uniform(0.0042, 0.0062)), float(rng.uniform(0.118, 0.142))
    grip = float(rng.uniform(0.22, 0.4)) * length
    body = lathe([(0.0, 0.0), (0.8 * radius, 0.0), (radius, 0.3 * grip), (radius, length), (0.0, length)], 18)
    sleeve = lathe(
        [(0.0, 0.1 * grip), (0.9 * radius, 0.1 * grip), (1.1 * radius, 0.4 * grip), (1.06 * radius, grip), (0.0, grip)],
        18,
    )
    tip = lathe([(0.0, -0.013), (0.0007, -0.013), (0.78 * radius, 0.0005), (0.0, 0.0005)], 14)
    button = lathe(
        [(0.0, length - 0.002), (0.55 * radius, length - 0.002), (0.5 * radius, length + 0.009), (0.0, length + 0.009)],
        14,
    )
    clip = box((-0.0022, radius, length - 0.042), (0.0022, radius + 0.0028, length - 0.002), 0.0008)
    foot = box((-0.0022, 0.4 * radius, length - 0.006), (0.0022, radius + 0.001, length - 0.0022), 0.0005)
    skin = _casing(rng)
    metal = _CHROME if rng.random() < 0.7 else looks.BLACK_PLASTIC
    layers: list[Layer] = [(skin, [body]), (metal, [tip, button, clip, foot])]
    return [*layers, (_RUBBER, [sleeve])] if rng.random() < 0.6 else layers


def _casing(rng: np.random.Generator) -> AssetMaterial:
    return look("plastic:casing", looks.tinted(rng, looks.one_of(rng, (*_INKS, "ececea", "b9bbbd"))), Finish(0.3))


def marker(rng: np.random.Generator) -> Shape:
    """Returns a felt pen with its cap on: of one colour, or a pale body with a coloured cap."""
    return Shape([(skin, laid(solids)) for skin, solids in _marker(rng)])


def _marker(rng: np.random.Generator) -> list[Layer]:
    radius, length = float(rng.uniform(0.0055, 0.0105)), float(rng.uniform(0.115, 0.15))
    cap = float(rng.uniform(0.3, 0.42)) * length
    ink = look("plastic:casing", looks.tinted(rng, looks.one_of(rng, _INKS)), Finish(0.35))
    barrel = ink if rng.random() < 0.5 else look("plastic:barrel", "e9e7e0", Finish(0.4))
    body = lathe(
        [(0.0, cap), (radius, cap), (radius, length - 0.006), (0.85 * radius, length), (0.0, length)],
        20,
    )
    hood = lathe(
        [(0.0, 0.0), (0.72 * radius, 0.0), (0.86 * radius, 0.004), (1.06 * radius, cap + 0.003), (0.0, cap + 0.003)], 20
    )
    clip = box((-0.0028, 0.9 * radius, 0.006), (0.0028, radius + 0.0025, cap), 0.0008)
    rings = [
        lathe([(radius - 0.0008, z), (radius + 0.0003, z), (radius + 0.0003, z + 0.005), (radius - 0.0008, z + 0.005),
               (radius - 0.0008, z)], 20)
        for z in (cap + 0.012, length - 0.02)
    ]  # fmt: skip
    return [(barrel, [body]), (ink, [hood, clip, *rings])]


def pencil(rng: np.random.Generator) -> Shape:
    """Returns a sharpened pencil, new or used up in part, with or without an eraser."""
    return Shape([(skin, laid(solids)) for skin, solids in _pencil(rng)])


def _pencil(rng: np.random.Generator) -> list[Layer]:
    radius, length = float(rng.uniform(0.0034, 0.0043)), float(rng.uniform(0.085, 0.18))
    cone = float(rng.uniform(0.016, 0.024))
    stem = _hexagonal(radius, cone, length)
    core = float(rng.uniform(0.0009, 0.0014))
    wood = lathe([(0.0, cone * core / radius), (core, cone * core / radius), (0.86 * radius, cone), (0.0, cone)], 16)
    lead = lathe([(0.0, 0.0), (0.0003, 0.0), (core, cone * core / radius), (0.0, cone * core / radius + 0.0004)], 12)
    paint = look("coat:pencil", looks.tinted(rng, looks.one_of(rng, (*_INKS, "d9a12f", "d9a12f"))), Finish(0.35))
    layers: list[Layer] = [(paint, [stem]), (_BARE, [wood]), (_GRAPHITE, [lead])]
    if rng.random() < 0.5:
        top = [(0.0, length), (radius, length), (radius, length + 0.012), (0.0, length + 0.012)]
        rubber = curve(
            [(0.94 * radius, length + 0.011), (0.94 * radius, length + 0.016), (0.5 * radius, length + 0.019)], 3
        )
        layers += [
            (_CHROME, [lathe(top, 16)]),
            (_ERASER, [lathe([(0.0, length + 0.011), *rubber, (0.0, length + 0.0194)], 16)]),
        ]
    return layers


def _hexagonal(radius_m: float, low_m: float, high_m: float) -> Solid:
    turns = [math.pi / 3 * step for step in range(6)]
    levels = [low_m, *np.linspace(low_m + 0.0004, high_m - 0.0003, 9), high_m]
    rings = [[(radius_m * math.cos(t), radius_m * math.sin(t), float(z)) for t in turns] for z in levels]
    return loft(np.array(rings))


def pen_holder(rng: np.random.Generator) -> Shape:
    """Returns a beaker with pens, markers and pencils in it."""
    radius, height = float(rng.uniform(0.034, 0.046)), float(rng.uniform(0.085, 0.115))
    outer = [(radius - 0.002, 0.0), (radius, 0.002), (radius * float(rng.uniform(1.0, 1.12)), height)]
    skin = (looks.metal(rng), looks.ceramic(rng), looks.wood(rng), looks.plastic(rng))[int(rng.integers(4))]
    layers: Layers = [(skin, [lathe(hollow(outer, 0.0025, 0.004), 36)])]
    for number in range(int(rng.integers(3, 7))):
        of_one = (_ballpoint, _marker, _pencil)[int(rng.integers(3))](rng)
        up = bool(rng.random() < 0.5)
        lean = math.asin(min(0.9, 0.9 * radius / height)) * float(rng.uniform(0.55, 0.8))
        way = 2.4 * number + float(rng.uniform(-0.3, 0.3))
        layers = [
            *layers,
            *((look_of, [_leaning(s, up, lean, way, radius) for s in solids]) for look_of, solids in of_one),
        ]
    return Shape(layers)


def _leaning(solid: Solid, is_turned: bool, lean_rad: float, way_rad: float, radius_m: float) -> Solid:
    """Returns a part of an upright pen on the beaker's floor, leaning on its wall."""
    upright = solid.turned("x", math.pi).moved(z_m=0.145) if is_turned else solid.moved(z_m=0.013)
    return upright.turned("y", lean_rad).moved(-0.42 * radius_m, 0.0, 0.008).turned("z", way_rad)
