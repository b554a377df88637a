"""What grows low on lawns and at the feet of walls: tufts of grass, flowers in beds, leaves of weeds."""

import math

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.foliage import LeafCut, leaves
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid

_UP = np.array([0.0, 0.0, 1.0])
_PETALS = ("d9c53a", "e8e6df", "b8322e", "c96f9a", "7a5aa8", "d97b2e", "4a5fb0")
_BLADES = 620
_STALKS = 34


def grass_tuft(rng: np.random.Generator) -> Shape:
    """Returns a patch of long grass, 0.4 to 1.3 m wide, highest in its middle; some has gone to seed."""
    radius, tall = float(rng.uniform(0.1, 0.6)), float(rng.uniform(0.1, 0.4))
    most = round(_BLADES * min(1.0, 0.25 + 1.5 * radius))
    green = street_looks.foliage(rng)
    straw = looks.look("leaf:straw", looks.tinted(rng, "a39a5e"), looks.Finish(0.7))
    share = float(rng.uniform(0.05, 0.3))
    layers: list[Layer] = []
    for material, count in (
        (green, round(most * (1 - share) / 2)),
        (street_looks.brighter(green, 1.25), round(most * (1 - share) / 2)),
        (straw, round(most * share)),
    ):
        layers.append((material, _blades(rng, radius, tall, count)))
    return Shape(layers)


def _blades(rng: np.random.Generator, radius_m: float, tall_m: float, count: int) -> list[Solid]:
    """Returns blades of two pieces each: one that leans, and one at its end that bends further down."""
    feet = _spread(rng, radius_m, count)
    far = np.linalg.norm(feet, axis=1, keepdims=True) / radius_m
    lean = feet / radius_m * 0.5 + rng.normal(0, 0.28, size=feet.shape) * np.array([1.0, 1.0, 0.0])
    length = tall_m * (1.1 - 0.55 * far) * rng.uniform(0.5, 1.1, size=far.shape)
    way = lean + _UP
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    bent = 2.2 * lean + 0.65 * _UP
    knees = feet + 0.5 * length * way
    cut = LeafCut(0.58 * tall_m, 0.011, 0.5, 0.15)
    return [leaves(rng, feet, way, cut, 1.5), leaves(rng, knees, bent, cut, 0.8)]


def flower_bed(rng: np.random.Generator) -> Shape:
    """Returns flowers of one or two colours among their leaves, about half a metre wide."""
    radius, tall = float(rng.uniform(0.1, 0.185)), float(rng.uniform(0.2, 0.42))
    green = street_looks.foliage(rng)
    low = _spread(rng, radius, 260)
    low[:, 2] = rng.uniform(0.0, 0.7 * tall, size=len(low))
    way = rng.normal(0, 0.8, size=low.shape) + 0.7 * _UP
    cut = LeafCut(0.04 + 0.1 * tall, 0.02 + 0.04 * tall)
    layers: list[Layer] = [
        (green, [leaves(rng, low[:130], way[:130], cut)]),
        (street_looks.brighter(green, 1.25), [leaves(rng, low[130:], way[130:], cut)]),
    ]
    size = float(rng.uniform(0.018, 0.04))
    for _ in range(int(rng.integers(1, 3))):
        petals = looks.look("leaf:petal", looks.tinted(rng, looks.one_of(rng, _PETALS)), looks.Finish(0.6))
        layers += _flowers(rng, radius, tall, size, petals)
    return Shape(layers)


def _flowers(
    rng: np.random.Generator, radius_m: float, tall_m: float, size_m: float, petals: AssetMaterial
) -> list[Layer]:
    feet = _spread(rng, radius_m, _STALKS)
    lean = rng.normal(0, 0.15, size=feet.shape) * np.array([1.0, 1.0, 0.0]) + _UP
    lean /= np.linalg.norm(lean, axis=1, keepdims=True)
    long = tall_m * rng.uniform(0.75, 1.1, size=(_STALKS, 1))
    heads = feet + long * lean
    stalks = leaves(rng, feet, lean, LeafCut(tall_m, 0.008, 0.5, 0.1), 1.5)
    turns = 2 * math.pi * np.arange(5) / 5
    ring = np.stack([np.cos(turns), np.sin(turns), np.full(5, 0.35)], axis=1)
    at = np.repeat(heads, 5, axis=0) - np.array([0.0, 0.0, 0.1 * tall_m])
    out = np.tile(ring, (_STALKS, 1)) + np.repeat(rng.normal(0, 0.3, size=feet.shape), 5, axis=0)
    green = looks.look("leaf:stalk", "4f7335", looks.Finish(0.6))
    return [(green, [stalks]), (petals, [leaves(rng, at, out, LeafCut(1.4 * size_m, 1.1 * size_m, 0.6, 0.2), 0.2)])]


def _spread(rng: np.random.Generator, radius_m: float, count: int) -> Float64[np.ndarray, "n 3"]:
    """Returns points of the ground within a round that is a little drawn out, closer in its middle."""
    away = radius_m * rng.uniform(0, 1, size=count) ** 0.6
    turn = rng.uniform(0, 2 * math.pi, size=count)
    return np.stack([away * np.cos(turn), 0.8 * away * np.sin(turn), np.zeros(count)], axis=1)
