"""Cameras: who looks at a street, from how high, and where: people, drivers, robots, windows above the road.

Many cameras are drawn, off all matter; each is judged by what a coarse grid of rays sees. A plan's views are those far
from one another in place or heading, the best first; then the others, for there are always as many as asked.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.choice import apart, chosen, of_size
from scenegen.recipes.draws import drawn_within
from scenegen.recipes.lens import Lens, SizePx, draw_lens
from scenegen.recipes.rigs import draw_stand, stand
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.leg import SIDES
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.sight import Glimpse, Scene, glimpse
from scenegen.recipes.street.site import Site
from schemas.geometry import Vec3, look_along
from schemas.run_spec import CameraSpec
from schemas.scene_plan import View

OFF_MATTER_M = 0.35
_APART_RAD = math.radians(40.0)
_APART_M = 6.0
_TRIES = 40

_AFOOT = ("human", "child", "robot")
STANDS = {
    "walker": stand(0.3, _AFOOT),
    "stroller": stand(0.16, _AFOOT, (1.4, 1.85), (-6.0, 13.0)),
    "close": stand(0.14, _AFOOT, (0.9, 1.7), (-20.0, 2.0)),
    "driver": stand(0.14, ("car",), (1.15, 1.6), (-5.0, 4.0)),
    "robot": stand(0.12, ("robot",), (0.35, 0.8), (-6.0, 9.0)),
    "window": stand(0.14, ("mast",), (3.0, 6.0), (-30.0, -7.0)),
}
"""Name -> what carries a camera there; where that is stands in `_PLACES`."""


@dataclass(frozen=True)
class Place:
    """Where a camera is on the plan, and which way it looks."""

    spot: Vec2
    heading_rad: float


@dataclass(frozen=True)
class Candidate:
    """A camera, and how good its view is."""

    position_m: Vec3
    heading_rad: float
    cam2world: Float64[np.ndarray, "4 4"]
    lens: Lens
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths that could be sharp."""
    score: float


def plan_views(candidates: Sequence[Candidate], sizes_px: Sequence[SizePx]) -> tuple[View, ...]:
    """Returns a view for each of the sizes, best first; there must be as many candidates."""
    ranked = sorted(candidates, key=lambda candidate: -candidate.score)
    wishes = ([of_size(size_px)] for size_px in sizes_px)
    return chosen(ranked, wishes, lambda one, other: apart(one, other, _APART_RAD, _APART_M))


@dataclass(frozen=True)
class Around:
    """What is around a camera."""

    network: Network
    site: Site
    scene: Scene


def draw_candidates(
    rng: np.random.Generator, options: np.random.Generator, around: Around, spec: CameraSpec, count: int
) -> list[Candidate]:
    """Returns `count` cameras, judged; `options` draws what is off by default, see `draw_lens`."""
    return [_judged(rng, options, around, spec) for _ in range(count)]


def _judged(rng: np.random.Generator, options: np.random.Generator, around: Around, spec: CameraSpec) -> Candidate:
    name, rig = draw_stand(rng, spec, STANDS)
    height_m, pitch_deg = drawn_within(rng, rig.height_m), drawn_within(rng, rig.pitch_deg)
    place = _free_place(rng, around, name, height_m)
    position_m = (*place.spot, around.site.height_m(place.spot) + height_m)
    roll_rad = math.radians(drawn_within(rng, spec.roll_deg))
    lens = draw_lens(rng, options, spec)
    cam2world = look_along(position_m, place.heading_rad, math.radians(pitch_deg), roll_rad)
    seen = glimpse(around.scene, cam2world, lens.extent)
    return Candidate(position_m, place.heading_rad, cam2world, lens, seen.focus_m, _score(seen))


def _free_place(rng: np.random.Generator, around: Around, name: str, height_m: float) -> Place:
    """Returns a place off all matter; if none is found, one somewhere on the middle of the road."""
    for _ in range(_TRIES):
        place = _PLACES[name](rng, around.network, around.site)
        spot = (*place.spot, around.site.height_m(place.spot) + height_m)
        if around.scene.matter.distance_m(spot) >= OFF_MATTER_M:
            return place
    return Place((float(rng.uniform(-20.0, 20.0)), float(rng.uniform(-1.0, 1.0))), float(rng.choice([0.0, math.pi])))


