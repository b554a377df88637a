"""Cameras of a tabletop: near things, from a hand's breadth to an arm's length, from low over the table to above it.

Each looks at one thing, mostly not in its middle, from a distance drawn from the spec, in free air. Of many, judged by
what they see, those come first that see most and are far from one another.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float32, Float64, Int64

from scenegen.recipes.lens import Lens, draw_lens, grid_rays, view_of
from scenegen.recipes.placement.body import Body
from scenegen.recipes.placement.form import tree_of
from schemas.geometry import Vec3, look_along
from schemas.run_spec import RunSpec
from schemas.scene_plan import View

NEAR_M = 0.08
_CLEAR_M = 0.1
"""Free air around a camera."""
_GRID = 22
_DRAWN_FOR_EACH = 12
_ELEVATIONS_DEG = ((5.0, 18.0, 0.25), (18.0, 45.0, 0.45), (45.0, 80.0, 0.3))
"""Low, high, share."""
_ROLL_RAD = math.radians(5.0)
_BACK_M = 1.0
_BANDS = 3
_APART_RAD = math.radians(25.0)


@dataclass(frozen=True)
class Surroundings:
    """All triangles of a scene in one tree, and whose they are."""

    tree: Any
    body_of: Int64[np.ndarray, "t"]
    bodies: Sequence[Body]
    first: int
    """Number of the first body that cameras look at; all after it are such."""

    def first_hits(
        self, starts_m: Float64[np.ndarray, "n 3"], ways_m: Float64[np.ndarray, "n 3"]
    ) -> tuple[Float64[np.ndarray, "n"], Int64[np.ndarray, "n"], Float64[np.ndarray, "n"]]:
        """Returns distances in lengths of the ways, bodies, -1 for none, and 1 where a back is met."""
        starts, ways = (np.ascontiguousarray(each, dtype=np.float32) for each in (starts_m, ways_m))
        hit = self.tree.run(starts, ways, output=True)
        missed = hit["primID"] < 0
        body = np.where(missed, -1, self.body_of[np.maximum(hit["primID"], 0)])
        back = (np.einsum("nk,nk->n", hit["Ng"], ways) > 0) & ~missed
        return np.where(missed, np.inf, hit["tfar"]).astype(np.float64), body, back.astype(np.float64)


@dataclass(frozen=True)
class Candidate:
    """A camera, and how good its view is."""

    cam2world: Float64[np.ndarray, "4 4"]
    lens: Lens
    focus_m: Float64[np.ndarray, "n"]
    score: float
    band: int
    """Which part of the distances it is from, 0 the nearest: a view from afar shows more, yet all are wanted."""
    target_m: Float64[np.ndarray, "3"]


def surroundings(bodies: Sequence[Body], first: int) -> Surroundings:
    """Returns what cameras may see; `first`: number of the first body that they look at, and they do at all after."""
    corners = [_world_m(body)[body.form.triangles] for body in bodies]
    body_of = np.repeat(np.arange(len(bodies)), [len(each) for each in corners])
    return Surroundings(tree_of(np.concatenate(corners)), body_of, bodies, first)


def _world_m(body: Body) -> Float32[np.ndarray, "n 3"]:
    pose = body.object2world.astype(np.float32)
    return body.form.points_m @ pose[:3, :3].T + pose[:3, 3]


def plan_views(
    rng: np.random.Generator, options: np.random.Generator, seen: Surroundings, spec: RunSpec
) -> tuple[View, ...] | None:
    """Returns the views wanted and the spare ones, best first, or nothing where too few cameras stand free."""
    count = spec.views_per_scene + spec.camera.spare_views
    drawn = (_candidate(rng, options, seen, spec) for _ in range(_DRAWN_FOR_EACH * count))
    left = sorted((each for each in drawn if each is not None), key=lambda each: -each.score)
    if len(left) < count:
        return None
    apart, chosen = left, list[Candidate]()
    for _ in range(count):
        band = int(rng.integers(_BANDS))
        pools = ([each for each in pool if each.band == band] or pool for pool in (apart, left) if pool)
        taken = next(pools)[0]
        chosen.append(taken)
        left = [each for each in left if each is not taken]
        apart = [each for each in apart if each is not taken and _are_apart(each, taken)]
    return tuple(view_of(each.lens, each.cam2world, index, each.focus_m) for index, each in enumerate(chosen))


def _are_apart(one: Candidate, other: Candidate) -> bool:
    turned = float(np.clip(one.cam2world[:3, 2] @ other.cam2world[:3, 2], -1.0, 1.0))
    moved_m = float(np.linalg.norm(one.cam2world[:3, 3] - other.cam2world[:3, 3]))
    away_m = float(np.linalg.norm(one.cam2world[:3, 3] - one.target_m))
    return math.acos(turned) > _APART_RAD or moved_m > max(0.8 * away_m, 0.25)


def _candidate(
    rng: np.random.Generator, options: np.random.Generator, seen: Surroundings, spec: RunSpec
) -> Candidate | None:
    """Draws always as many numbers, whatever comes of them."""
    distance_m = spec.tabletop.distance_m
    target = seen.bodies[int(rng.integers(seen.first, len(seen.bodies)))]
    share = float(rng.random())
    away_m = distance_m.low * (distance_m.high / distance_m.low) ** share
    heading_rad, elevation_rad = rng.uniform(-math.pi, math.pi), _elevation_rad(rng)
    aside, roll_rad = rng.uniform(-0.3, 0.3, 2), rng.uniform(-_ROLL_RAD, _ROLL_RAD)
    lens = draw_lens(rng, options, spec.camera)
    flat_part = math.cos(elevation_rad)
    way = np.array([flat_part * math.cos(heading_rad), flat_part * math.sin(heading_rad), math.sin(elevation_rad)])
    middle_m = (target.bounds_m[0] + target.bounds_m[1]) / 2
    reach_m = _reach_m(target, middle_m, way)
    eye_m = middle_m + (reach_m + away_m) * way
    if reach_m < 0 or not _sees(seen, eye_m, middle_m + reach_m * way):
        return None
    (half_x, half_y), (middle_x, middle_y) = lens.extent.half, lens.extent.middle
    yaw_off, pitch_off = math.atan(middle_x + aside[0] * half_x), math.atan(middle_y + aside[1] * half_y)
    position: Vec3 = (float(eye_m[0]), float(eye_m[1]), float(eye_m[2]))
    yaw_rad = heading_rad + math.pi + yaw_off / max(flat_part, 0.3)
    cam2world = look_along(position, yaw_rad, -elevation_rad + pitch_off, roll_rad)
    judged = _judged(seen, cam2world, lens)
    return None if judged is None else Candidate(cam2world, lens, *judged, int(share * _BANDS), middle_m)


def _elevation_rad(rng: np.random.Generator) -> float:
    draw, share = rng.random(), rng.random()
    for low, high, part in _ELEVATIONS_DEG:
        if draw < part:
            return math.radians(low + share * (high - low))
        draw -= part
    return math.radians(30.0)


def _reach_m(target: Body, middle_m: Float64[np.ndarray, "3"], way: Float64[np.ndarray, "3"]) -> float:
    """Returns how far the target's surface is from its middle along a way, seen from outside; -1 where it has none."""
    size_m = float(np.linalg.norm(target.bounds_m[1] - target.bounds_m[0]))
    turned = target.world2object[:3, :3]
    start_m = turned @ (middle_m + size_m * way) + target.world2object[:3, 3]
    away, _ = target.form.first_hits(start_m[None], (-turned @ way)[None])
    return size_m - float(away[0]) if away[0] < 2 * size_m else -1.0


