"""Views of the yard: from its middle, off every thing, toward one of them; those that show most things come first."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.draws import drawn_within
from scenegen.recipes.lens import Lens, draw_lens, view_of
from scenegen.recipes.rigs import Rig, draw_rig
from scenegen.recipes.yard.things import MIDDLE_M, Thing
from schemas.geometry import Vec3, look_along
from schemas.ranges import Range
from schemas.run_spec import CameraSpec
from schemas.scene_plan import View
from schemas.seeds import rng_for

_OFF_THINGS_M = 0.3
_SMALL_M, _CLOSE_M = 0.2, 1.2
_TRIES = 200
_DRAWN_FOR_EACH = 2


def plan_views(seed: int, things: Sequence[Thing], spec: CameraSpec, count: int) -> tuple[View, ...]:
    """Returns `count` views, from streams of the scene's seed; each rig has as many as it was drawn."""
    rng, options, rig_draws = (rng_for(seed, stream) for stream in ("views", "lenses", "rigs"))
    wanted = [draw_rig(rig_draws, spec) for _ in range(count)]
    rigs = [rig for rig in wanted for _ in range(_DRAWN_FOR_EACH)]
    poses = [_pose(rng, things, rig, spec.roll_deg) for rig in rigs]
    drawn = [(draw_lens(rng, options, spec), cam2world) for cam2world in poses]
    depths_m = [_z_depths_m(lens, cam2world, things) for lens, cam2world in drawn]
    ranked = sorted(range(len(drawn)), key=lambda number: -len(depths_m[number]))
    best = _best_of_each(ranked, rigs, Counter(wanted))
    return tuple(view_of(*drawn[number], index, depths_m[number]) for index, number in enumerate(best))


def _best_of_each(ranked: Sequence[int], rigs: Sequence[Rig], wanted: Counter[Rig]) -> Iterator[int]:
    """Yields the first numbers of each rig, as many as are wanted of it."""
    for number in ranked:
        if wanted[rigs[number]] > 0:
            wanted[rigs[number]] -= 1
            yield number


def _pose(rng: np.random.Generator, things: Sequence[Thing], rig: Rig, roll_deg: Range) -> Float64[np.ndarray, "4 4"]:
    """Returns the cam2world of a camera that looks at a thing, give or take 20 degrees."""
    target = things[int(rng.integers(len(things)))]
    spot = _spot(rng, things, target, drawn_within(rng, rig.height_m))
    x, y, _ = target.position_m
    heading_rad = math.atan2(y - spot[1], x - spot[0]) + float(rng.uniform(-0.35, 0.35))
    pitch_rad, roll_rad = (math.radians(drawn_within(rng, interval)) for interval in (rig.pitch_deg, roll_deg))
    return look_along(spot, heading_rad, pitch_rad, roll_rad)


def _spot(rng: np.random.Generator, things: Sequence[Thing], target: Thing, height_m: float) -> Vec3:
    """Returns a place off all things: close to a small one, or in the middle; else one at the middle's edge."""
    close = target.radius_m < _SMALL_M
    (center_x, center_y, _), reach_m = (target.position_m, _CLOSE_M) if close else ((0.0, 0.0, 0.0), MIDDLE_M)
    for _ in range(_TRIES):
        heading_rad, away_m = float(rng.uniform(-math.pi, math.pi)), reach_m * math.sqrt(float(rng.random()))
        x, y = center_x + away_m * math.cos(heading_rad), center_y + away_m * math.sin(heading_rad)
        if all(math.dist((x, y), thing.position_m[:2]) > thing.radius_m + _OFF_THINGS_M for thing in things):
            return x, y, height_m
    return MIDDLE_M + 0.5, 0.0, height_m


def _z_depths_m(lens: Lens, cam2world: Float64[np.ndarray, "4 4"], things: Sequence[Thing]) -> Float64[np.ndarray, "n"]:
    """Returns the planar depths of the things whose origin is in the picture."""
    points_m = np.array([thing.position_m for thing in things]).reshape(-1, 3)
    x, y, z = ((points_m - cam2world[:3, 3]) @ cam2world[:3, :3]).T
    ahead = z > _OFF_THINGS_M
    depth_m = np.where(ahead, z, 1.0)
    (half_x, half_y), (middle_x, middle_y) = lens.extent.half, lens.extent.middle
    across, down = np.abs(x / depth_m - middle_x) < half_x, np.abs(y / depth_m - middle_y) < half_y
    return z[ahead & across & down]
