"""Spheres."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from jaxtyping import Float64

from scenegen.analytic.crossings import SPHERE, power


@dataclass(frozen=True)
class SphereForm:
    """A sphere around the origin."""

    kind: ClassVar[int] = SPHERE
    radius_m: float

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Returns half the sides of the box around it."""
        return np.full(3, self.radius_m)

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye is in the sphere."""
        return power(self.radius_m, eye_m) < 0

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns the directions from the centre."""
        points = eye_m[:, None] + distances * rays
        return points / np.sqrt(np.einsum("an,an->n", points, points))
