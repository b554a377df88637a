"""Rectangles: where a ray meets the plane z = 0 between the sides. The front looks along +z; both sides are seen."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.analytic.form import NEVER


@dataclass(frozen=True)
class RectangleForm:
    """A flat rectangle around the origin."""

    half_x_m: float
    half_y_m: float

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Returns half its sides, and no height."""
        return np.array([self.half_x_m, self.half_y_m, 0.0])

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye is behind."""
        return bool(eye_m[2] < 0)

    def distances(
        self, eye_m: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "3 h w"]
    ) -> Float64[np.ndarray, "h w"]:
        """Returns where each ray crosses the rectangle."""
        approaches = rays[2] * eye_m[2] < 0
        distances = -eye_m[2] / np.where(approaches, rays[2], 1.0)
        within_x = np.abs(eye_m[0] + distances * rays[0]) <= self.half_x_m
        within_y = np.abs(eye_m[1] + distances * rays[1]) <= self.half_y_m
        return np.where(approaches & within_x & within_y, distances, NEVER)

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns +z."""
        return np.broadcast_to(np.array([[0.0], [0.0], [1.0]]), rays.shape).copy()