def _sees(seen: Surroundings, eye_m: Float64[np.ndarray, "3"], point_m: Float64[np.ndarray, "3"]) -> bool:
    """Tells whether an eye is in free air and nothing stands between it and a point."""
    ways = np.concatenate([_AROUND * _CLEAR_M, (point_m - eye_m)[None] * 0.97])
    away, _, _ = seen.first_hits(np.tile(eye_m, (len(ways), 1)), ways)
    return bool((away > 1.0).all())


def _judged(
    seen: Surroundings, cam2world: Float64[np.ndarray, "4 4"], lens: Lens
) -> tuple[Float64[np.ndarray, "n"], float] | None:
    """Returns depths that may be sharp and a score, or nothing for a view that a gate would reject."""
    rays = grid_rays(cam2world, lens.extent, _GRID, _GRID)
    z_depth_m, body, back = seen.first_hits(np.tile(cam2world[:3, 3], (len(rays), 1)), rays)
    counts = np.bincount(body + 1)[1:] / len(rays)
    on_things = body >= seen.first
    things = int((counts[seen.first :] > 0.004).sum())
    largest, backs = float(counts.max(initial=0.0)), float(np.mean(back * (z_depth_m < _BACK_M)))
    hidden = largest > 0.85 or np.mean(body < 0) > 0.4 or not on_things.any()
    if hidden or backs > 0.08 or z_depth_m.min() < 1.05 * NEAR_M:
        return None
    covered = float(np.mean(on_things))
    score = 2.0 * min(things, 12) / 12 + 1.2 * min(covered, 0.4) - max(largest - 0.4, 0.0) - 2.0 * backs
    return z_depth_m[on_things], score


def _sphere(count: int) -> Float64[np.ndarray, "n 3"]:
    """Returns directions spread evenly (Fibonacci)."""
    number = np.arange(count) + 0.5
    height, turn = 1 - 2 * number / count, np.pi * (1 + 5**0.5) * number
    flat_part = np.sqrt(1 - height**2)
    return np.stack([flat_part * np.cos(turn), flat_part * np.sin(turn), height], axis=1)


_AROUND = _sphere(120)
