"""Planes: whole numbers, one a pixel, packed into a page small and without loss; `assets/planes.js` unpacks them.

A number is stored as its difference from what its left, upper and upper left neighbours foretell (left + upper - upper
left), which is nothing inside an object, and next to nothing on any flat surface for what is affine in the picture.
Differences are folded to 0, -1, 1, -2, ... -> 0, 1, 2, 3, ..., cut into planes of bytes, low ones first, and deflated.

Depth is stored as its inverse: on a plane that is affine.
"""

import zlib
from base64 import b64encode

import numpy as np
from jaxtyping import Float32, Int64, Integer

INVERSE_LEVELS = 2**24
"""Of inverse depth; the nearest depth of a picture is the last of them, nothing is 0."""
_LARGEST = 2**28
"""Sums of four stay below 2**31, as JavaScript's operations on bits need."""


def packed(numbers: Integer[np.ndarray, "h w"]) -> dict[str, object]:
    """Returns a plane as JSON holds it; raises ValueError for numbers beyond 2**28."""
    if numbers.size and int(np.abs(numbers).max()) > _LARGEST:
        raise ValueError(f"a plane holds numbers up to {_LARGEST}, given {int(np.abs(numbers).max())}")
    above = np.diff(numbers.astype(np.int64), axis=0, prepend=0)
    apart = np.diff(above, axis=1, prepend=0)
    folded = np.where(apart < 0, -2 * apart - 1, 2 * apart).astype("<u4")
    count = max(1, -(-int(folded.max(initial=0)).bit_length() // 8))
    cut = folded.reshape(-1, 1).view(np.uint8)[:, :count].T
    data = zlib.compress(np.ascontiguousarray(cut).tobytes(), 9)
    height, width = numbers.shape
    return {"width": width, "height": height, "bytes": count, "data": b64encode(data).decode()}


def inverse_depth(z_depth_m: Float32[np.ndarray, "h w"]) -> tuple[float, Int64[np.ndarray, "h w"]]:
    """Returns the nearest depth n in metres, and for each pixel round(2**24 n / z), at least 1; 0 for no surface."""
    surface = np.isfinite(z_depth_m) & (z_depth_m > 0)
    if not surface.any():
        return 1.0, np.zeros(z_depth_m.shape, np.int64)
    nearest_m = float(z_depth_m[surface].min())
    inverse = np.zeros(z_depth_m.shape)
    np.divide(INVERSE_LEVELS * nearest_m, z_depth_m, out=inverse, where=surface, dtype=np.float64)
    return nearest_m, np.where(surface, np.maximum(np.rint(inverse), 1), 0).astype(np.int64)
