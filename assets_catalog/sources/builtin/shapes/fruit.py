"""Bowls heaped with fruit."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe, rod, tube
from schemas.geometry import Vec3


def fruit_bowl(rng: np.random.Generator) -> Shape:
    """Returns a bowl heaped with apples, oranges, lemons and perhaps bananas."""
    radius, height = float(rng.uniform(0.12, 0.16)), float(rng.uniform(0.06, 0.09))
    outer = curve([(0.4 * radius, 0.0), (0.42 * radius, 0.006), (0.8 * radius, 0.42 * height), (radius, height)], 5)
    vessel = looks.wood(rng) if rng.random() < 0.4 else looks.ceramic(rng)
    layers: list[Layer] = [(vessel, [lathe(hollow(outer, 0.005, 0.009), 44)])]
    stems: list[Solid] = []
    low = 0.35 * height + 0.033
    places = [(0.56 * radius, step * math.pi / 3, low + 0.01) for step in range(6)] + [(0.0, 0.0, low)]
    places += [(0.3 * radius, 0.5 + step * 2 * math.pi / 3, low + 0.056) for step in range(int(rng.integers(2, 4)))]
    turn = float(rng.uniform(0, 2))
    for away, way, z in places:
        at = away * math.cos(way + turn), away * math.sin(way + turn), z + float(rng.uniform(-0.003, 0.003))
        skin, flesh, stalk = _fruit(rng)
        layers.append((skin, [flesh.turned("x", float(rng.uniform(-0.5, 0.5))).turned("z", way).moved(*at)]))
        stems += [solid.moved(*at) for solid in stalk]
    if rng.random() < 0.5:
        layers.append((_BANANA, _bananas(low + 0.085, turn)))
    if stems:
        layers.append((_STALK, stems))
    return Shape(layers)


_BANANA = look("food:banana", "d9b93a", Finish(0.5))
_STALK = look("wood:stalk", "5a4632", Finish(0.8))


def _fruit(rng: np.random.Generator) -> tuple[AssetMaterial, Solid, Sequence[Solid]]:
    """Returns an apple with its stalk, an orange or a lemon, about the origin."""
    kind, size = int(rng.integers(3)), float(rng.uniform(0.033, 0.039))
    turns = np.linspace(-0.5 * math.pi, 0.5 * math.pi, 15)
    if kind == 0:
        line = [
            (
                size * math.cos(t) * (1 + 0.08 * math.sin(t)),
                size * (0.9 * math.sin(t) - 0.22 * math.exp(-((math.cos(t) / 0.42) ** 2)) * math.sin(t)),
            )
            for t in turns
        ]
        color = looks.one_of(rng, ("a32a24", "8fa03a", "b8452e", "c9b04a"))
        stalk = [rod((0.0, 0.0, 0.5 * size), (0.004, 0.0, size + 0.004), 0.0014, 6)]
        return look("food:apple", looks.tinted(rng, color), Finish(0.3)), _turned(line), stalk
    if kind == 1:
        line = [(size * math.cos(t), 0.97 * size * math.sin(t)) for t in turns]
        return look("food:orange", looks.tinted(rng, "d5782a"), Finish(0.5)), _turned(line), []
    line = [(0.8 * size * math.cos(t), size * (1.1 * math.sin(t) + 0.16 * math.sin(t) ** 9)) for t in turns]
    return look("food:lemon", looks.tinted(rng, "dcc23c"), Finish(0.45)), _turned(line).turned("x", 1.3), []


def _turned(line: list[tuple[float, float]]) -> Solid:
    return lathe([(0.0, line[0][1]), *line[1:-1], (0.0, line[-1][1])], 24)


def _bananas(z_m: float, turn_rad: float) -> list[Solid]:
    """Returns three bananas that share a stalk, lying on the heap."""
    solids = []
    for index, shift in enumerate((-0.028, 0.0, 0.028)):
        turns = np.linspace(-1.1, 1.1, 12)
        path: list[Vec3] = [
            (
                0.095 * math.sin(t),
                shift * (1 - 0.5 * ((t - 1.1) / 2.2) ** 2),
                z_m - 0.03 + 0.075 * math.cos(t) - 0.03 + 0.003 * index,
            )
            for t in turns
        ]
        thick = [
            0.0165 * (0.28 + 0.72 * math.sin(math.pi * (0.06 + 0.88 * share)) ** 0.6) for share in np.linspace(0, 1, 12)
        ]
        solids.append(tube(path, thick, 8).turned("z", turn_rad))
    return solids
