"""Bounds: the rectangle of pixels in which a shape can be seen, from the corners of its box.

The box's edges are cut where they come behind the camera; what is left of them projects around all that is seen.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int

_CORNERS = np.array([[x, y, z] for z in (-1.0, 1.0) for y in (-1.0, 1.0) for x in (-1.0, 1.0)])
_EDGES = np.array([(a, a + bit) for bit in (1, 2, 4) for a in range(8) if not a & bit])
_NEAR_M = 1e-6
_MARGIN_PX = 1


@dataclass(frozen=True)
class Bounds:
    """For each shape, rows top to bottom and columns left to right, stops excluded; empty where it can't be seen."""

    top: Int[np.ndarray, " n"]
    bottom: Int[np.ndarray, " n"]
    left: Int[np.ndarray, " n"]
    right: Int[np.ndarray, " n"]
    nearest_m: Float64[np.ndarray, " n"]
    """A planar depth that no part in the picture comes below."""


def bounds(
    half_m: Float64[np.ndarray, "n 3"],
    form2cam: Float64[np.ndarray, "n 4 4"],
    k: Float64[np.ndarray, "3 3"],
    width_px: int,
    height_px: int,
) -> Bounds:
    """Returns where shapes with boxes of these half sides and poses (OpenCV axes) may be seen."""
    corners = np.einsum("nij,ncj->nci", form2cam[:, :3, :3], half_m[:, None] * _CORNERS) + form2cam[:, None, :3, 3]
    ends, ahead = _cut(corners[:, _EDGES])
    xy = ends[..., :2] / np.where(ahead, ends[..., 2], 1.0)[..., None] * (k[0, 0], k[1, 1]) + k[:2, 2]
    low = np.where(ahead[..., None], xy, np.inf).min(axis=(1, 2))
    high = np.where(ahead[..., None], xy, -np.inf).max(axis=(1, 2))
    size_px = np.array([width_px, height_px])
    first = np.clip(np.floor(low - 0.5) - _MARGIN_PX, 0, size_px).astype(np.int64)
    stop = np.clip(np.ceil(high - 0.5) + 1 + _MARGIN_PX, 0, size_px).astype(np.int64)
    nearest_m = np.where(ahead, ends[..., 2], np.inf).min(axis=(1, 2))
    nearest_m = np.where((corners[..., 2] < _NEAR_M).any(axis=1), 0.0, nearest_m)
    return Bounds(first[:, 1], stop[:, 1], first[:, 0], stop[:, 0], nearest_m)


def _cut(edges: Float64[np.ndarray, "n 12 2 3"]) -> tuple[Float64[np.ndarray, "n 12 2 3"], np.ndarray]:
    """Returns both ends of each edge, moved along it to before the camera, and whether anything of it is there."""
    z_m = edges[..., 2]
    ahead = np.broadcast_to((z_m >= _NEAR_M).any(axis=-1, keepdims=True), z_m.shape)
    other = edges[..., ::-1, :]
    behind = ahead & (z_m < _NEAR_M)
    share = np.where(behind, (_NEAR_M - z_m) / np.where(behind, other[..., 2] - z_m, 1.0), 0.0)
    return edges + share[..., None] * (other - edges), ahead
