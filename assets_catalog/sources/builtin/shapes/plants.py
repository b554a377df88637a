"""Potted plants. A leaf is a thin closed blade that follows a bending spine, a little folded along its middle."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe, tube
from assets_catalog.sources.builtin.shapes.upholstery import sheet
from schemas.geometry import Vec3

Greenery = Callable[[np.random.Generator, float, float], list[Layer]]
"""(rng, radius of the pot's mouth, height of the soil; metres) -> stems and leaves."""


def snake_plant(rng: np.random.Generator) -> Shape:
    """Returns upright thick blades in a pot that stands on the floor."""
    return _potted(rng, *_floor_pot(rng), _swords)


def palm(rng: np.random.Generator) -> Shape:
    """Returns canes with tufts of arching blades, in a pot that stands on the floor."""
    return _potted(rng, *_floor_pot(rng), _palm)


def rubber_tree(rng: np.random.Generator) -> Shape:
    """Returns stems with large oval leaves, in a pot that stands on the floor."""
    return _potted(rng, *_floor_pot(rng), _rubber_tree)


def succulent(rng: np.random.Generator) -> Shape:
    """Returns a rosette of thick leaves in a small pot."""
    return _potted(rng, *_small_pot(rng), _rosette)


def herb(rng: np.random.Generator) -> Shape:
    """Returns a bush of small oval leaves in a small pot."""
    return _potted(rng, *_small_pot(rng), _bush)


def spider_plant(rng: np.random.Generator) -> Shape:
    """Returns a tuft of narrow arching blades in a small pot."""
    return _potted(rng, *_small_pot(rng), _tuft)


def _floor_pot(rng: np.random.Generator) -> Vec2:
    """Returns radius and height."""
    return float(rng.uniform(0.13, 0.19)), float(rng.uniform(0.22, 0.34))


def _small_pot(rng: np.random.Generator) -> Vec2:
    """Returns radius and height."""
    return float(rng.uniform(0.045, 0.075)), float(rng.uniform(0.07, 0.12))


def _potted(rng: np.random.Generator, radius_m: float, height_m: float, grow: Greenery) -> Shape:
    soil = 0.9 * height_m
    return Shape([*_pot(rng, radius_m, height_m, soil), *grow(rng, radius_m, soil)])


def _pot(rng: np.random.Generator, radius_m: float, height_m: float, soil_m: float) -> list[Layer]:
    foot = radius_m * float(rng.uniform(0.6, 0.95))
    wall = 0.05 * radius_m + 0.003
    middle = (1.0 + float(rng.uniform(-0.02, 0.12))) * 0.5 * (foot + radius_m)
    outer = curve([(foot, 0.0), (middle, 0.5 * height_m), (radius_m, height_m)], 5)
    pot = lathe(hollow(outer, wall, 0.4 * height_m), 36)
    radii, heights = np.array(outer).T
    bottom, edge = soil_m - 0.02, soil_m - 0.003
    low, high = (float(np.interp(z, heights, radii)) - 0.6 * wall for z in (bottom, edge))
    earth = lathe([(0.0, bottom), (low, bottom), (high, edge), (0.6 * high, soil_m), (0.0, soil_m)], 24)
    return [(looks.ceramic(rng), [pot]), (looks.SOIL, [earth])]


@dataclass(frozen=True)
class _Cut:
    """The outline of a leaf."""

    belly: float
    """Where it is widest, as a share of its length."""
    steps: int


_SWORD, _RIBBON, _OVAL, _SMALL_OVAL, _SUCCULENT = _Cut(0.42, 9), _Cut(0.4, 9), _Cut(0.5, 7), _Cut(0.5, 5), _Cut(0.62, 6)


def _blade(size_m: Vec2, rise_rad: float, bend_rad: float, cut: _Cut) -> Solid:
    """Returns a leaf of a length and width, from the origin toward +x.

    `rise_rad`: how steeply it starts; `bend_rad`: how much lower its tip points.
    """
    (length_m, width_m), steps = size_m, cut.steps
    t = np.linspace(0, 1, steps)
    slope = rise_rad - bend_rad * t
    move = np.stack([np.cos(slope), np.sin(slope)], axis=1) * (length_m / (steps - 1))
    spine = np.cumsum(np.concatenate([np.zeros((1, 2)), 0.5 * (move[:-1] + move[1:])]), axis=0)
    half = 0.5 * width_m * np.sin(np.pi * (0.06 + 0.9 * t ** (math.log(0.5) / math.log(cut.belly)))) + 0.0008
    fold = 0.3 * half
    points = np.empty((steps, 3, 3))
    points[..., 1] = half[:, None] * np.array([-1.0, 0.0, 1.0])
    raised = fold[:, None] * np.array([1.0, 0.0, 1.0])
    points[..., 0] = spine[:, :1] - np.sin(slope)[:, None] * raised
    points[..., 2] = spine[:, 1:] + np.cos(slope)[:, None] * raised
    return sheet(points, 0.0015 + 0.01 * width_m)


def _around(rng: np.random.Generator, count: int) -> list[float]:
    """Returns directions in the golden angle, jittered."""
    return [2.39996 * step + float(rng.uniform(-0.3, 0.3)) for step in range(count)]


def _swords(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """Upright thick blades."""
    leaves = []
    for step, way in enumerate(_around(rng, int(rng.integers(10, 16)))):
        length, rise = float(rng.uniform(0.4, 0.85)), 0.5 * math.pi - float(rng.uniform(0.02, 0.28))
        blade = _blade((length, float(rng.uniform(0.055, 0.085))), rise, float(rng.uniform(-0.12, 0.1)), _SWORD)
        leaves.append(
            blade.moved(0.5 * radius_m * math.sqrt(step / 16), 0.0, 0.0).turned("z", way).moved(z_m=soil_m - 0.015)
        )
    return [(looks.leaf(rng), leaves)]


def _palm(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """Long arching blades in tufts on one to three canes."""
    canes, leaves = [], []
    for way in _around(rng, int(rng.integers(1, 4))):
        height, out = float(rng.uniform(0.25, 0.75)), 0.4 * radius_m
        x, y = out * math.cos(way), out * math.sin(way)
        canes.append(
            tube(
                [
                    (0.6 * x, 0.6 * y, soil_m - 0.02),
                    (0.9 * x, 0.9 * y, soil_m + 0.5 * height),
                    (1.3 * x, 1.3 * y, soil_m + height),
                ],
                0.014,
                10,
            )
        )
        tip: Vec3 = (1.3 * x, 1.3 * y, soil_m + height - 0.01)
        leaves += [_arching(rng, tip, turn, rank) for rank, turn in enumerate(_around(rng, 18))]
    return [(looks.wood(rng), canes), (looks.leaf(rng), leaves)]


def _arching(rng: np.random.Generator, tip_m: Vec3, way_rad: float, rank: int) -> Solid:
    rise = 1.45 - 0.06 * rank
    size = float(rng.uniform(0.32, 0.5)), float(rng.uniform(0.025, 0.038))
    blade = _blade(size, rise, float(rng.uniform(1.2, 2.0)), _RIBBON)
    return blade.moved(0.006).turned("z", way_rad).moved(*tip_m)


def _rubber_tree(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """Stems set with large oval leaves."""
    stems, leaves = [], []
    for way in _around(rng, int(rng.integers(2, 4))):
        height, lean = float(rng.uniform(0.6, 1.05)), float(rng.uniform(0.05, 0.16))
        path = [(0.3 * radius_m + lean * t * t, 0.0, soil_m - 0.02 + height * t) for t in np.linspace(0, 1, 6)]
        stem = tube(path, 0.008, 8).turned("z", way)
        stems.append(stem)
        for step, turn in enumerate(_around(rng, 14)):
            t = 0.22 + 0.78 * step / 13
            at = (0.3 * radius_m + lean * t * t, 0.0, soil_m - 0.02 + height * t)
            size = float(rng.uniform(0.18, 0.28)), float(rng.uniform(0.09, 0.12))
            blade = _blade(size, float(rng.uniform(0.2, 0.8)) + 0.5 * t**3, 0.7, _OVAL)
            leaves.append(blade.turned("z", turn).moved(*at).turned("z", way))
    return [(looks.wood(rng), stems), (looks.leaf(rng), leaves)]


def _rosette(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """A succulent: thick pointed leaves that open from the middle."""
    leaves = []
    for step, way in enumerate(_around(rng, 26)):
        share = step / 25
        length = radius_m * (1.25 - 0.75 * share)
        blade = _blade((length, 0.42 * length), 0.25 + 1.1 * share, -0.35, _SUCCULENT)
        leaves.append(blade.moved(0.003).turned("z", way).moved(z_m=soil_m + 0.2 * radius_m * share))
    return [(looks.leaf(rng), leaves)]


def _bush(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """Thin stems with small oval leaves, like basil."""
    stems, leaves = [], []
    for way in _around(rng, int(rng.integers(6, 10))):
        height, lean = radius_m * float(rng.uniform(1.2, 2.6)), float(rng.uniform(0.15, 0.7))
        tops = [(radius_m * (0.2 + lean * t * t), 0.0, soil_m - 0.005 + height * t) for t in (0.0, 0.35, 0.7, 1.0)]
        stems.append(tube(tops, 0.0016, 6).turned("z", way))
        for at in tops[1:]:
            for turn in (0.0, 2.1, 4.2):
                length = radius_m * float(rng.uniform(0.5, 0.8))
                blade = _blade((length, 0.55 * length), float(rng.uniform(0.2, 0.9)), 0.6, _SMALL_OVAL)
                leaves.append(blade.turned("z", turn + float(rng.uniform(-0.4, 0.4))).moved(*at).turned("z", way))
    return [(looks.leaf(rng), [*leaves, *stems])]


def _tuft(rng: np.random.Generator, radius_m: float, soil_m: float) -> list[Layer]:
    """A tuft of narrow arching blades, like a spider plant."""
    leaves = []
    for step, way in enumerate(_around(rng, 34)):
        length = radius_m * float(rng.uniform(2.2, 3.6))
        blade = _blade((length, 0.016), 1.45 - 0.02 * step, float(rng.uniform(1.4, 2.3)), _RIBBON)
        leaves.append(blade.moved(0.15 * radius_m).turned("z", way).moved(z_m=soil_m - 0.004))
    return [(looks.leaf(rng), leaves)]
