"""Rooms: what a scene's rooms are for, and their outlines: a rectangle, an L, or two rooms with a doorway between them.

The first room lies around the origin; a second one lies east of it and has the other half of their common wall.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from scenegen.recipes.draws import drawn_within, one_of, uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.openings import plan_openings, plan_shape
from scenegen.recipes.room.shape import Opening, Part, Shape, Span, ell, rectangle
from schemas.errors import SpecError, did_you_mean
from schemas.ranges import Range
from schemas.recipe_specs import RoomSpec

SHAPES = ("rectangle", "ell", "joined")
PLACES: tuple[Place, ...] = ("living", "bed", "dining", "kitchen", "bath", "office", "corridor")
_BESIDE: Mapping[Place, Mapping[str, float]] = {
    "living": {"dining": 3.0, "kitchen": 3.0, "office": 1.0, "corridor": 1.0, "bed": 1.0},
    "bed": {"bath": 2.0, "corridor": 1.0, "office": 1.0, "living": 1.0},
    "dining": {"kitchen": 3.0, "living": 3.0},
    "kitchen": {"dining": 2.0, "living": 2.0, "corridor": 1.0},
    "bath": {"bed": 2.0, "corridor": 1.0},
    "office": {"living": 1.0, "corridor": 1.0, "office": 1.0},
    "corridor": {"living": 2.0, "bed": 1.0, "kitchen": 1.0, "office": 1.0},
}
"""What may lie behind a doorway."""
_SIDES: Mapping[Place, tuple[Range, Range]] = {
    "kitchen": (Range(low=2.6, high=4.6), Range(low=2.4, high=3.9)),
    "bath": (Range(low=2.2, high=3.6), Range(low=1.9, high=2.9)),
    "corridor": (Range(low=4.5, high=9.0), Range(low=1.3, high=2.1)),
}
"""Width and depth of places that have measures of their own; others have those of the spec."""
_LEAST_ELL_M = 3.3
_LEAST_ARM_M = 1.6
_GRAND = 1.2
"""An L is longer than a rectangle of its kind by this."""
_LEAF_SHARE = 0.5


@dataclass(frozen=True)
class Room:
    """One room, bare."""

    place: Place
    shape: Shape
    leaf: bool = False
    """Whether an open door leaf hangs in its passage and stands in it."""


def plan_rooms(
    rng: np.random.Generator, openings: np.random.Generator, spec: RoomSpec, furnished: Collection[str]
) -> tuple[Room, ...]:
    """Returns one room or two with their openings; the first of a kind that can be furnished, if one of the spec can.

    Raises SpecError for kinds and shapes that there aren't.
    """
    kinds = _known(spec.kinds, PLACES, "room.kinds")
    place = cast(Place, one_of(rng, {name: share for name, share in kinds.items() if name in furnished} or kinds))
    form = one_of(rng, _known(spec.shapes, SHAPES, "room.shapes"))
    first = _shape(rng, spec, place)
    alone = Room(place, _ell(rng, first) if form == "ell" and place != "corridor" else first)
    rooms = _joined(rng, spec, place, first) if form == "joined" else (alone,)
    return tuple(
        replace(room, shape=replace(room.shape, openings=plan_openings(openings, room.shape, room.place)))
        for room in rooms
    )


def _known(shares: Mapping[str, float], names: tuple[str, ...], key: str) -> Mapping[str, float]:
    for name in shares:
        if name not in names:
            allowed = ", ".join(names)
            raise SpecError([f"{key}: '{name}' is not one of {allowed}{did_you_mean(name, names)}"])
    return {name: shares[name] for name in names if name in shares} or dict.fromkeys(names, 1.0)


def _shape(rng: np.random.Generator, spec: RoomSpec, place: Place) -> Shape:
    drawn = plan_shape(rng, spec)
    if place not in _SIDES:
        return drawn
    sides = [drawn_within(rng, side) for side in _SIDES[place]]
    width_m, depth_m = sides if rng.random() < 0.5 else sides[::-1]
    return rectangle(width_m, depth_m, drawn.height_m, drawn.wall_m, drawn.skirting_m)


def _ell(rng: np.random.Generator, shape: Shape) -> Shape:
    """Returns an L, its largest part around the origin; small rooms stay as they are."""
    width_m, depth_m = (side_m * _GRAND for side_m in shape.bounds.size_m)
    if min(width_m, depth_m) < _LEAST_ELL_M:
        return shape
    off_x, off_y = (min(uniform(rng, 0.32, 0.55) * side_m, side_m - _LEAST_ARM_M) for side_m in (width_m, depth_m))
    x0, y0 = (0.0 if rng.random() < 0.5 else side_m - off_m for side_m, off_m in ((width_m, off_x), (depth_m, off_y)))
    bent = replace(shape, outline_m=ell(Part((0.0, 0.0), (width_m, depth_m)), Part((x0, y0), (x0 + off_x, y0 + off_y))))
    x, y = bent.middle_m
    return replace(bent, outline_m=tuple((corner[0] - x, corner[1] - y) for corner in bent.outline_m))


def _joined(rng: np.random.Generator, spec: RoomSpec, place: Place, first: Shape) -> tuple[Room, Room]:
    beside = cast(Place, one_of(rng, _BESIDE[place]))
    second = _shape(rng, spec, beside)
    width_m = uniform(rng, 0.8, 0.94) if (leaf := rng.random() < _LEAF_SHARE) else uniform(rng, 1.0, 1.9)
    height_m = min(uniform(rng, 1.99, 2.2), first.height_m - 0.2)
    width_m = min(width_m, first.depth_m - 0.7, second.depth_m - 0.7)
    (half_m, own_m), side_m = (first.depth_m / 2, second.depth_m / 2), 0.3 + width_m / 2
    middle_y = uniform(rng, -(half_m - side_m), half_m - side_m)
    shift_y = middle_y + uniform(rng, -(own_m - side_m), own_m - side_m)
    shift_x = (first.width_m + second.width_m) / 2 + first.wall_m
    second = Shape(
        tuple((x + shift_x, y + shift_y) for x, y in second.outline_m), first.height_m, first.wall_m, first.skirting_m
    )
    span = (middle_y - width_m / 2, middle_y + width_m / 2)
    return (
        Room(place, _with_passage(first, 1, span, height_m)),
        Room(beside, _with_passage(second, 3, span, height_m), leaf),
    )


def _with_passage(shape: Shape, index: int, span_y: Span, height_m: float) -> Shape:
    shared = replace(shape, shared=index)
    wall = shared.walls[index]
    low, high = sorted(wall.local_m((wall.start_m[0], y))[0] for y in span_y)
    return replace(shared, openings=(Opening("passage", wall, (low, high), (0.0, height_m)),))
