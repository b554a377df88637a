"""Openings: where a room's doors and windows are, by what the room is for."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import drawn_within, uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.shape import Opening, Shape, Span, Wall, rectangle
from schemas.recipe_specs import RoomSpec

_SHORTEST_WINDOW_WALL_M = 2.4
_NARROWEST_DOOR_WALL_M = 1.25


@dataclass(frozen=True)
class Glazing:
    """How large the windows of a place are."""

    width_m: Span
    sill_m: Span
    low_sill_share: float = 0.2
    """Of windows that reach further down."""


_USUAL = Glazing((1.1, 2.3), (0.76, 0.98))
_GLAZINGS: Mapping[Place, Glazing] = {
    "kitchen": Glazing((0.9, 1.7), (1.05, 1.2), 0.0),
    "bath": Glazing((0.5, 1.0), (1.2, 1.5), 0.0),
    "corridor": Glazing((0.6, 1.1), (0.8, 1.1)),
}


def plan_shape(rng: np.random.Generator, spec: RoomSpec) -> Shape:
    """Returns a room of four walls without openings."""
    return rectangle(
        width_m=drawn_within(rng, spec.width_m),
        depth_m=drawn_within(rng, spec.depth_m),
        height_m=drawn_within(rng, spec.height_m),
        wall_m=uniform(rng, 0.22, 0.32),
        skirting_m=(uniform(rng, 0.012, 0.02), uniform(rng, 0.06, 0.1)),
    )


def plan_openings(rng: np.random.Generator, shape: Shape, place: Place = "living") -> tuple[Opening, ...]:
    """Returns a door, but where there is a passage, and one or two windows in other walls; the first is the main one.

    Doors of a corridor are along its sides. Adds to the passages that the room has already.
    """
    free = [shape.walls[index] for index in rng.permutation(len(shape.walls)) if index != shape.shared]
    if place == "corridor":
        return (*shape.openings, *_of_corridor(rng, shape, sorted(free, key=lambda wall: -wall.length_m)))
    doors: tuple[Opening, ...] = ()
    if not shape.openings or rng.random() < 0.7:
        entrance = next(wall for wall in free if wall.length_m > _NARROWEST_DOOR_WALL_M)
        doors, free = (_door(rng, shape, entrance),), [wall for wall in free if wall is not entrance]
    wide = sorted(free, key=lambda wall: wall.length_m < _SHORTEST_WINDOW_WALL_M)
    count = 2 if shape.area_m2 > 15.0 and rng.random() < 0.45 else 1
    windows = [wall for wall in wide[:count] if wall is wide[0] or wall.length_m >= _SHORTEST_WINDOW_WALL_M]
    return (*shape.openings, *doors, *(_window(rng, shape, wall, place) for wall in windows))


def _of_corridor(rng: np.random.Generator, shape: Shape, walls: list[Wall]) -> list[Opening]:
    """Returns doors along the long walls, 1.2 to 2.4 m from one to the next, and a window at an end."""
    doors: list[Opening] = []
    for wall in walls[:2]:
        along_m = uniform(rng, 0.25, 0.9)
        height_m = min(uniform(rng, 1.99, 2.12), shape.height_m - 0.2)
        while along_m + 1.2 < wall.length_m:
            width_m = uniform(rng, 0.8, 0.9)
            if rng.random() < 0.65 or not doors:
                doors.append(Opening("door", wall, (along_m, along_m + width_m), (0.0, height_m)))
            along_m += width_m + uniform(rng, 0.6, 1.6)
    return [*doors, _window(rng, shape, walls[-1], "corridor")]


def _door(rng: np.random.Generator, shape: Shape, wall: Wall) -> Opening:
    """A door stands near a corner more often than in the middle, but leaves room for its architrave."""
    width_m = min(uniform(rng, 0.8, 0.94), 0.6 * wall.length_m)
    spare_m = wall.length_m - width_m - 0.3
    offset_m = 0.15 + (uniform(rng, 0.0, 0.3) if rng.random() < 0.7 else uniform(rng, 0.0, spare_m))
    start_m = min(offset_m, 0.15 + max(spare_m, 0.0))
    if rng.random() < 0.5:
        start_m = wall.length_m - start_m - width_m
    height_m = min(uniform(rng, 1.99, 2.12), shape.height_m - 0.2)
    return Opening("door", wall, (start_m, start_m + width_m), (0.0, height_m))


def _window(rng: np.random.Generator, shape: Shape, wall: Wall, place: Place) -> Opening:
    glazing = _GLAZINGS.get(place, _USUAL)
    margin_m = min(0.35, 0.2 * wall.length_m)
    width_m = min(uniform(rng, *glazing.width_m), wall.length_m - 2 * margin_m - 0.1)
    spare_m = wall.length_m - width_m - 2 * margin_m
    start_m = margin_m + spare_m * uniform(rng, 0.2, 0.8)
    low = rng.random() < glazing.low_sill_share
    sill_m = uniform(rng, 0.35, 0.6) if low else uniform(rng, *glazing.sill_m)
    head_m = min(uniform(rng, 2.05, 2.3), shape.height_m - 0.25)
    return Opening("window", wall, (start_m, start_m + width_m), (sill_m, max(head_m, sill_m + 0.45)))
