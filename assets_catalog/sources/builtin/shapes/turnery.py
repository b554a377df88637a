"""Solids of revolution and round bars: lathe, rod, leg, tube.

A profile is a list of (radius, z) that runs with the outside on its right: from the axis along the underside, up the
outer wall, over the rim and, for a vessel, down the inner wall to the axis. A profile that ends where it starts
makes a ring.
Bends of less than 40 degrees shade smoothly; sharper ones are edges.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float64, Int32, Int64

from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from schemas.geometry import Vec3, unit_length

_CREASE_COS = math.cos(math.radians(40))


def lathe(profile_m: Sequence[Vec2], segments: int = 24) -> Solid:
    """Returns the solid that a profile sweeps about the z axis."""
    profile = np.array(profile_m, dtype=np.float64)
    closed = bool((profile[0] == profile[-1]).all())
    rows = profile[:-1] if closed else profile
    plan = _turning(tuple((rows[:, 0] == 0).tolist()), closed, segments)
    angles = plan.vertex_half_steps * (math.pi / segments)
    radii = rows[plan.vertex_rows, 0]
    vertices = np.stack([radii * np.cos(angles), radii * np.sin(angles), rows[plan.vertex_rows, 1]], axis=1)
    slopes = _slopes(profile, closed)[plan.bands, plan.ends]
    turns = plan.half_steps * (math.pi / segments)
    normals = np.stack([slopes[..., 0] * np.cos(turns), slopes[..., 0] * np.sin(turns), slopes[..., 1]], axis=-1)
    return Solid(vertices, plan.triangles, normals)


def rod(start_m: Vec3, end_m: Vec3, radius_m: float, segments: int = 10) -> Solid:
    """Returns a round bar between two points, its ends cut square."""
    start, end = np.array(start_m, dtype=np.float64), np.array(end_m, dtype=np.float64)
    length = float(np.sqrt(((end - start) ** 2).sum()))
    bar = lathe([(0.0, 0.0), (radius_m, 0.0), (radius_m, length), (0.0, length)], segments)
    return bar.transformed(_upright_to((end - start) / length)).moved(*start)


def leg(foot_m: Vec3, top_m: Vec3, foot_radius_m: float, top_radius_m: float, segments: int = 12) -> Solid:
    """Returns a round leg, both ends level; it may taper and lean."""
    dx, dy, height = (top - foot for top, foot in zip(top_m, foot_m, strict=True))
    upright = lathe([(0.0, 0.0), (foot_radius_m, 0.0), (top_radius_m, height), (0.0, height)], segments)
    shear = np.array([[1.0, 0.0, dx / height], [0.0, 1.0, dy / height], [0.0, 0.0, 1.0]])
    return upright.transformed(shear).moved(*foot_m)


def tube(path_m: Sequence[Vec3], radius_m: float | Sequence[float], segments: int = 8) -> Solid:
    """Returns a bent round bar along a path of points, with flat ends; of one radius, or of one for each point."""
    path = np.array(path_m, dtype=np.float64)
    along = unit_length(np.gradient(path, axis=0))
    side, over = _carried_frames(along)
    angles = np.arange(segments) * (2 * math.pi / segments)
    radial = side[:, None] * np.cos(angles)[:, None] + over[:, None] * np.sin(angles)[:, None]
    radii = np.broadcast_to(np.asarray(radius_m, dtype=np.float64), len(path))
    rings = (path[:, None] + radii[:, None, None] * radial).reshape(-1, 3)
    plan = _turning((True, *(False for _ in path), True), False, segments)
    faces = np.concatenate([radial[:1] * 0 - along[0], radial, radial[:1] * 0 + along[-1]]).reshape(-1, 3)
    wall = (plan.bands > 0) & (plan.bands < len(path))
    hub = np.where(plan.bands == 0, 0, len(faces) - 1)
    normals = faces[np.where(wall, plan.triangles - 1 + segments, hub)]
    return Solid(np.concatenate([path[:1], rings, path[-1:]]), plan.triangles, normals)


def arc(center_m: Vec2, radius_m: float, start_rad: float, end_rad: float, steps: int = 8) -> list[Vec2]:
    """Returns points of a circular arc in the plane, e.g. a stretch of a profile."""
    angles = [start_rad + (end_rad - start_rad) * step / steps for step in range(steps + 1)]
    return [(center_m[0] + radius_m * math.cos(angle), center_m[1] + radius_m * math.sin(angle)) for angle in angles]


def curve(points_m: Sequence[Vec2], steps: int = 4) -> list[Vec2]:
    """Returns a smooth line through the points (Catmull-Rom), with `steps` steps from each to the next."""
    known = np.array([points_m[0], *points_m, points_m[-1]], dtype=np.float64)
    t = (np.arange(steps) / steps)[:, None]
    smooth = [_spline(known[at : at + 4], t) for at in range(len(points_m) - 1)]
    return [(float(x), float(y)) for x, y in np.concatenate([*smooth, known[-1:]])]


def _spline(p: Float64[np.ndarray, "4 2"], t: Float64[np.ndarray, "s 1"]) -> Float64[np.ndarray, "s 2"]:
    linear, square, cube = p[2] - p[0], 2 * p[0] - 5 * p[1] + 4 * p[2] - p[3], 3 * (p[1] - p[2]) + p[3] - p[0]
    return np.asarray(p[1] + 0.5 * (linear * t + square * t**2 + cube * t**3))


def hollow(outer_m: Sequence[Vec2], wall_m: float, floor_m: float) -> list[Vec2]:
    """Returns the profile of a vessel: its outer line from the foot to the rim, and a wall's thickness inside of it."""
    outer = np.array(outer_m, dtype=np.float64)
    steps = np.gradient(outer, axis=0)
    inward = np.stack([-steps[:, 1], steps[:, 0]], axis=1) / np.hypot(steps[:, 0], steps[:, 1])[:, None]
    inner = (outer + wall_m * inward)[::-1]
    inner[0] = outer[-1] + (-wall_m * 0.9, 0.0) if inward[-1, 0] < -0.5 else inner[0]
    kept = inner[(inner[:, 1] > floor_m + 0.001) & (inner[:, 0] > 0.002)]
    walls = [(float(r), float(z)) for r, z in (*outer, *kept)]
    below = float(np.interp(floor_m, inner[::-1, 1], inner[::-1, 0]))
    return [(0.0, outer_m[0][1]), *walls, (max(0.002, below), floor_m), (0.0, floor_m)]


