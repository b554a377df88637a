"""Parts: triangles of any file become parts of our mesh, one for each material.

Triangles without area are dropped; normals are the file's where they are sane, else smoothed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.wavefront.corner_normals import corner_normals, winding
from schemas.errors import AssetError

MOST_TRIANGLES = 3_000_000
"""Of one file, its instances counted: more would not fit into the memory of the process that reads it."""
MOST_TRIANGLES_OF_TEXT = 750_000
"""Of a file of text, which takes long to read."""
_LEAST_AREA = 1e-14
"""Of a triangle, in squares of the mesh's own size."""


@dataclass(frozen=True)
class Piece:
    """Triangles with one material, in any axes and unit."""

    points: Float64[np.ndarray, "v 3"]
    triangles: Int64[np.ndarray, "t 3"]
    normals: Float64[np.ndarray, "t 3 3"]
    """Of corners; NaN where the file has none."""
    uvs: Float64[np.ndarray, "t 3 2"]
    """v upward."""
    material: int


def assembled(
    pieces: Iterable[Piece], materials: Mapping[int, AssetMaterial], turn: Float64[np.ndarray, "3 3"]
) -> AssetMesh:
    """Returns the mesh in object axes, turned from the file's. Raises AssetError when nothing solid is left."""
    gathered: dict[int, list[Piece]] = {}
    for piece in pieces:
        gathered.setdefault(piece.material, []).append(piece)
    joined = {material: _joined(found) for material, found in gathered.items()}
    extent = _extent(list(joined.values()))
    parts = (_part(piece, materials[material], turn, extent) for material, piece in joined.items())
    solid = tuple(part for part in parts if part is not None)
    if not solid:
        raise AssetError("has no triangle with an area")
    return AssetMesh(parts=solid)


def check_count(triangles: int) -> None:
    """Raises AssetError when a file has too many triangles to be opened."""
    if triangles > MOST_TRIANGLES:
        raise AssetError(f"has {triangles} triangles, {MOST_TRIANGLES} are allowed")


def check_text(faces: int) -> None:
    """Raises AssetError when a file of text has too many faces to be read in time; they are counted, not yet read."""
    if faces > MOST_TRIANGLES_OF_TEXT:
        raise AssetError(f"has {faces} faces as text, {MOST_TRIANGLES_OF_TEXT} are allowed; export GLB")


def check_indices(triangles: Int64[np.ndarray, "t 3"], vertices: int) -> None:
    """Raises AssetError when triangles name vertices that are not there."""
    if len(triangles) and (triangles.min() < 0 or triangles.max() >= vertices):
        worst = triangles.max() if triangles.max() >= vertices else triangles.min()
        raise AssetError(f"names vertex {worst}, it has {vertices}")


def _joined(pieces: Sequence[Piece]) -> Piece:
    starts = np.cumsum([0, *(len(piece.points) for piece in pieces)])
    return Piece(
        points=np.concatenate([piece.points for piece in pieces]),
        triangles=np.concatenate([piece.triangles + start for piece, start in zip(pieces, starts, strict=False)]),
        normals=np.concatenate([piece.normals for piece in pieces]),
        uvs=np.concatenate([piece.uvs for piece in pieces]),
        material=pieces[0].material,
    )


def _extent(pieces: Sequence[Piece]) -> float:
    """Returns the longest side of the box. Raises AssetError when a used vertex is not finite."""
    used = [piece.points[np.unique(piece.triangles)] for piece in pieces if len(piece.triangles)]
    if not used:
        raise AssetError("has no triangle")
    with np.errstate(over="ignore", invalid="ignore"):
        box = np.concatenate([[points.min(axis=0), points.max(axis=0)] for points in used])
        extent = float((box.max(axis=0) - box.min(axis=0)).max())
    if not np.isfinite(box).all() or not np.isfinite(extent * extent):
        raise AssetError("has vertices that are not finite")
    return extent


def _part(piece: Piece, material: AssetMaterial, turn: Float64[np.ndarray, "3 3"], extent: float) -> MeshPart | None:
    points = piece.points @ turn.T
    corners = points[piece.triangles]
    doubled_area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    solid = doubled_area > _LEAST_AREA * extent * extent
    if not solid.any():
        return None
    given = (piece.normals @ turn.T)[solid]
    used, flat = np.unique(piece.triangles[solid], return_inverse=True)
    triangles = flat.reshape(-1, 3).astype(np.int64)
    points, uvs = points[used], np.nan_to_num(piece.uvs[solid], nan=0.0, posinf=0.0, neginf=0.0)
    order = winding(points[triangles], given)
    triangles = np.take_along_axis(triangles, order, axis=1)
    given, uvs = (np.take_along_axis(each, order[:, :, None], axis=1) for each in (given, uvs))
    return MeshPart(
        vertices_m=points.astype(np.float32),
        triangles=triangles.astype(np.int32),
        corner_normals=corner_normals(points, triangles, given).astype(np.float32),
        corner_uvs=np.clip(uvs, -1e6, 1e6).astype(np.float32),
        material=material,
    )
