"""Cameras: views from inside the room, in free space, of as much furniture as possible and little else.

Many cameras are drawn, at doors, in corners, at walls and in the open; those in free space are judged by what they
see. A plan's views are those far from each other in place or heading, good ones first and the best of them in front;
then the others. Where the free space is small, several look from one spot: a plan always has all its views.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.choice import apart, chosen, of_size
from scenegen.recipes.draws import drawn_within, uniform
from scenegen.recipes.lens import Lens, SizePx, draw_lens
from scenegen.recipes.rigs import INDOORS, Rig, draw_rig
from scenegen.recipes.room.sight import Glimpse, Interior, glimpse
from schemas.geometry import Vec3, look_along
from schemas.run_spec import CameraSpec
from schemas.scene_plan import View

OFF_FURNITURE_M = 0.35
OFF_WALLS_M = 0.25
_APART_RAD = math.radians(35.0)
_APART_M = 0.8
_LEAST_FURNITURE = 5
_THROUGH = 0.4
"""Of the cameras of a room with a passage."""


@dataclass(frozen=True)
class Stand:
    """Where a camera could be, and what carries it."""

    spot: Vec3
    rig: Rig


@dataclass(frozen=True)
class Candidate:
    """A camera, and how good its view is."""

    position_m: Vec3
    rig: Rig
    heading_rad: float
    cam2world: Float64[np.ndarray, "4 4"]
    lens: Lens
    focus_m: Float64[np.ndarray, "n"]
    """Planar depths that could be sharp."""
    good: bool
    score: float


def plan_views(candidates: Sequence[Candidate], sizes_px: Sequence[SizePx], rigs: Sequence[Rig]) -> tuple[View, ...]:
    """Returns a view for each of the sizes and rigs, best first; there must be as many candidates.

    Who looks down from high up sees much, so that a view is the best of its own rig as well.
    """
    ranked = sorted(candidates, key=lambda candidate: (not candidate.good, -candidate.score))
    wishes = ([_of(size_px, rig), of_size(size_px)] for size_px, rig in zip(sizes_px, rigs, strict=True))
    return chosen(ranked, wishes, _apart)


def _of(size_px: SizePx, rig: Rig) -> Callable[[Candidate], bool]:
    return lambda candidate: candidate.rig == rig and candidate.lens.size_px == size_px


def distinct(candidates: Sequence[Candidate], count: int) -> list[Candidate]:
    """Returns the first good candidates that differ in heading or in place."""
    chosen: list[Candidate] = []
    for candidate in candidates:
        if len(chosen) < count and candidate.good and all(_apart(candidate, taken) for taken in chosen):
            chosen.append(candidate)
    return chosen


def _apart(one: Candidate, other: Candidate) -> bool:
    return apart(one, other, _APART_RAD, _APART_M)


def rigs_of_views(rng: np.random.Generator, interior: Interior, spec: CameraSpec, count: int) -> list[Rig]:
    """Returns what carries each of a room's views."""
    return [_rig(rng, interior, spec) for _ in range(count)]


def free_stands(
    rng: np.random.Generator, rigs: np.random.Generator, interior: Interior, spec: CameraSpec, count: int
) -> list[Stand]:
    """Returns up to `count` places in free space; at least one, if need be the middle of the room.

    `rigs` draws what carries the cameras.
    """
    stands = (_stand(rng, interior, _rig(rigs, interior, spec)) for _ in range(6 * count))
    free = list(islice((stand for stand in stands if in_free_space(interior, stand.spot)), count))
    return free or [_middle(interior, _rig(rigs, interior, spec))]


def _rig(rng: np.random.Generator, interior: Interior, spec: CameraSpec) -> Rig:
    return draw_rig(rng, spec, INDOORS).below(interior.height_m - OFF_WALLS_M)


def _middle(interior: Interior, rig: Rig) -> Stand:
    return Stand((*interior.shapes[0].middle_m, (rig.height_m.low + rig.height_m.high) / 2), rig)


def draw_candidates(
    rng: np.random.Generator,
    options: np.random.Generator,
    interior: Interior,
    spec: CameraSpec,
    stands: Iterable[Stand],
) -> list[Candidate]:
    """Returns a camera for each stand, judged; from one that comes twice is looked twice.

    `options` draws what is off by default, see `draw_lens`.
    """
    return [_judged(rng, options, interior, spec, stand) for stand in stands]


