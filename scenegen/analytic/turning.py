"""Turning: rotations of many vectors. The sums are spelt out, since BLAS shares a product among threads of its own."""

import numpy as np
from jaxtyping import Float64


def turned(
    rotation: Float64[np.ndarray, "3 3"],
    x: Float64[np.ndarray, "..."],
    y: Float64[np.ndarray, "..."],
    z: Float64[np.ndarray, "..."] | float,
) -> Float64[np.ndarray, "..."]:
    """Returns the vectors (x, y, z), which may be broadcast against each other, turned; components first."""
    return np.stack([row[0] * x + (row[1] * y + row[2] * z) for row in rotation])
