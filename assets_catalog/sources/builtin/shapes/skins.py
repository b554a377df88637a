"""Skins: closed surfaces through rings of points, slabs of an outline, walls with holes; facets with smooth normals.

A ring runs counter-clockwise about the way from one ring to the next, so that triangles look outward.
"""

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
from jaxtyping import Bool, Float64, Int64

from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from schemas.geometry import unit_length

_CREASE_RAD = math.radians(38)


def creased(
    vertices_m: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"], crease_rad: float = _CREASE_RAD
) -> Solid:
    """Returns a solid whose normals are shared, weighted by area, across bends gentler than the crease."""
    a, b, c = (vertices_m[triangles[:, corner]] for corner in range(3))
    areas = np.cross(b - a, c - a)
    faces = unit_length(areas)
    order = np.argsort(triangles.ravel(), kind="stable")
    vertex, face = triangles.ravel()[order], order // 3
    sums = areas[face].copy()
    least, shift = math.cos(crease_rad), 1
    while (together := vertex[shift:] == vertex[:-shift]).any():
        near = (faces[face[shift:]] * faces[face[:-shift]]).sum(axis=1) > least
        first = np.flatnonzero(together & near)
        sums[first] += areas[face[first + shift]]
        sums[first + shift] += areas[face[first]]
        shift += 1
    normals = np.empty_like(sums)
    normals[order] = unit_length(sums)
    return Solid(vertices_m, triangles.astype(np.int32), normals.reshape(-1, 3, 3))


def loft(rings_m: Float64[np.ndarray, "k n 3"], crease_rad: float = _CREASE_RAD) -> Solid:
    """Returns the surface through rings of equally many points, both ends closed by fans about their middles."""
    count, around = rings_m.shape[:2]
    here = np.arange(count * around).reshape(count, around)
    there = np.roll(here, -1, axis=1)
    a, b, c, d = (part.ravel() for part in (here[:-1], there[:-1], there[1:], here[1:]))
    hubs = np.full(around, count * around)
    walls = [np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)]
    caps = [np.stack([hubs, there[0], here[0]], axis=1), np.stack([hubs + 1, here[-1], there[-1]], axis=1)]
    middles = np.stack([rings_m[0].mean(axis=0), rings_m[-1].mean(axis=0)])
    return creased(
        np.concatenate([rings_m.reshape(-1, 3), middles]), np.concatenate([*walls, *caps]).astype(np.int64), crease_rad
    )


def slab(outline_m: Sequence[Vec2], low_m: float, high_m: float, bevel_m: float = 0.0) -> Solid:
    """Returns a board of an outline (counter-clockwise, seen whole from its middle) between two heights."""
    flat = np.array(outline_m, dtype=np.float64)
    levels = [(0.0, low_m), (0.0, high_m)]
    if bevel_m > 0:
        levels = [(bevel_m, low_m), (0.0, low_m + bevel_m), (0.0, high_m - bevel_m), (bevel_m, high_m)]
    middle = flat.mean(axis=0)
    reach = float(np.hypot(*(flat - middle).T).max())
    rings = np.empty((len(levels), len(flat), 3))
    for row, (inset, z) in enumerate(levels):
        rings[row, :, :2] = middle + (flat - middle) * (1 - inset / reach)
        rings[row, :, 2] = z
    return loft(rings)


def standing(board: Solid, y_m: float) -> Solid:
    """Returns a lying board set upright: its x stays, its y becomes height, its upper face looks to -y at `y_m`."""
    high = float(board.vertices_m[:, 2].max())
    return board.turned("x", 0.5 * math.pi).moved(y_m=y_m + high)


def superellipse(half_x_m: float, half_y_m: float, count: int, power: float = 2.0) -> list[Vec2]:
    """Returns a ring that goes from an ellipse (power 2) to a rectangle with round corners."""
    turns = [2 * math.pi * (step + 0.5) / count for step in range(count)]
    return [
        (
            half_x_m * math.copysign(abs(math.cos(turn)) ** (2 / power), math.cos(turn)),
            half_y_m * math.copysign(abs(math.sin(turn)) ** (2 / power), math.sin(turn)),
        )
        for turn in turns
    ]


def pierced(xs_m: Sequence[float], zs_m: Sequence[float], full: Bool[np.ndarray, "x z"], depth_m: Vec2) -> Solid:
    """Returns an upright wall of a grid's full cells between two depths (y); holes may not touch at a corner."""
    cells = np.pad(full, 1)
    across, up = len(xs_m), len(zs_m)
    points = np.array([(x, y, z) for y in depth_m for x in xs_m for z in zs_m], dtype=np.float64)
    faces: list[list[int]] = []

    def at(side: int, i: int, k: int) -> int:
        return (side * across + i) * up + k

    for i, k in product(range(across - 1), range(up - 1)):
        if not full[i, k]:
            continue
        ring = [(i, k), (i + 1, k), (i + 1, k + 1), (i, k + 1)]
        faces += [[at(0, *p) for p in ring], [at(1, *p) for p in ring[::-1]]]
        beyond = (cells[i + 1, k], cells[i + 2, k + 1], cells[i + 1, k + 2], cells[i, k + 1])
        for step in (step for step in range(4) if not beyond[step]):
            p, q = ring[step], ring[(step + 1) % 4]
            faces.append([at(0, *q), at(0, *p), at(1, *p), at(1, *q)])
    triangles = np.array([(f[a], f[b], f[c]) for f in faces for a, b, c in ((0, 1, 2), (0, 2, 3))], dtype=np.int64)
    used, renamed = np.unique(triangles, return_inverse=True)
    return creased(points[used], renamed.reshape(-1, 3).astype(np.int64), 0.01)
