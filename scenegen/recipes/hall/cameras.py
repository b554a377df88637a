"""Cameras: who looks at a hall, and where from: people in aisles and at shelves, robots, drivers, cameras up high.

Many are drawn, off all matter; each is judged by what a coarse grid of rays sees. A plan's views are those far from one
another in place or heading, the best first; then the others, for there are always as many as asked.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.choice import apart, chosen, of_size
from scenegen.recipes.draws import drawn_within
from scenegen.recipes.hall.layout import Hall
from scenegen.recipes.hall.sight import Glimpse, Scene, glimpse
from scenegen.recipes.lens import Lens, SizePx, draw_lens
from scenegen.recipes.rigs import draw_stand, stand
from scenegen.recipes.solid import Vec2
from schemas.geometry import Vec3, look_along
from schemas.run_spec import CameraSpec
from schemas.scene_plan import View

OFF_MATTER_M = 0.3
_APART_RAD, _APART_M = math.radians(35.0), 4.0
_TRIES = 30
_UNDER_CEILING_M = 0.5
_BAND_WEIGHTS = (0.1, 0.15, 0.15, 0.25, 0.45)
"""Of the bands of depths: what is far is rare in halls."""

_Span = tuple[float, float]


_AFOOT = ("human", "child", "seated")
STANDS = {
    "along": stand(0.3, _AFOOT),
    "oblique": stand(0.18, _AFOOT, (1.2, 1.8), (-8.0, 6.0)),
    "shelf": stand(0.16, _AFOOT, (0.8, 1.8), (-18.0, 10.0)),
    "robot": stand(0.13, ("robot",), (0.35, 0.6), (-4.0, 12.0)),
    "driver": stand(0.11, ("car",), (1.1, 2.2), (-8.0, 4.0)),
    "ceiling": stand(0.12, ("ceiling", "mast"), (20.0, 21.0), (-42.0, -14.0)),
}
"""Name -> what carries a camera there; higher than the hall: just below its ceiling."""
_TURNS_RAD: Mapping[str, _Span] = {
    **{"along": (0.0, 0.3), "oblique": (0.4, 1.1), "shelf": (1.15, 1.57)},
    **{"robot": (0.0, 0.9), "driver": (0.0, 0.6), "ceiling": (0.0, 0.9)},
}
"""How far it looks away from the aisle's direction, to either side."""


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

    hall: Hall
    aisles_m: Sequence[float]
    """The y of each."""
    scene: Scene


def draw_candidates(
    rng: np.random.Generator, options: np.random.Generator, around: Around, spec: CameraSpec, count: int
) -> list[Candidate]:
    """Returns `count` cameras, judged; `options` draws what is off by default, see `draw_lens`."""
    return [_judged(rng, options, around, spec) for _ in range(count)]


def _judged(rng: np.random.Generator, options: np.random.Generator, around: Around, spec: CameraSpec) -> Candidate:
    name, rig = draw_stand(rng, spec, STANDS)
    rig = rig.below(around.hall.height_m - _UNDER_CEILING_M * float(rng.uniform(1.0, 2.2)))
    height_m, pitch_deg = drawn_within(rng, rig.height_m), drawn_within(rng, rig.pitch_deg)
    pitch_rad, roll_rad = math.radians(pitch_deg), math.radians(drawn_within(rng, spec.roll_deg))
    lens = draw_lens(rng, options, spec)
    (x, y), heading_rad = _free_place(rng, around, _TURNS_RAD[name], height_m)
    position_m = x, y, height_m
    cam2world = look_along(position_m, heading_rad, pitch_rad, roll_rad)
    seen = glimpse(around.scene, cam2world, lens.extent)
    return Candidate(position_m, heading_rad, cam2world, lens, seen.focus_m, _score(seen) + 0.25 * float(rng.random()))


def _free_place(rng: np.random.Generator, around: Around, turns_rad: _Span, height_m: float) -> tuple[Vec2, float]:
    """Returns the first of some places that is far enough off all matter, else the farthest."""
    found: list[tuple[float, tuple[Vec2, float]]] = []
    for _ in range(_TRIES):
        place = _place(rng, around.hall, around.aisles_m, turns_rad)
        off_m = around.scene.boxes.distance_m((*place[0], height_m))
        found.append((off_m, place))
        if off_m > OFF_MATTER_M:
            break
    return max(found, key=lambda each: each[0])[1]


def _place(rng: np.random.Generator, hall: Hall, aisles_m: Sequence[float], turns_rad: _Span) -> tuple[Vec2, float]:
    """Returns a place in or near an aisle, mostly near the focus, and a heading, mostly toward the longer part."""
    half_x, half_y = hall.half_m
    weights = np.exp(-np.abs(np.array(aisles_m) - hall.focus_m[1]) / 6.0)
    y = aisles_m[int(rng.choice(len(aisles_m), p=weights / weights.sum()))] + float(rng.normal(0.0, 0.5))
    spread = 5.0 if turns_rad[0] > 1.0 else 9.0
    x = hall.focus_m[0] + float(rng.normal(0.0, spread))
    if rng.random() < 0.12:
        x = float(rng.uniform(-half_x, half_x))
    spot = float(np.clip(x, -half_x + 0.8, half_x - 0.8)), float(np.clip(y, -half_y + 0.8, half_y - 0.8))
    ahead = 0.0 if rng.random() < 0.5 - 0.4 * spot[0] / half_x else math.pi
    turn = float(rng.uniform(*turns_rad)) * (1.0 if rng.random() < 0.5 else -1.0)
    return spot, ahead + turn


def _score(seen: Glimpse) -> float:
    """Rewards many things of many classes at all depths; fines what fills the picture, bare shell, and open sky."""
    rich = min(seen.things, 36) / 36 + 0.6 * min(seen.classes, 10) / 10
    spread = sum(w * min(share, 0.15) / 0.15 for w, share in zip(_BAND_WEIGHTS, seen.bands, strict=True))
    over = 3.0 * max(seen.largest_share - 0.33, 0.0) + 1.2 * max(seen.shell_share - 0.6, 0.0)
    return rich + spread - over - 2.0 * max(seen.open_share - 0.3, 0.0) - 4.0 * max(seen.near_share - 0.04, 0.0)
