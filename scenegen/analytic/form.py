"""Form: what can be seen of a shape, by formula, in the shape's own axes: centre at the origin, metres.

Rays start at the eye. Distances are counted in units of a ray's direction: where that was scaled to camera z = 1,
they are planar depth. The eye never sees a surface that it lies in.
"""

from typing import Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float64

NEVER = np.inf
"""The distance of a ray that misses."""


@runtime_checkable
class Form(Protocol):
    """One kind of shape."""

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Half the sides of the shape's box."""

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye sees the shape from inside, or from behind where it has no inside."""

    def distances(
        self, eye_m: Float64[np.ndarray, "3"], rays: Float64[np.ndarray, "3 h w"]
    ) -> Float64[np.ndarray, "h w"]:
        """Returns where each ray first meets the surface, > 0."""

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns unit normals that point out of the shape, where rays met it."""
