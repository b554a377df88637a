"""Sane normals: triangles wound as their normals say, and a unit normal at every corner that fits its triangle.

A triangle that turns its back to all its normals is turned over; a normal that is absent, no unit or at odds with its
triangle gives way to one smoothed from the triangles around (see `assets_catalog.wavefront.corner_normals`).
"""

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMesh, MeshPart
from assets_catalog.wavefront.corner_normals import corner_normals, winding
from schemas.geometry import unit_length


def with_sane_normals(mesh: AssetMesh) -> AssetMesh:
    """Returns the mesh with normals that a renderer can rely on; no triangle may lack an area."""
    return AssetMesh(tuple(_shaded(part) for part in mesh.parts))


def _shaded(part: MeshPart) -> MeshPart:
    points = part.vertices_m.astype(np.float64)
    given = _units(part.corner_normals.astype(np.float64))
    order = winding(points[part.triangles], given)
    triangles = np.take_along_axis(part.triangles, order, axis=1)
    given = np.take_along_axis(given, order[..., None], axis=1)
    return MeshPart(
        vertices_m=part.vertices_m,
        triangles=triangles,
        corner_normals=corner_normals(points, triangles.astype(np.int64), given).astype(np.float32),
        corner_uvs=np.take_along_axis(part.corner_uvs, order[..., None], axis=1),
        material=part.material,
    )


def _units(normals: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "t 3 3"]:
    """Returns the normals at length 1, NaN where there is none."""
    units = unit_length(np.nan_to_num(normals, nan=0.0, posinf=0.0, neginf=0.0))
    return np.where(np.any(units, axis=2, keepdims=True), units, np.nan)
