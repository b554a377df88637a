"""Between our axes and glTF's, exactly: z up, front -y, v upward; y up, front +z, v downward.

Turning swaps coordinates and one sign, so that no bit is lost. v can't always be turned back: 1 - v rounds.
"""

import numpy as np
from jaxtyping import Bool, Float32


def to_gltf(vectors: Float32[np.ndarray, "*n 3"]) -> Float32[np.ndarray, "*n 3"]:
    """Returns (x, z, -y)."""
    return np.stack([vectors[..., 0], vectors[..., 2], -vectors[..., 1]], axis=-1)


def from_gltf(vectors: Float32[np.ndarray, "*n 3"]) -> Float32[np.ndarray, "*n 3"]:
    """Returns (x, -z, y)."""
    return np.stack([vectors[..., 0], -vectors[..., 2], vectors[..., 1]], axis=-1)


def flipped(v: Float32[np.ndarray, " n"]) -> Float32[np.ndarray, " n"]:
    """Returns 1 - v."""
    return np.float32(1.0) - v


def turns_back(v: Float32[np.ndarray, " n"]) -> Bool[np.ndarray, " n"]:
    """Tells which values are the same, bit for bit, after they were flipped twice."""
    return flipped(flipped(v)).view(np.uint32) == np.ascontiguousarray(v).view(np.uint32)
