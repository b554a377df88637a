"""Axes: from a file's axes to those of objects, z up and front -y."""

from typing import Literal

import numpy as np
from jaxtyping import Float64

Axis = Literal["x", "-x", "y", "-y", "z", "-z"]

FRONT_OF: dict[Axis, Axis] = {"y": "z", "-y": "z", "z": "-y", "-z": "-y", "x": "z", "-x": "z"}
"""Upward axis -> where things look to, unless it is said: glTF's convention, and ours."""


def turn(up: Axis, front: Axis | None = None) -> Float64[np.ndarray, "3 3"]:
    """Returns the rotation from axes whose up and front are given. Raises ValueError when they lie on one line."""
    z_axis, y_axis = _vector(up), -_vector(front or FRONT_OF[up])
    if up.strip("-") == (front or FRONT_OF[up]).strip("-"):
        raise ValueError(f"front '{front}' and up '{up}' lie on one line")
    return np.stack([np.cross(y_axis, z_axis), y_axis, z_axis])


def _vector(axis: Axis) -> Float64[np.ndarray, "3"]:
    unit = np.zeros(3)
    unit["xyz".index(axis[-1])] = -1.0 if axis.startswith("-") else 1.0
    return unit
