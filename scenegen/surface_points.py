"""Surface points: depth, normal and side of what each ray hit, in float64, by numba.

Depth is that of the ray and the triangle's plane, so that it carries none of the float32 steps of the ray caster and no
trace of how the bounding volumes were built; the caster's own is kept where the plane is seen edge-on.
A smooth normal is interpolated between the corners. The geometric normal decides which side is seen; a smooth normal
that still faces away (a silhouette) is bent until it is perpendicular to the ray.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64, Int32

from scenegen.compiled import compiled

NO_HIT = -1
_EDGE_ON = 1e-3
"""Relative difference of the two depths from which on the plane is not trusted."""


@compiled
def ray_directions(
    k: Float64[np.ndarray, "3 3"], cam2world: Float64[np.ndarray, "4 4"], width_px: int, height_px: int
) -> Float64[np.ndarray, "n 3"]:
    """Returns the world directions through all pixel centres, row after row, scaled to camera z = 1."""
    rays = np.empty((width_px * height_px, 3))
    for row in range(height_px):
        y = (row + 0.5 - k[1, 2]) / k[1, 1]
        for column in range(width_px):
            x = (column + 0.5 - k[0, 2]) / k[0, 0]
            for axis in range(3):
                rays[row * width_px + column, axis] = (
                    cam2world[axis, 0] * x + cam2world[axis, 1] * y + cam2world[axis, 2]
                )
    return rays


@compiled
def surface_points(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    origin: Float64[np.ndarray, "3"],
    rays: Float64[np.ndarray, "n 3"],
    triangle: Int32[np.ndarray, " n"],
    traced_m: Float32[np.ndarray, " n"],
    barycentric: Float32[np.ndarray, "n 2"],
    vertices_m: Float32[np.ndarray, "v 3"],
    vertex_of_corner: Int32[np.ndarray, "t 3"],
    corner_normals: Float32[np.ndarray, "t 3 3"],
    normal_from_world: Float64[np.ndarray, "3 3"],
    smooth: bool,
) -> tuple[Float32[np.ndarray, " n"], Float32[np.ndarray, "n 3"], Bool[np.ndarray, " n"]]:
    """Returns depth, facing normal (in the axes of `normal_from_world`) and whether the back is seen, for each ray.

    `triangle`: NO_HIT gives infinity, zero, False. `barycentric`: weights of corners 1 and 2.
    """
    count = len(rays)
    z_depth_m = np.full(count, np.inf, dtype=np.float32)
    normals = np.zeros((count, 3), dtype=np.float32)
    back = np.zeros(count, dtype=np.bool_)
    geometric, normal, corners = np.empty(3), np.empty(3), np.empty((3, 3), dtype=np.float32)
    for i in range(count):
        t = triangle[i]
        if t == NO_HIT:
            continue
        for corner in range(3):
            corners[corner] = vertices_m[vertex_of_corner[t, corner]]
        _geometric_normal(corners, geometric)
        z_depth_m[i] = _plane_depth(origin, rays[i], corners[0], geometric, traced_m[i])
        _interpolate(corner_normals[t], barycentric[i], normal)
        back[i] = _face(rays[i], geometric, normal, smooth)
        for axis in range(3):
            normals[i, axis] = _dot(normal_from_world[axis], normal)
    return z_depth_m, normals, back


@compiled
def _geometric_normal(corners: Float32[np.ndarray, "3 3"], normal: Float64[np.ndarray, "3"]) -> None:
    """Writes the unit normal of a triangle, zero where it has no area."""
    a0, a1, a2 = _edge(corners, 1, 0), _edge(corners, 1, 1), _edge(corners, 1, 2)
    b0, b1, b2 = _edge(corners, 2, 0), _edge(corners, 2, 1), _edge(corners, 2, 2)
    normal[0], normal[1], normal[2] = a1 * b2 - a2 * b1, a2 * b0 - a0 * b2, a0 * b1 - a1 * b0
    _to_unit_length(normal)


@compiled
def _edge(corners: Float32[np.ndarray, "3 3"], corner: int, axis: int) -> float:
    return float(corners[corner, axis]) - float(corners[0, axis])


@compiled
def _interpolate(
    corner_normals: Float32[np.ndarray, "3 3"], barycentric: Float32[np.ndarray, "2"], normal: Float64[np.ndarray, "3"]
) -> None:
    """Writes the mean of the corners' normals by their weights; its length is left as it becomes."""
    w1, w2 = float(barycentric[0]), float(barycentric[1])
    for axis in range(3):
        normal[axis] = (
            (1.0 - w1 - w2) * corner_normals[0, axis] + w1 * corner_normals[1, axis] + w2 * corner_normals[2, axis]
        )


@compiled
def _plane_depth(
    origin: Float64[np.ndarray, "3"],
    ray: Float64[np.ndarray, "3"],
    corner: Float32[np.ndarray, "3"],
    geometric: Float64[np.ndarray, "3"],
    traced_m: float,
) -> float:
    toward = _dot(geometric, ray)
    if toward == 0.0:
        return traced_m
    offset = 0.0
    for axis in range(3):
        offset += geometric[axis] * (float(corner[axis]) - origin[axis])
    exact_m = offset / toward
    return exact_m if abs(exact_m - traced_m) <= _EDGE_ON * traced_m else traced_m


@compiled
def _face(
    ray: Float64[np.ndarray, "3"], geometric: Float64[np.ndarray, "3"], normal: Float64[np.ndarray, "3"], smooth: bool
) -> bool:
    """Turns `normal` into the unit one that faces the camera; returns whether the triangle's back is seen.

    Which way the triangle is wound may differ from where its corner normals point: these say which side is outside.
    """
    outward = -1.0 if _dot(geometric, normal) < 0.0 else 1.0
    back = outward * _dot(geometric, ray) > 0.0
    side = -outward if back else outward
    if not smooth or _dot(normal, normal) <= 1e-12:
        for axis in range(3):
            normal[axis] = side * geometric[axis]
        return back
    if back:
        for axis in range(3):
            normal[axis] = -normal[axis]
    _to_unit_length(normal)
    _bend_to_face(ray, normal)
    if _dot(normal, normal) < 1e-12:  # it pointed straight away
        for axis in range(3):
            normal[axis] = side * geometric[axis]
    _to_unit_length(normal)
    return back


@compiled
def _bend_to_face(ray: Float64[np.ndarray, "3"], normal: Float64[np.ndarray, "3"]) -> None:
    """Takes out the part of a normal that points along the ray, if any; the length is left as it becomes."""
    away = _dot(normal, ray) / _dot(ray, ray)
    if away > 0.0:
        for axis in range(3):
            normal[axis] -= away * ray[axis]


@compiled
def _to_unit_length(vector: Float64[np.ndarray, "3"]) -> None:
    length = np.sqrt(_dot(vector, vector))
    if length > 0.0:
        for axis in range(3):
            vector[axis] /= length


@compiled
def _dot(a: Float64[np.ndarray, "3"], b: Float64[np.ndarray, "3"]) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
