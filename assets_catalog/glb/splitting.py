"""Splitting: glTF has one normal and one uv for each vertex, we have one for each corner of a triangle.

A point becomes as many vertices as its corners differ, one after another; a flag says where the next point begins, so
that reading makes the same points again. Points that no triangle uses are kept.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64, UInt8, UInt32

from assets_catalog.mesh import MeshPart


@dataclass(frozen=True)
class Vertices:
    """The vertices of one part, in our axes."""

    positions_m: Float32[np.ndarray, "n 3"]
    normals: Float32[np.ndarray, "n 3"]
    uvs: Float32[np.ndarray, "n 2"]
    begins: UInt8[np.ndarray, " n"]
    """1 where a vertex begins another point, 0 where it shares the last."""
    corners: Int64[np.ndarray, " c"]
    """Vertex of each corner of each triangle."""


def split(part: MeshPart) -> Vertices:
    """Returns the vertices of a part."""
    keys = _keys(part)
    order = np.lexsort(keys.T[::-1])
    ordered = keys[order]
    changed = ordered[1:] != ordered[:-1]
    first = np.concatenate([[True], changed.any(axis=1)])
    vertex = np.empty(len(keys), dtype=np.int64)
    vertex[order] = np.cumsum(first) - 1
    distinct = ordered[first]
    point = distinct[:, 0]
    return Vertices(
        positions_m=part.vertices_m[point],
        normals=np.ascontiguousarray(distinct[:, 1:4]).view(np.float32),
        uvs=np.ascontiguousarray(distinct[:, 4:6]).view(np.float32),
        begins=np.concatenate([[1], point[1:] != point[:-1]]).astype(np.uint8),
        corners=vertex[: part.triangles.size],
    )


def _keys(part: MeshPart) -> UInt32[np.ndarray, "n 6"]:
    """Returns point, normal and uv of each corner, bit by bit; then one row for each point without a corner."""
    used = part.triangles.ravel().astype(np.uint32)
    alone = np.setdiff1d(np.arange(len(part.vertices_m), dtype=np.uint32), used)
    bare = np.tile(np.array([0, 0, 1, 0, 0], dtype=np.float32), (len(alone), 1))
    shading = np.concatenate([part.corner_normals.reshape(-1, 3), part.corner_uvs.reshape(-1, 2)], axis=1)
    bits = np.ascontiguousarray(np.concatenate([shading, bare])).view(np.uint32)
    return np.concatenate([np.concatenate([used, alone])[:, None], bits], axis=1)
