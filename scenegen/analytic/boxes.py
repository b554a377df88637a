"""Boxes: which side is seen is told by the slabs, pairs of sides, that a ray is between (Kay and Kajiya 1986)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from jaxtyping import Float64

from scenegen.analytic.crossings import BOX, TINY


@dataclass(frozen=True)
class BoxForm:
    """A box around the origin."""

    kind: ClassVar[int] = BOX
    half_m: Float64[np.ndarray, "3"]

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye is in the box."""
        return bool((np.abs(eye_m) < self.half_m).all())

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns the normal of the side entered last, or left first."""
        slabs = [self._slab(axis, eye_m, rays[axis]) for axis in range(3)]
        if self.is_inside(eye_m):
            axis, sign = np.argmin([leaves for _, leaves in slabs], axis=0), 1.0
        else:
            axis, sign = np.argmax([enters for enters, _ in slabs], axis=0), -1.0
        return np.where(axis == np.arange(3)[:, None], np.copysign(sign, sign * rays), 0.0)

    def _slab(
        self, axis: int, eye_m: Float64[np.ndarray, "3"], along: Float64[np.ndarray, "*n"]
    ) -> tuple[Float64[np.ndarray, "*n"], Float64[np.ndarray, "*n"]]:
        """Returns where rays come between one pair of sides, and where they leave it."""
        inverse = 1.0 / np.where(along == 0, TINY, along)
        low, high = (-self.half_m[axis] - eye_m[axis]) * inverse, (self.half_m[axis] - eye_m[axis]) * inverse
        return np.minimum(low, high), np.maximum(low, high)
