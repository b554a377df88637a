"""Normals of ingested frames: unit, facing the camera, and of one surface each.

Averaged normals lie between two surfaces; where a source's are, and where it has none, the slope of the depth says what
the surface is, over pixels of one object that lie on a plane (`scenegen.gates.planes`). A normal that faces away by a
little is that of a smooth shape at its silhouette and bent until it is perpendicular to the ray, as ours are; one that
faces away by more than 12 degrees was flipped, and is turned round. What is left is for the gates to tell.
"""

import math
from collections import Counter

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32

from scenegen.gates.planes import NO_PLANE, inverse_depths, local_planes
from scenegen.ingest.ingester import Reading
from schemas.geometry import CV_FROM_GL, pixel_rays, unit_length

_BENT = math.sin(math.radians(12.0))
_RINGS = 4
"""Pixels over which normals are put in the place of those that are missing."""
_AROUND = tuple((down, right) for down in (-1, 0, 1) for right in (-1, 0, 1) if (down, right) != (0, 0))
_NOTHING = 1e-3
"""Length below which a vector has no direction."""


def facing_normals(
    reading: Reading, z_depth_m: Float32[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"]
) -> tuple[Float32[np.ndarray, "h w 3"], Counter[str]]:
    """Returns the normals of a frame, zero where there is no surface, and how many pixels were mended how."""
    surface = np.isfinite(z_depth_m)
    height_px, width_px = surface.shape
    rays = unit_length(pixel_rays(reading.k, width_px, height_px) @ CV_FROM_GL[:3, :3])
    normals, mended = _of_one_surface(reading, z_depth_m, instance_id, rays)
    cosine = (normals * rays).sum(axis=-1)
    flipped = surface & (cosine > _BENT)
    bent = surface & (cosine > 0) & ~flipped
    normals[flipped] *= -1
    normals[bent] = unit_length(normals[bent] - cosine[bent, None] * rays[bent])
    mended["normal faced away: turned round"] += int(flipped.sum())
    mended["normal faced away: bent to the silhouette"] += int(bent.sum())
    return np.where(surface[..., None], normals, 0).astype(np.float32), +mended


def _of_one_surface(
    reading: Reading,
    z_depth_m: Float32[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
    rays: Float64[np.ndarray, "h w 3"],
) -> tuple[Float64[np.ndarray, "h w 3"], Counter[str]]:
    surface, mended = np.isfinite(z_depth_m), Counter[str]()
    if reading.normal_cam is None:
        given, doubtful = np.zeros_like(rays), surface
    else:
        given = unit_length(np.nan_to_num(reading.normal_cam.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0))
        missing = surface & (np.linalg.norm(given, axis=-1) < _NOTHING)
        averaged = surface & ~missing & (False if reading.doubtful is None else reading.doubtful)
        mended["normal missing: its neighbours', the slope of the depth, or toward the camera"] += int(missing.sum())
        mended["normal averaged: the slope of the depth where it has one"] += int(averaged.sum())
        doubtful = averaged | _put_neighbours(given, missing, averaged, instance_id)
    if doubtful.any():
        _put_slopes(given, doubtful, reading, z_depth_m, instance_id)
    empty = surface & (np.linalg.norm(given, axis=-1) < _NOTHING)
    given[empty] = -rays[empty]
    return given, mended


def _put_neighbours(
    normals: Float64[np.ndarray, "h w 3"],
    missing: Bool[np.ndarray, "h w"],
    averaged: Bool[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
) -> Bool[np.ndarray, "h w"]:
    """Puts the mean of those round it that show the same object in the place of a normal, ring by ring inward.

    Returns where none was near.
    """
    left = missing.copy()
    for _ in range(_RINGS if missing.any() else 0):
        rows, columns = np.nonzero(left)
        sums = np.zeros((len(rows), 3))
        for down, right in _AROUND:
            row = np.clip(rows + down, 0, left.shape[0] - 1)
            column = np.clip(columns + right, 0, left.shape[1] - 1)
            is_told = ~(left | averaged)[row, column] & (instance_id[row, column] == instance_id[rows, columns])
            sums += np.where(is_told[:, None], normals[row, column], 0)
        told = np.linalg.norm(sums, axis=-1) > _NOTHING
        normals[rows[told], columns[told]] = unit_length(sums[told])
        left[rows[told], columns[told]] = False
    return left


def _put_slopes(
    normals: Float64[np.ndarray, "h w 3"],
    where: Bool[np.ndarray, "h w"],
    reading: Reading,
    z_depth_m: Float32[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
) -> None:
    """Puts the slope of the depth in the place of normals, where it has one."""
    planes = local_planes(inverse_depths(z_depth_m), instance_id, reading.k)
    here = where & (planes.kind != NO_PLANE)
    normals[here] = planes.normal_cam[here]
