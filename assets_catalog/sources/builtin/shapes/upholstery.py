"""Soft and thin things: cushion (a plump box with round edges), pillow, and sheet (a curved surface given thickness).

A cushion is the lattice of a cube's surface: where a lattice line lies in an edge's arc it turns the direction from an
inner box's surface, elsewhere it stays flat; the radius times that direction is added to the inner box.
"""

from functools import cache
from itertools import product

import numpy as np
from jaxtyping import Float64, Int32

from assets_catalog.sources.builtin.shapes.solids import Solid
from schemas.geometry import Vec3, unit_length

_ARC_STEPS = 2
_FLAT_STEPS = 3


def cushion(low_m: Vec3, high_m: Vec3, radius_m: float, crown_m: float = 0.0) -> Solid:
    """Returns a box with round edges whose upper and lower faces, inside the given bounds, bulge by `crown_m`."""
    low, high = np.array(low_m, dtype=np.float64), np.array(high_m, dtype=np.float64)
    half = 0.5 * (high - low)
    half[2] -= crown_m
    lattice, triangles = _lattice()
    radius = min(radius_m, 0.95 * float(half.min()))
    points = _flat_share(lattice) * (half - radius) + radius * unit_length(_arc_direction(lattice))
    across = 1 - (points[:, :2] / half[:2]) ** 2
    points[:, 2] *= 1 + crown_m / half[2] * across[:, 0] * across[:, 1]
    return _smooth(points + 0.5 * (low + high), triangles)


def pillow(width_m: float, depth_m: float, thickness_m: float) -> Solid:
    """Returns a lying pillow about the origin, thin at its seams, its sides drawn in between the corners."""
    half = 0.5 * np.array([width_m, depth_m, thickness_m])
    lattice, triangles = _lattice()
    points = _flat_share(lattice) * 0.55 + 0.45 * unit_length(_arc_direction(lattice))
    u, v = points[:, 0].copy(), points[:, 1].copy()
    points[:, 2] *= 0.12 + 0.88 * np.sqrt(np.clip((1 - u**2) * (1 - v**2), 0, 1))
    points[:, 0] *= 1 - 0.07 * (1 - v**2)
    points[:, 1] *= 1 - 0.07 * (1 - u**2)
    return _smooth(points * half, triangles)


def sheet(
    points_m: Float64[np.ndarray, "m n 3"], thickness_m: float, normals: Float64[np.ndarray, "m n 3"] | None = None
) -> Solid:
    """Returns a grid of points given thickness, behind the points; its face looks to (down the rows) x (along them).

    `normals`: unit, of the points, where they are known; else they are told from the grid.
    """
    rows, columns = points_m.shape[:2]
    if normals is None:
        normals = unit_length(np.cross(np.gradient(points_m, axis=0), np.gradient(points_m, axis=1)))
    outer, inner = points_m.reshape(-1, 3), (points_m - thickness_m * normals).reshape(-1, 3)
    faces, border = _sheet_topology(rows, columns)
    vertices = np.concatenate([outer, inner])
    side_by_side = np.concatenate([normals.reshape(-1, 3), -normals.reshape(-1, 3)])
    a, b, c = (vertices[border[:, corner]] for corner in range(3))
    edges = np.repeat(unit_length(np.cross(b - a, c - a))[:, None], 3, axis=1)
    return Solid(vertices, np.concatenate([faces, border]), np.concatenate([side_by_side[faces], edges]))


@cache
def _lattice() -> tuple[Int32[np.ndarray, "v 3"], Int32[np.ndarray, "t 3"]]:
    """Returns the points of a cube's surface lattice and its triangles."""
    last = 2 * _ARC_STEPS + _FLAT_STEPS
    inside = range(1, last)
    points = [p for p in product(range(last + 1), repeat=3) if not all(c in inside for c in p)]
    index = {point: row for row, point in enumerate(points)}
    triangles = []
    for axis, end, i, j in product(range(3), (0, last), range(last), range(last)):
        ring = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        a, b, c, d = (index[_on_face(axis, end, u, v)] for u, v in (ring if end else ring[::-1]))
        triangles += [(a, b, c), (a, c, d)]
    return np.array(points, dtype=np.int32), np.array(triangles, dtype=np.int32)


def _on_face(axis: int, end: int, u: int, v: int) -> tuple[int, int, int]:
    point = [0, 0, 0]
    point[axis], point[(axis + 1) % 3], point[(axis + 2) % 3] = end, u, v
    return point[0], point[1], point[2]


def _flat_share(lattice: Int32[np.ndarray, "v 3"]) -> Float64[np.ndarray, "v 3"]:
    """Returns where each point stands on the inner box, from -1 to 1 along each axis."""
    return np.clip((lattice - _ARC_STEPS) * (2.0 / _FLAT_STEPS) - 1.0, -1.0, 1.0)


def _arc_direction(lattice: Int32[np.ndarray, "v 3"]) -> Float64[np.ndarray, "v 3"]:
    """Returns the direction, not yet unit, in which the radius is added."""
    below = np.minimum(lattice - _ARC_STEPS, 0)
    above = np.maximum(lattice - _ARC_STEPS - _FLAT_STEPS, 0)
    return np.tan((below + above) * (0.25 * np.pi / _ARC_STEPS))


def _smooth(points: Float64[np.ndarray, "v 3"], triangles: Int32[np.ndarray, "t 3"]) -> Solid:
    """Returns the solid with normals averaged at each vertex, weighted by area."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    areas = np.cross(b - a, c - a)
    sums = np.zeros_like(points)
    for axis, corner in product(range(3), range(3)):
        sums[:, axis] += np.bincount(triangles[:, corner], weights=areas[:, axis], minlength=len(points))
    return Solid(points, triangles, unit_length(sums)[triangles])


@cache
def _sheet_topology(rows: int, columns: int) -> tuple[Int32[np.ndarray, "f 3"], Int32[np.ndarray, "e 3"]]:
    """Returns the triangles of both faces, and those of the border that joins them."""
    grid = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (grid[:-1, :-1], grid[1:, :-1], grid[1:, 1:], grid[:-1, 1:]))
    outer = np.concatenate([np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)])
    inner = outer[:, ::-1] + grid.size
    loop = np.concatenate([grid[:-1, 0], grid[-1, :-1], grid[:0:-1, -1], grid[0, :0:-1]])
    following = np.roll(loop, -1)
    lower, lower_following = loop + grid.size, following + grid.size
    border = np.concatenate(
        [np.stack([following, loop, lower], axis=1), np.stack([following, lower, lower_following], axis=1)]
    )
    return np.concatenate([outer, inner]).astype(np.int32), border.astype(np.int32)
