"""Extent: the upright box around an object in the world, metres, z up; and how two of them lie to each other."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from jaxtyping import Float64

from schemas.geometry import Vec3
from schemas.scene_plan import PlannedObject, square


@dataclass(frozen=True)
class Extent:
    """From the low to the high corner."""

    low_m: Vec3
    high_m: Vec3
    own_m: Vec3
    """Side lengths in the object's own axes, which its turning does not change."""

    @property
    def size_m(self) -> Vec3:
        """Returns the side lengths along the world's x, y and z."""
        x, y, z = (high - low for low, high in zip(self.low_m, self.high_m, strict=True))
        return x, y, z

    @property
    def middle_m(self) -> tuple[float, float]:
        """Returns the centre as seen from above."""
        return (self.low_m[0] + self.high_m[0]) / 2, (self.low_m[1] + self.high_m[1]) / 2


def gap_m(one: Extent, other: Extent) -> float:
    """Returns how far apart two boxes are as seen from above; 0 where they overlap."""
    return math.hypot(_gap(one, other, 0), _gap(one, other, 1))


def rise_m(upper: Extent, lower: Extent) -> float:
    """Returns how far the one's bottom lies above the other's top; negative where it does not."""
    return upper.low_m[2] - lower.high_m[2]


def inside_m(point_m: tuple[float, float], extent: Extent) -> float:
    """Returns how deep a point lies inside of a box as seen from above; negative outside."""
    sides = (
        min(value - low, high - value)
        for value, low, high in zip(point_m, extent.low_m[:2], extent.high_m[:2], strict=True)
    )
    return min(sides)


def extent_of(planned: PlannedObject) -> Extent | None:
    """Returns the box around a planned object; None for an asset whose size isn't known."""
    boxes = list(_boxes_of(planned))
    if not boxes:
        return None
    object2world = square(planned.object2world)
    own = np.concatenate([_corners(*box) for box in boxes])
    corners = own @ object2world[:3, :3].T + object2world[:3, 3]
    scale = np.linalg.norm(object2world[:3, :3], axis=0)
    return Extent(_vec3(corners.min(axis=0)), _vec3(corners.max(axis=0)), _vec3(np.ptp(own, axis=0) * scale))


def _boxes_of(planned: PlannedObject) -> Iterator[tuple[Vec3, Vec3]]:
    """Yields centre and size, in the object's axes."""
    if planned.look and planned.look.size_m:
        yield (0.0, 0.0, planned.look.size_m[2] / 2), planned.look.size_m
    for box in planned.boxes:
        yield box.center_m, box.size_m
    for sphere in planned.spheres:
        yield sphere.center_m, (2 * sphere.radius_m,) * 3
    for rectangle in planned.rectangles:
        yield (0.0, 0.0, 0.0), (*rectangle.size_m, 0.0)


def _corners(center_m: Vec3, size_m: Vec3) -> Float64[np.ndarray, "8 3"]:
    return np.array(center_m) + np.array(list(product((-0.5, 0.5), repeat=3))) * np.array(size_m)


def _gap(one: Extent, other: Extent, axis: int) -> float:
    return max(0.0, one.low_m[axis] - other.high_m[axis], other.low_m[axis] - one.high_m[axis])


def _vec3(values: Float64[np.ndarray, "3"]) -> Vec3:
    x, y, z = values.tolist()
    return x, y, z
