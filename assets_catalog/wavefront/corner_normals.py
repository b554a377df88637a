"""Corner normals: a file's own where they are sane, else smoothed across edges that bend less than the crease angle.

Smoothing: a corner takes the mean of the normals of the triangles that meet at its position and lie within the crease
angle of its own triangle, weighted by their angle there (Thürmer and Wüthrich, 1998). Positions are joined when equal.
"""

import math

import numpy as np
from jaxtyping import Bool, Float64, Int64

from schemas.geometry import unit_length

CREASE_RAD = math.radians(40.0)
LEAST_AGREEMENT = 0.25
"""Cosine between a sane normal and its triangle: beyond 75 degrees a renderer would shade it black."""
SMOOTHED_CORNERS = 96
"""Corners that meet at one position; beyond it (the hub of many spokes) they keep the triangle's normal."""


def triangle_normals(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "t 3"]:
    """Returns the unit normals of triangles given by their corners; zero for one without area."""
    return unit_length(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))


def wound_against(corners: Float64[np.ndarray, "t 3 3"], given: Float64[np.ndarray, "t 3 3"]) -> Bool[np.ndarray, " t"]:
    """Tells which triangles turn their back to all three of their given normals. NaN where none is given."""
    cosines = np.einsum("tck,tk->tc", given, triangle_normals(corners))
    return (np.nan_to_num(cosines, nan=1.0) < 0).all(axis=1)


def winding(corners: Float64[np.ndarray, "t 3 3"], given: Float64[np.ndarray, "t 3 3"]) -> Int64[np.ndarray, "t 3"]:
    """Returns the order of each triangle's corners: turned over where it is wound against its given normals."""
    return np.where(wound_against(corners, given)[:, None], np.array([2, 1, 0]), np.array([0, 1, 2]))


def corner_normals(
    points: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"], given: Float64[np.ndarray, "t 3 3"]
) -> Float64[np.ndarray, "t 3 3"]:
    """Returns a unit normal for each corner. `given`: the file's, NaN where it has none; no triangle may lack area."""
    faces = triangle_normals(points[triangles])
    lengths = np.linalg.norm(given, axis=2)
    unit = unit_length(given)
    agreement = np.einsum("tck,tk->tc", unit, faces)
    with np.errstate(invalid="ignore"):
        sane = (np.abs(lengths - 1.0) < 0.5) & (agreement > LEAST_AGREEMENT)
    return unit if sane.all() else np.where(sane[..., None], unit, _smoothed(points, triangles, faces))


def _smoothed(
    points: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"], faces: Float64[np.ndarray, "t 3"]
) -> Float64[np.ndarray, "t 3 3"]:
    joined = np.unique(points, axis=0, return_inverse=True)[1].ravel()
    own, neighbour = _pairs_that_meet(joined[triangles].ravel())
    close = np.einsum("pk,pk->p", faces[own // 3], faces[neighbour // 3]) > math.cos(CREASE_RAD)
    own, neighbour = own[close], neighbour[close]
    weighted = faces[neighbour // 3] * _corner_angles(points[triangles]).ravel()[neighbour, None]
    summed = np.stack([np.bincount(own, weighted[:, k], triangles.size) for k in range(3)], axis=1, dtype=np.float64)
    smooth = unit_length(summed).reshape(-1, 3, 3)
    return np.where(np.any(smooth, axis=2, keepdims=True), smooth, faces[:, None, :])


def _pairs_that_meet(position: Int64[np.ndarray, " c"]) -> tuple[Int64[np.ndarray, " p"], Int64[np.ndarray, " p"]]:
    """Returns all ordered pairs of corners at one position, each with itself too."""
    order = np.argsort(position, kind="stable")
    counts = np.bincount(position)
    starts = np.cumsum(counts) - counts
    group = position[order]
    reach = np.where(counts[group] <= SMOOTHED_CORNERS, counts[group], 0)
    own = np.repeat(order, reach)
    within = np.arange(len(own)) - np.repeat(np.cumsum(reach) - reach, reach)
    return own, order[np.repeat(starts[group], reach) + within]


def _corner_angles(corners: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "t 3"]:
    ahead = unit_length(np.roll(corners, -1, axis=1) - corners)
    back = unit_length(np.roll(corners, 1, axis=1) - corners)
    return np.asarray(np.arccos(np.clip(np.einsum("tck,tck->tc", ahead, back), -1.0, 1.0)))
