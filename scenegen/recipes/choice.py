"""Choice: which of many judged cameras become a plan's views.

Those far from one another in place or heading come first, the best of them in front; then the others, for a plan always
has as many as are asked. What shows much is often of a wide or an upright size, so that a view is the best of its own
size: else sizes would come otherwise than drawn.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.lens import Lens, SizePx, view_of
from schemas.geometry import Vec3
from schemas.scene_plan import View


@runtime_checkable
class Judged(Protocol):
    """A camera that may become a view."""

    @property
    def position_m(self) -> Vec3:
        """Where it is."""

    @property
    def heading_rad(self) -> float:
        """Which way it looks."""

    @property
    def cam2world(self) -> Float64[np.ndarray, "4 4"]:
        """Its pose."""

    @property
    def lens(self) -> Lens:
        """Its optics."""

    @property
    def focus_m(self) -> Float64[np.ndarray, "n"]:
        """Planar depths that could be sharp."""


Camera = TypeVar("Camera", bound=Judged)
Test = Callable[[Camera], bool]


def chosen(
    ranked: Sequence[Camera], wishes: Iterable[Sequence[Test[Camera]]], differ: Callable[[Camera, Camera], bool]
) -> tuple[View, ...]:
    """Returns a view for each wish: the best that passes its first test, else the next, else any at all.

    `ranked`: at least as many as wishes, best first; `differ`: tells whether two show different things.
    """
    left, far, taken = list(ranked), list(ranked), list[Camera]()
    for tests in wishes:
        pools = (*(filter(test, pool) for pool in (far, left) for test in tests), far, left)
        one = next(camera for pool in pools for camera in pool)
        taken.append(one)
        left = [camera for camera in left if camera is not one]
        far = [camera for camera in far if camera is not one and differ(camera, one)]
    return tuple(view_of(one.lens, one.cam2world, index, one.focus_m) for index, one in enumerate(taken))


def of_size(size_px: SizePx) -> Test[Judged]:
    """Returns the test for pictures of a size."""
    return lambda camera: camera.lens.size_px == size_px


def apart(one: Judged, other: Judged, turn_rad: float, move_m: float) -> bool:
    """Tells whether two cameras look another way by more than an angle, or stand farther apart than a distance."""
    turned_rad = abs(math.remainder(one.heading_rad - other.heading_rad, 2 * math.pi))
    return turned_rad > turn_rad or math.dist(one.position_m, other.position_m) > move_m