def _stand(rng: np.random.Generator, interior: Interior, rig: Rig) -> Stand:
    """Returns where a person might stand: in a corner, at a wall, in the door, anywhere."""
    areas = np.array([part.area_m2 for shape in interior.shapes for part in shape.parts])
    shape, part = [(shape, part) for shape in interior.shapes for part in shape.parts][
        int(rng.choice(len(areas), p=areas / areas.sum()))
    ]
    x_m, y_m = (max(side_m / 2 - OFF_WALLS_M - 0.01, 0.0) for side_m in part.size_m)
    x, y = uniform(rng, -x_m, x_m), uniform(rng, -y_m, y_m)
    draw = rng.random()
    if draw < 0.35:
        x, y = math.copysign(x_m - uniform(rng, 0.0, 0.6), x), math.copysign(y_m - uniform(rng, 0.0, 0.6), y)
    elif draw < 0.6:
        x, y = (math.copysign(x_m - uniform(rng, 0.0, 0.4), x), y) if rng.random() < 0.5 else (x, math.copysign(y_m, y))
    x, y = x + part.middle_m[0], y + part.middle_m[1]
    if 0.6 <= draw < 0.75:
        door = shape.doors[int(rng.integers(len(shape.doors)))]
        x, y = door.wall.point_m(uniform(rng, *door.along_m), uniform(rng, OFF_WALLS_M + 0.01, 0.9))
    return Stand((x, y, drawn_within(rng, rig.height_m)), rig)


def in_free_space(interior: Interior, spot: Vec3) -> bool:
    """Tells whether a camera keeps its distance from walls and from all boxes."""
    inside = any(shape.contains(spot[:2], OFF_WALLS_M) for shape in interior.shapes)
    return inside and all(piece.solid.distance_m(spot) >= OFF_FURNITURE_M for piece in interior.pieces)


def _judged(
    rng: np.random.Generator, options: np.random.Generator, interior: Interior, spec: CameraSpec, stand: Stand
) -> Candidate:
    spot, rig = stand.spot, stand.rig
    heading_rad = _heading(rng, interior, spot)
    pitch_rad, roll_rad = (math.radians(drawn_within(rng, interval)) for interval in (rig.pitch_deg, spec.roll_deg))
    lens = draw_lens(rng, options, spec)
    cam2world = look_along(spot, heading_rad, pitch_rad, roll_rad)
    seen = glimpse(interior, cam2world, lens.extent)
    good = _is_good(seen, interior)
    return Candidate(spot, rig, heading_rad, cam2world, lens, seen.focus_m, good, _score(seen))


def _heading(rng: np.random.Generator, interior: Interior, spot: Vec3) -> float:
    """Looks at a piece of its room that is not too near, at the far side or through a passage, give or take 17°."""
    shape = next((each for each in interior.shapes if each.contains(spot[:2])), interior.shapes[0])
    inside = (piece for piece in interior.furniture if shape.contains(piece.position_m[:2]))
    far = [piece for piece in inside if math.dist(piece.position_m[:2], spot[:2]) > 1.3]
    middle = shape.middle_m
    x, y = 1.5 * middle[0] - 0.5 * spot[0], 1.5 * middle[1] - 0.5 * spot[1]
    passages = [door for door in shape.doors if door.kind == "passage"]
    draw = rng.random()
    if passages and draw < _THROUGH:
        x, y = passages[0].wall.point_m(passages[0].middle_m, 0.0)
    elif far and draw < 0.65:
        x, y, _ = far[int(rng.integers(len(far)))].position_m
    return math.atan2(y - spot[1], x - spot[0]) + uniform(rng, -0.3, 0.3)


def _is_good(seen: Glimpse, interior: Interior) -> bool:
    enough = seen.furniture >= min(_LEAST_FURNITURE, len(interior.furniture))
    far_m = min(2.2, 0.6 * max(max(shape.bounds.size_m) for shape in interior.shapes))
    return enough and seen.near_share <= 0.08 and seen.farthest_wall_m > far_m and seen.largest_share <= 0.45


def _score(seen: Glimpse) -> float:
    """Rewards furniture, depth and the next room, less for more of them; fines what fills or crowds the picture."""
    rich, deep, beyond = min(seen.furniture, 10) / 10, min(seen.mean_m, 3.0) / 3, min(seen.beyond_share, 0.15) / 0.15
    return rich + 0.6 * deep + 0.5 * beyond - 2.0 * seen.near_share - 1.5 * max(seen.largest_share - 0.25, 0.0)
