"""Cleaning: one part for each material, no triangle without area, no vertex without triangle, finite uvs.

v is rounded to what glTF's 1 - v can hold (a few 1e-8), so that it need not be stored twice.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Bool, Float32, Float64

from assets_catalog.glb.axes import flipped
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.surface_sampling import areas
from schemas.errors import AssetError

_LEAST_AREA = 1e-13
"""Of a triangle, in squares over the box's diagonal."""
_LEAST_WIDTH = 1e-5
"""Of the box, along its second longest side, in shares of its longest."""


def cleaned(mesh: AssetMesh) -> AssetMesh:
    """Returns the mesh without what shows nothing. Raises AssetError when nothing is left, or no more than a line."""
    sides = extents(mesh)
    least = _LEAST_AREA * float((sides * sides).sum())
    by_material: dict[AssetMaterial, list[MeshPart]] = {}
    for part in mesh.parts:
        by_material.setdefault(part.material, []).append(part)
    joined = [_solid(_joined(parts), least) for parts in by_material.values()]
    left = AssetMesh(tuple(part for part in joined if len(part.triangles)))
    if not left.parts:
        raise AssetError("has no triangle with an area")
    shortest, middle, longest = sorted(extents(left).tolist())
    if middle < _LEAST_WIDTH * longest:
        raise AssetError(f"is no more than a line: {longest:g} x {middle:g} x {shortest:g} units")
    return left


def box(mesh: AssetMesh) -> tuple[Float64[np.ndarray, "3"], Float64[np.ndarray, "3"]]:
    """Returns the lowest and the highest corner of what the triangles use."""
    used = [part.vertices_m[np.unique(part.triangles)] for part in mesh.parts if len(part.triangles)]
    low = np.min([points.min(axis=0) for points in used], axis=0)
    high = np.max([points.max(axis=0) for points in used], axis=0)
    return low.astype(np.float64), high.astype(np.float64)


def extents(mesh: AssetMesh) -> Float64[np.ndarray, "3"]:
    """Returns width, depth and height of the box."""
    low, high = box(mesh)
    return high - low


def _joined(parts: Sequence[MeshPart]) -> MeshPart:
    if len(parts) == 1:
        return parts[0]
    firsts = np.cumsum([0, *(len(part.vertices_m) for part in parts[:-1])])
    return MeshPart(
        vertices_m=np.concatenate([part.vertices_m for part in parts]),
        triangles=np.concatenate([part.triangles + np.int32(first) for part, first in zip(parts, firsts, strict=True)]),
        corner_normals=np.concatenate([part.corner_normals for part in parts]),
        corner_uvs=np.concatenate([part.corner_uvs for part in parts]),
        material=parts[0].material,
    )


def _solid(part: MeshPart, least: float) -> MeshPart:
    kept = areas(part.vertices_m[part.triangles].astype(np.float64)) > least
    return compact(part, kept)


def compact(part: MeshPart, kept: Bool[np.ndarray, " t"]) -> MeshPart:
    """Returns the kept triangles of a part, with the vertices that they use."""
    used, triangles = np.unique(part.triangles[kept], return_inverse=True)
    return MeshPart(
        vertices_m=part.vertices_m[used],
        triangles=triangles.reshape(-1, 3).astype(np.int32),
        corner_normals=part.corner_normals[kept],
        corner_uvs=_storable(part.corner_uvs[kept]),
        material=part.material,
    )


def _storable(uvs: Float32[np.ndarray, "t 3 2"]) -> Float32[np.ndarray, "t 3 2"]:
    finite = np.nan_to_num(uvs, nan=0.0, posinf=0.0, neginf=0.0)
    v = flipped(flipped(finite[..., 1].ravel())).reshape(finite.shape[:-1])
    return np.stack([finite[..., 0], v], axis=-1)
