"""Spheres by the quadratic |eye + t ray|² = r², in a form that keeps its digits for small spheres far away.

The discriminant comes from the point of the ray nearest to the centre, and each root from a sum of like signs
(Haines et al., Ray Tracing Gems, chapter 7).
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.analytic.form import NEVER


@dataclass(frozen=True)
class SphereForm:
    """A sphere around the origin."""

    radius_m: float

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Returns half the sides of the box around it."""
        return np.full(3, self.radius_m)

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye is in the sphere."""
        return self._power(eye_m) < 0

    def distances(
        self, eye_m: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "3 h w"]
    ) -> Float64[np.ndarray, "h w"]:
        """Returns the near root, or the far one where the eye is inside."""
        square = np.einsum("ahw,ahw->hw", rays, rays)
        along = -np.einsum("a,ahw->hw", eye_m, rays)
        nearest = eye_m[:, None, None] + along / square * rays
        under_root = square * (self.radius_m**2 - np.einsum("ahw,ahw->hw", nearest, nearest))
        root, power = np.sqrt(np.maximum(under_root, 0.0)), self._power(eye_m)
        if power < 0:
            return np.where(along >= 0, (along + root) / square, -power / np.where(along >= 0, 1.0, root - along))
        meets = (under_root >= 0) & (along > 0) & (power > 0)
        return np.where(meets, power / np.where(meets, along + root, 1.0), NEVER)

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns the directions from the centre."""
        points = eye_m[:, None] + distances * rays
        return points / np.sqrt(np.einsum("an,an->n", points, points))

    def _power(self, eye_m: Float64[np.ndarray, "3"]) -> float:
        """Returns |eye|² - r², the product of both roots times the ray's own square."""
        distance_m = float(np.sqrt(eye_m @ eye_m))
        return (distance_m - self.radius_m) * (distance_m + self.radius_m)
