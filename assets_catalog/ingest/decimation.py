"""Decimation: fewer triangles by collapsing edges (Garland and Heckbert, 1997), the model's surface as one.

Points at one place are joined first, across parts too, so that no cracks open between them. A triangle that is left
keeps its material. A corner takes the uv of the nearest old corner of its island that collapsed into its point, and
its normal likewise; an island is what hangs together on the texture, or has its normals in common.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int64

from assets_catalog.ingest.row_numbers import row_numbers
from assets_catalog.mesh import AssetMesh, MeshPart
from schemas.errors import AssetError

_MOST_OVER = 1.1
"""How far beyond what was asked for the result may lie."""
_MOST_PASSES = 4
_REACH = 2.0
"""How far a new point may lie from the middle of its old ones, in their largest distance from it."""


@dataclass(frozen=True)
class _Surface:
    """All parts as one."""

    points: Float64[np.ndarray, "v 3"]
    """Each place once, in shares of the box's diagonal."""
    triangles: Int64[np.ndarray, "t 3"]
    normals: Float32[np.ndarray, "c 3"]
    """Of each corner of each triangle."""
    uvs: Float32[np.ndarray, "c 2"]
    part: Int64[np.ndarray, " t"]


def decimated(mesh: AssetMesh, max_triangles: int | None) -> AssetMesh:
    """Returns the mesh with about `max_triangles` at most; the same where it has no more, or None is given.

    Raises AssetError where so few can't be reached.
    """
    before = sum(len(part.triangles) for part in mesh.parts)
    if max_triangles is None or before <= max_triangles:
        return mesh
    surface, low, diagonal = _joined(mesh)
    points, mapping, left = _collapsed(surface, max_triangles)
    if left.sum() > _MOST_OVER * max_triangles:
        raise AssetError(f"has {before} triangles, and can't be decimated to {max_triangles}: {left.sum()} are left")
    moved = np.linalg.norm(points[mapping] - surface.points, axis=1)
    normals = _nearest(surface, surface.normals, mapping, moved)
    uvs = _nearest(surface, surface.uvs, mapping, moved)
    vertices = (points * diagonal + low).astype(np.float32)
    triangles = mapping[surface.triangles].astype(np.int32)
    parts = [
        MeshPart(vertices, triangles[rows], normals[rows], uvs[rows], part.material)
        for number, part in enumerate(mesh.parts)
        if (rows := left & (surface.part == number)).any()
    ]
    return AssetMesh(tuple(parts))


def _joined(mesh: AssetMesh) -> tuple[_Surface, Float64[np.ndarray, "3"], float]:
    """Returns the surface, and the corner and diagonal of the box that it was divided by."""
    corners = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)
    row = row_numbers(corners.reshape(-1, 3))
    places = np.empty((row.max() + 1, 3))
    places[row] = corners.reshape(-1, 3)
    low, diagonal = places.min(axis=0), float(np.linalg.norm(np.ptp(places, axis=0)))
    surface = _Surface(
        points=(places - low) / diagonal,
        triangles=row.reshape(-1, 3).astype(np.int64),
        normals=np.concatenate([part.corner_normals.reshape(-1, 3) for part in mesh.parts]),
        uvs=np.concatenate([part.corner_uvs.reshape(-1, 2) for part in mesh.parts]),
        part=np.repeat(np.arange(len(mesh.parts)), [len(part.triangles) for part in mesh.parts]),
    )
    return surface, low, diagonal


def _collapsed(
    surface: _Surface, target: int
) -> tuple[Float64[np.ndarray, "n 3"], Int64[np.ndarray, " v"], Bool[np.ndarray, " t"]]:
    """Returns the points that are left, which of them each old point became, and which triangles are left.

    What one pass leaves standing, since it would have turned triangles over, another often takes.
    """
    points, mapping = surface.points, np.arange(len(surface.points))
    left = _left(surface.triangles)
    for _ in range(_MOST_PASSES):
        if left.sum() <= target:
            break
        points, became = _one_pass(points, mapping[surface.triangles[left]], target)
        mapping = became[mapping]
        left[left] = _left(mapping[surface.triangles[left]])
    return points, mapping, left


