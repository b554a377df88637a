"""Roofs: two tilted slabs that meet at a ridge along the street, the gables below them, and chimneys.

A slab lies on the top edge of its wall and stands out beyond it. The gable ends are steps of the wall itself, each
within the thickness of the slab above it.
"""

import math
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.street.house import House
from scenegen.recipes.thing import Pose, box
from schemas.scene_plan import Box

_THICK_M = 0.2


@dataclass(frozen=True)
class Pitch:
    """A roof's slope, and how far it stands out."""

    angle_rad: float
    eaves_m: float
    verge_m: float
    """Beyond the gables."""


def draw_pitch(rng: np.random.Generator, in_row: bool) -> Pitch:
    """Returns a slope; in a row of houses roofs end with their walls."""
    verge_m = 0.0 if in_row else float(rng.uniform(0.15, 0.5))
    return Pitch(math.radians(float(rng.uniform(28.0, 44.0))), float(rng.uniform(0.2, 0.6)), verge_m)


def ridge_m(house: House, pitch: Pitch) -> float:
    """Returns how high the ridge is above the wall."""
    return house.depth / 2 * math.tan(pitch.angle_rad)


def gables(house: House, pitch: Pitch) -> list[Box]:
    """Returns the wall between the slopes, in the house's axes: the whole prism, in steps."""
    angle, half = pitch.angle_rad, house.depth / 2
    count = max(1, math.ceil(ridge_m(house, pitch) / (0.8 * _THICK_M / math.cos(angle))))
    step = ridge_m(house, pitch) / count
    x = house.width / 2
    return [
        box((-x, inset, house.height + number * step), (x, house.depth - inset, house.height + (number + 1) * step))
        for number in range(count)
        if (inset := number * step / math.tan(angle)) < half - 0.02
    ]


def slabs(house: House, pitch: Pitch) -> list[tuple[Pose, Box]]:
    """Returns both slopes, each as a pose in the house's axes and a box in its own."""
    angle = pitch.angle_rad
    long_m = (house.depth / 2 + pitch.eaves_m) / math.cos(angle) + _THICK_M * math.tan(angle)
    x = house.width / 2 + pitch.verge_m
    slab = box((-x, 0.0, 0.0), (x, long_m, _THICK_M))
    low_m = house.height - pitch.eaves_m * math.tan(angle)
    return [(_tilted(house, pitch, way, low_m), slab) for way in (1, -1)]


def _tilted(house: House, pitch: Pitch, way: int, low_m: float) -> Pose:
    """Returns the axes of a slope: x along the eaves, y up the slope, z out of it; `way` +1 is the front's."""
    c, s = math.cos(pitch.angle_rad), math.sin(pitch.angle_rad)
    tilted = np.eye(4)
    tilted[:3, 0] = way, 0.0, 0.0
    tilted[:3, 1] = 0.0, way * c, s
    tilted[:3, 2] = 0.0, -way * s, c
    tilted[:3, 3] = 0.0, -pitch.eaves_m if way > 0 else house.depth + pitch.eaves_m, low_m
    return tilted


def chimneys(rng: np.random.Generator, house: House, pitch: Pitch | None) -> list[Box]:
    """Returns one or two chimneys on the ridge, or near the back of a flat roof."""
    rise = ridge_m(house, pitch) if pitch else 0.0
    boxes = []
    for x in (float(rng.uniform(-0.4, -0.15)), float(rng.uniform(0.15, 0.4)))[: int(rng.integers(1, 3))]:
        middle, y = x * house.width, house.depth * (0.5 if pitch else float(rng.uniform(0.55, 0.8)))
        top = house.height + rise + float(rng.uniform(0.7, 1.3))
        half = float(rng.uniform(0.25, 0.4))
        boxes.append(box((middle - half, y - half, house.height - 0.2), (middle + half, y + half, top)))
        boxes.append(
            box((middle - half - 0.06, y - half - 0.06, top), (middle + half + 0.06, y + half + 0.06, top + 0.1))
        )
    return boxes
