"""Doubles: faces that a modelling program wrote twice, once for each side, or by mistake.

Where two surfaces lie in each other a path that leaves the one is caught by the other, and both turn black in patches.
Cycles shows every triangle from both sides, so one of them does: that which faces away from the middle of the model,
or else the first. Corners are compared as exact positions, whatever their order and whichever parts they belong to.
"""

import numpy as np
from jaxtyping import Bool, Float32

from assets_catalog.ingest.cleaning import box, compact
from assets_catalog.ingest.row_numbers import row_numbers
from assets_catalog.mesh import AssetMesh


def without_doubles(mesh: AssetMesh) -> AssetMesh:
    """Returns the mesh with one of each set of triangles that cover the same."""
    corners = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts])
    low, high = box(mesh)
    kept = _first_of_each(corners, _outward(corners - ((low + high) / 2).astype(np.float32)))
    if kept.all():
        return mesh
    counts = np.cumsum([len(part.triangles) for part in mesh.parts])[:-1]
    parts = (compact(part, of_part) for part, of_part in zip(mesh.parts, np.split(kept, counts), strict=True))
    return AssetMesh(tuple(part for part in parts if len(part.triangles)))


def _outward(corners: Float32[np.ndarray, "t 3 3"]) -> Bool[np.ndarray, " t"]:
    """Tells which triangles face away from the origin."""
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.asarray((normals * corners.mean(axis=1)).sum(axis=1) > 0)


def _first_of_each(corners: Float32[np.ndarray, "t 3 3"], better: Bool[np.ndarray, " t"]) -> Bool[np.ndarray, " t"]:
    """Marks one triangle of each set with the same corners, a better one where there is one."""
    points = row_numbers((corners + np.float32(0.0)).reshape(-1, 3))  # -0.0 becomes 0.0
    order = np.argsort(~better, kind="stable")
    sets = row_numbers(np.sort(points.reshape(-1, 3), axis=1)[order])
    _, firsts = np.unique(sets, return_index=True)
    kept = np.zeros(len(corners), dtype=bool)
    kept[order[firsts]] = True
    return kept
