"""Openings: where a room's door and windows are, and the measures of the room itself."""

import numpy as np

from scenegen.recipes.draws import drawn_within, uniform
from scenegen.recipes.room.shape import Opening, Shape, Wall
from schemas.recipe_specs import RoomSpec

_SHORTEST_WINDOW_WALL_M = 2.4


def plan_shape(rng: np.random.Generator, spec: RoomSpec) -> Shape:
    """Returns a room without openings."""
    return Shape(
        width_m=drawn_within(rng, spec.width_m),
        depth_m=drawn_within(rng, spec.depth_m),
        height_m=drawn_within(rng, spec.height_m),
        wall_m=uniform(rng, 0.22, 0.32),
        skirting_m=(uniform(rng, 0.012, 0.02), uniform(rng, 0.06, 0.1)),
    )


def plan_openings(rng: np.random.Generator, shape: Shape) -> tuple[Opening, ...]:
    """Returns a door, and one or two windows in other walls; the first window is the main one."""
    walls = [shape.walls[index] for index in rng.permutation(4)]
    door = _door(rng, shape, walls[0])
    wide = [wall for wall in walls[1:] if wall.length_m >= _SHORTEST_WINDOW_WALL_M] or walls[1:2]
    count = 2 if shape.area_m2 > 15.0 and rng.random() < 0.45 else 1
    return (door, *(_window(rng, shape, wall) for wall in wide[:count]))


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


def _window(rng: np.random.Generator, shape: Shape, wall: Wall) -> Opening:
    width_m = min(uniform(rng, 1.1, 2.3), wall.length_m - 0.9)
    spare_m = wall.length_m - width_m - 0.7
    start_m = 0.35 + spare_m * uniform(rng, 0.2, 0.8)
    sill_m = uniform(rng, 0.76, 0.98) if rng.random() < 0.8 else uniform(rng, 0.35, 0.6)
    head_m = min(uniform(rng, 2.05, 2.3), shape.height_m - 0.25)
    return Opening("window", wall, (start_m, start_m + width_m), (sill_m, head_m))