def _walking(rng: np.random.Generator, network: Network, site: Site) -> Place:
    """On a pavement, or on the road where there is none: along it, or across to the other side."""
    leg, profile = network.main, network.main.profile
    side, s_m = SIDES[int(rng.integers(2))], float(rng.normal(0.0, 12.0))
    low, high = profile.walk_m + 0.3, max(profile.line_m - 0.4, profile.walk_m + 0.4)
    t_m = float(rng.uniform(low, high)) if profile.pavement_m else float(rng.uniform(0.0, profile.half_m))
    draw = rng.random()
    if draw < 0.62:
        heading = (0.0 if rng.random() < 0.5 else math.pi) + float(rng.normal(0.0, 0.28))
    elif draw < 0.85:
        heading = -side * math.pi / 2 + float(rng.normal(0.0, 0.6))
    else:
        heading = float(rng.uniform(-math.pi, math.pi))
    return Place(leg.spot(s_m, side * t_m), leg.heading_rad + heading)


def _crossing(rng: np.random.Generator, network: Network, site: Site) -> Place:
    """In the middle of the road or at its edge, along it; or on an open plot beside it."""
    leg = network.main
    plots = [plot for plot in network.plots if plot.use in ("square", "park", "field") and plot.near_m < 30.0]
    if plots and rng.random() < 0.6:
        plot = plots[int(rng.integers(len(plots)))]
        low, high = max(plot.start_m, -25.0), min(plot.end_m, 30.0)
        spot = leg.spot(
            float(rng.uniform(low, max(high, low))), plot.side * (leg.profile.line_m + float(rng.uniform(1.0, 14.0)))
        )
        return Place(spot, float(rng.uniform(-math.pi, math.pi)))
    t_m = float(rng.uniform(-1.0, 1.0)) * leg.profile.half_m
    heading = (0.0 if rng.random() < 0.5 else math.pi) + float(rng.normal(0.0, 0.35))
    return Place(leg.spot(float(rng.normal(0.0, 14.0)), t_m), leg.heading_rad + heading)


def _driving(rng: np.random.Generator, network: Network, site: Site) -> Place:
    """In a lane, ahead."""
    leg, side = network.main, SIDES[int(rng.integers(2))]
    lanes = leg.profile.lane_middles_m()
    t_m = side * (lanes[int(rng.integers(len(lanes)))] + float(rng.normal(0.0, 0.2)))
    ahead = 0.0 if side < 0 else math.pi
    heading = ahead + float(rng.normal(0.0, 0.12)) + (float(rng.choice([-0.8, 0.8])) if rng.random() < 0.15 else 0.0)
    return Place(leg.spot(float(rng.normal(0.0, 18.0)), t_m), leg.heading_rad + heading)


def _above(rng: np.random.Generator, network: Network, site: Site) -> Place:
    """Before a house's front or on a pole: obliquely along the road, or across it."""
    leg, side = network.main, SIDES[int(rng.integers(2))]
    t_m = side * float(rng.uniform(leg.profile.half_m, max(leg.profile.line_m - 0.5, leg.profile.half_m + 0.5)))
    along = 0.0 if rng.random() < 0.5 else math.pi
    inward = -side * math.pi / 2
    turn = math.remainder(inward - along, 2 * math.pi) * float(rng.uniform(0.05, 0.8))
    return Place(leg.spot(float(rng.normal(0.0, 15.0)), t_m), leg.heading_rad + along + turn)


def _near_something(rng: np.random.Generator, network: Network, site: Site) -> Place:
    """Close to a thing, past which it looks."""
    near = [thing for thing in site.things if thing.record and math.hypot(*thing.position_m[:2]) < 32.0]
    near = [thing for thing in near if thing.carrier is None and thing.record and thing.record.size_m[2] < 4.0]
    if not near:
        return _walking(rng, network, site)
    thing = near[int(rng.integers(len(near)))]
    x, y = thing.solid.center_m
    away_m = max(thing.solid.half_m) + float(rng.uniform(0.4, 1.3))
    way_rad = float(rng.uniform(-math.pi, math.pi))
    spot = x + away_m * math.cos(way_rad), y + away_m * math.sin(way_rad)
    return Place(spot, way_rad + math.pi + float(rng.uniform(-0.65, 0.65)))


_PLACES: dict[str, Callable[[np.random.Generator, Network, Site], Place]] = {
    "walker": _walking,
    "stroller": _crossing,
    "close": _near_something,
    "driver": _driving,
    "robot": _walking,
    "window": _above,
}
"""Name of a stand -> where it is."""


def _score(seen: Glimpse) -> float:
    """Rewards many things of many classes at all depths; fines what fills the picture, and much sky."""
    rich = min(seen.things, 24) / 24 + 0.5 * min(seen.classes, 12) / 12
    spread = sum(min(share, 0.16) / 0.16 for share in seen.bands) / len(seen.bands)
    over = max(seen.largest_share - 0.33, 0.0) * 2.0 + max(seen.sky_share - 0.4, 0.0) * 2.0
    return rich + 0.9 * spread - over - 3.0 * max(seen.near_share - 0.06, 0.0)
