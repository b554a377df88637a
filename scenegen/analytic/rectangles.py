"""Rectangles: flat, in the plane z = 0. The front looks along +z; both sides are seen."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from jaxtyping import Float64

from scenegen.analytic.crossings import RECTANGLE


@dataclass(frozen=True)
class RectangleForm:
    """A flat rectangle around the origin."""

    kind: ClassVar[int] = RECTANGLE
    half_x_m: float
    half_y_m: float

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Returns half its sides, and no height."""
        return np.array([self.half_x_m, self.half_y_m, 0.0])

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye is behind."""
        return bool(eye_m[2] < 0)

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns +z."""
        return np.broadcast_to(np.array([[0.0], [0.0], [1.0]]), rays.shape).copy()
