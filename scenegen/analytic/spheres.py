"""Spheres by the quadratic |eye + t ray|² = r², each root in the form that loses no digits."""

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
        power = self._power(eye_m)
        discriminant = along * along - square * power
        root = np.sqrt(np.maximum(discriminant, 0.0))
        if power < 0:
            return np.where(along >= 0, (along + root) / square, power / np.minimum(along - root, -1e-300))
        meets = (discriminant >= 0) & (along > 0) & (power > 0)
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