def disc(radius_m: float, low_m: float, high_m: float, bevel_m: float = 0.003, segments: int = 32) -> Solid:
    """Returns a flat round board with bevelled edges between two heights."""
    bevel = min(bevel_m, 0.3 * (high_m - low_m))
    rim = [(radius_m - bevel, low_m), (radius_m, low_m + bevel), (radius_m, high_m - bevel), (radius_m - bevel, high_m)]
    return lathe([(0.0, low_m), *rim, (0.0, high_m)], segments)


@dataclass(frozen=True)
class _Turning:
    """How the corners of a lathed solid hang together; angles count in half steps of the segments."""

    vertex_rows: Int32[np.ndarray, " v"]
    vertex_half_steps: Int32[np.ndarray, " v"]
    triangles: Int32[np.ndarray, "t 3"]
    bands: Int32[np.ndarray, "t 3"]
    ends: Int32[np.ndarray, "t 3"]
    """0 where a corner lies at its band's start, 1 at its end."""
    half_steps: Int32[np.ndarray, "t 3"]


@cache
def _turning(poles: tuple[bool, ...], closed: bool, segments: int) -> _Turning:
    counts = [1 if pole else segments for pole in poles]
    firsts = np.cumsum([0, *counts])
    vertex_rows = np.repeat(np.arange(len(poles)), counts)
    vertex_half_steps = np.concatenate([2 * np.arange(count) for count in counts])
    bands = range(len(poles) if closed else len(poles) - 1)
    corners = np.concatenate([_band(band, poles, firsts, segments) for band in bands]).astype(np.int32)
    return _Turning(
        vertex_rows.astype(np.int32),
        vertex_half_steps.astype(np.int32),
        np.ascontiguousarray(corners[..., 0]),
        *(np.ascontiguousarray(corners[..., column]) for column in (1, 2, 3)),
    )


def _band(
    band: int, poles: tuple[bool, ...], firsts: Int64[np.ndarray, " p"], segments: int
) -> Int64[np.ndarray, "t 3 4"]:
    """Returns for each corner of each triangle of a band: vertex, band, end, half step."""
    here, there = np.arange(segments), (np.arange(segments) + 1) % segments

    def corner(end: int, steps: Int64[np.ndarray, " s"]) -> Int64[np.ndarray, "s 4"]:
        row = (band + end) % len(poles)
        vertex = np.full(segments, firsts[row]) if poles[row] else firsts[row] + steps
        half_step = 2 * here + 1 if poles[row] else 2 * steps
        return np.stack([vertex, np.full(segments, band), np.full(segments, end), half_step], axis=1)

    triangles = []
    if not poles[band]:
        triangles.append(np.stack([corner(0, here), corner(0, there), corner(1, there)], axis=1))
    if not poles[(band + 1) % len(poles)]:
        triangles.append(np.stack([corner(0, here), corner(1, there), corner(1, here)], axis=1))
    return np.concatenate(triangles)


def _slopes(profile: Float64[np.ndarray, "p 2"], closed: bool) -> Float64[np.ndarray, "b 2 2"]:
    """Returns the normals (radial, z) at the start and the end of each band, shared across gentle bends."""
    steps = np.diff(profile, axis=0)
    flat = np.stack([steps[:, 1], -steps[:, 0]], axis=1) / np.hypot(steps[:, 0], steps[:, 1])[:, None]
    slopes = np.stack([flat, flat], axis=1)
    following = np.roll(flat, -1, axis=0)
    gentle = (flat * following).sum(axis=1) > _CREASE_COS
    gentle[-1] &= closed
    shared = flat + following
    shared[gentle] /= np.hypot(shared[gentle, 0], shared[gentle, 1])[:, None]
    bends = np.flatnonzero(gentle)
    slopes[bends, 1] = slopes[(bends + 1) % len(flat), 0] = shared[bends]
    for row, band, end in ((0, 0, 0), (-1, -1, 1)):
        if profile[row, 0] == 0 and abs(flat[band, 1]) > _CREASE_COS:
            slopes[band, end] = (0.0, np.sign(flat[band, 1]))
    return slopes


def _carried_frames(along: Float64[np.ndarray, "k 3"]) -> tuple[Float64[np.ndarray, "k 3"], Float64[np.ndarray, "k 3"]]:
    """Returns two directions across a path, carried along it without twist; with `along` they are right-handed."""
    side = np.empty_like(along)
    carried = np.eye(3)[int(np.abs(along[0]).argmin())]
    for step, direction in enumerate(along):
        carried = carried - (carried @ direction) * direction
        carried = carried / np.sqrt(carried @ carried)
        side[step] = carried
    return side, np.cross(along, side)


def _upright_to(direction: Float64[np.ndarray, "3"]) -> Float64[np.ndarray, "3 3"]:
    """Returns a rotation that takes z to a direction."""
    side, over = _carried_frames(direction[None])
    return np.stack([side[0], over[0], direction], axis=1)
