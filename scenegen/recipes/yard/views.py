"""Views of the yard: from its middle, off every thing, toward one of them; those that show most things come first."""

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.draws import drawn_within
from scenegen.recipes.lens import Lens, draw_lens, view_of
from scenegen.recipes.yard.things import MIDDLE_M, Thing
from schemas.geometry import Vec3, look_along
from schemas.run_spec import CameraSpec
from schemas.scene_plan import View

_OFF_THINGS_M = 0.3
_SMALL_M, _CLOSE_M = 0.2, 1.2
_TRIES = 200
_DRAWN_FOR_EACH = 2


def plan_views(
    rng: np.random.Generator, options: np.random.Generator, things: Sequence[Thing], spec: CameraSpec, count: int
) -> tuple[View, ...]:
    """Returns `count` views; `options` draws what is off by default, see `draw_lens`."""
    poses = [_pose(rng, things, spec) for _ in range(_DRAWN_FOR_EACH * count)]
    drawn = [(draw_lens(rng, options, spec), cam2world) for cam2world in poses]
    depths_m = [_z_depths_m(lens, cam2world, things) for lens, cam2world in drawn]
    ranked = sorted(range(len(drawn)), key=lambda number: -len(depths_m[number]))[:count]
    return tuple(view_of(*drawn[number], index, depths_m[number]) for index, number in enumerate(ranked))


def _pose(rng: np.random.Generator, things: Sequence[Thing], spec: CameraSpec) -> Float64[np.ndarray, "4 4"]:
    """Returns the cam2world of a camera that looks at a thing, give or take 20 degrees."""
    target = things[int(rng.integers(len(things)))]
    spot = _spot(rng, things, target, drawn_within(rng, spec.height_m))
    x, y, _ = target.position_m
    heading_rad = math.atan2(y - spot[1], x - spot[0]) + float(rng.uniform(-0.35, 0.35))
    pitch_rad, roll_rad = (math.radians(drawn_within(rng, interval)) for interval in (spec.pitch_deg, spec.roll_deg))
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
