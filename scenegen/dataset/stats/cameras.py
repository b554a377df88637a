"""Cameras: field of view, height and tilt of stored frames, from K and cam2world; the triplets tell as much.

The field of view is the horizontal one of a lens without shift. Height is the camera's z, above the plane z = 0 on
which scenes stand. Pitch is upward positive, roll clockwise positive, as in `schemas.geometry`; looking straight up or
down there is no roll, and 0 stands for it.
"""

import math
from dataclasses import dataclass

import numpy as np

from schemas.scene_plan import square

_LEVEL_ENOUGH = 1e-6


@dataclass(frozen=True)
class Camera:
    """One frame's."""

    fov_x_deg: float
    height_m: float
    pitch_deg: float
    roll_deg: float


def camera(intrinsics: tuple[float, ...], cam2world: tuple[float, ...], width_px: int) -> Camera:
    """Returns what K (nine numbers) and cam2world (sixteen), row by row, say."""
    placed, focal_px = square(cam2world), intrinsics[0]
    return Camera(
        fov_x_deg=math.degrees(2 * math.atan(width_px / (2 * focal_px))),
        height_m=float(placed[2, 3]),
        pitch_deg=math.degrees(math.asin(np.clip(placed[2, 2], -1.0, 1.0))),
        roll_deg=_roll_deg(placed),
    )


def _roll_deg(cam2world: np.ndarray) -> float:
    """Returns the angle from the level to the camera's own right, about its viewing axis."""
    forward, right = cam2world[:3, 2], cam2world[:3, 0]
    level = np.array([forward[1], -forward[0], 0.0])
    if np.linalg.norm(level) < _LEVEL_ENOUGH:
        return 0.0
    level = level / np.linalg.norm(level)
    return math.degrees(math.atan2(float(right @ np.cross(forward, level)), float(right @ level)))