def _one_pass(
    points: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"], target: int
) -> tuple[Float64[np.ndarray, "n 3"], Int64[np.ndarray, " v"]]:
    from fast_simplification import replay_simplification, simplify  # noqa: PLC0415 - planning needs it not

    rows = triangles.astype(np.int32)
    *_, collapses = simplify(points, rows, target_count=target, return_collapses=True)
    collapsed, _, became = replay_simplification(points, rows, collapses)
    mapping = np.clip(became, 0, len(collapsed) - 1).astype(np.int64)
    return _within_reach(np.asarray(collapsed, dtype=np.float64), points, mapping), mapping


def _within_reach(
    collapsed: Float64[np.ndarray, "n 3"], points: Float64[np.ndarray, "v 3"], mapping: Int64[np.ndarray, " v"]
) -> Float64[np.ndarray, "n 3"]:
    """Returns the new points; one far beyond its old ones, since no place was best, in the middle of them."""
    counts = np.maximum(np.bincount(mapping, minlength=len(collapsed)), 1)
    sums = [np.bincount(mapping, points[:, axis], len(collapsed)) for axis in range(3)]
    middle = np.stack(sums, axis=1) / counts[:, None]
    reach = np.zeros(len(collapsed))
    np.maximum.at(reach, mapping, np.linalg.norm(points - middle[mapping], axis=1))
    with np.errstate(invalid="ignore"):
        sound = np.linalg.norm(collapsed - middle, axis=1) <= _REACH * reach + 1e-9
    return np.where(sound[:, None], collapsed, middle)


def _left(triangles: Int64[np.ndarray, "t 3"]) -> Bool[np.ndarray, " t"]:
    """Tells which triangles still have three corners; of several with the same, the first."""
    ordered = np.sort(triangles, axis=1)
    whole = (ordered[:, 0] < ordered[:, 1]) & (ordered[:, 1] < ordered[:, 2])
    first = np.zeros(len(triangles), dtype=bool)
    first[np.unique(row_numbers(ordered), return_index=True)[1]] = True
    return whole & first


def _nearest(
    surface: _Surface,
    values: Float32[np.ndarray, "c k"],
    mapping: Int64[np.ndarray, " v"],
    moved: Float64[np.ndarray, " v"],
) -> Float32[np.ndarray, "t 3 k"]:
    """Returns for each corner the value of the corner of its island and new point that moved least."""
    old = surface.triangles.ravel()
    island = _islands(surface, values)
    order = np.lexsort((moved[old], mapping[old], island))
    place = np.stack([island, mapping[old]], axis=1)[order]
    begins = np.concatenate([[True], (place[1:] != place[:-1]).any(axis=1)])
    chosen = np.empty_like(order)
    chosen[order] = order[np.flatnonzero(begins)[np.cumsum(begins) - 1]]
    return values[chosen].reshape(-1, 3, values.shape[1])


def _islands(surface: _Surface, values: Float32[np.ndarray, "c k"]) -> Int64[np.ndarray, " c"]:
    """Returns for each corner the number of its island: corners that share part, place and value hang together."""
    bits = np.ascontiguousarray(values).view(np.int32)
    keys = np.concatenate([np.repeat(surface.part, 3)[:, None], surface.triangles.reshape(-1, 1), bits], axis=1)
    vertex = row_numbers(keys).reshape(-1, 3)
    label = np.arange(vertex.max() + 1)
    while True:
        lowest = label.copy()
        np.minimum.at(lowest, vertex, label[vertex].min(axis=1, keepdims=True))
        lowest = lowest[lowest]
        if np.array_equal(lowest, label):
            return label[vertex.ravel()]
        label = lowest
