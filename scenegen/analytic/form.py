"""Form: what can be seen of a shape, by formula, in the shape's own axes: centre at the origin, metres.

Rays start at the eye. Distances are counted in units of a ray's direction: where that was scaled to camera z = 1,
they are planar depth. Where rays meet a form is found by `crossings`.
"""

from typing import ClassVar, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float64


@runtime_checkable
class Form(Protocol):
    """One kind of shape."""

    kind: ClassVar[int]
    """As `crossings` numbers them."""

    @property
    def half_m(self) -> Float64[np.ndarray, "3"]:
        """Half the sides of the shape's box."""

    def is_inside(self, eye_m: Float64[np.ndarray, "3"]) -> bool:
        """Tells whether the eye sees the shape from inside, or from behind where it has no inside."""

    def outward(
        self,
        eye_m: Float64[np.ndarray, "3"],
        rays: Float64[np.ndarray, "3 n"],
        distances: Float64[np.ndarray, " n"],
    ) -> Float64[np.ndarray, "3 n"]:
        """Returns unit normals that point out of the shape, where rays met it."""
