"""Shell: floor, ceiling, walls, skirting and cornice, as boxes in world axes.

The boxes of a wall tile it around its openings: neighbours touch, none overlap. The south and north walls run through
the corners, the east and west walls fit between them.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.shape import Opening, Shape, Span, Wall
from schemas.scene_plan import Box
from schemas.surface import Surface

ARCHITRAVE_M = (0.018, 0.07)
"""How far a door's architrave stands out, and how wide it is."""
_SLAB_M = 0.25
_WALL_NAMES = ("south", "east", "north", "west")


def plan_shell(rng: np.random.Generator, shape: Shape, palette: Palette) -> list[Piece]:
    """Returns the pieces that close the room."""
    walls = [
        fixed("wall", f"{_WALL_NAMES[wall.index]} wall", wall_boxes(shape, wall), palette.walls[wall.index])
        for wall in shape.walls
    ]
    skirting = fixed("skirting", "skirting board", _skirting(shape), palette.trim)
    ceiling = fixed("ceiling", "ceiling", [_slab(shape, shape.height_m)], palette.ceiling)
    pieces = [_floor(rng, shape, palette.floor), ceiling, *walls, skirting]
    if rng.random() < 0.4:
        pieces.append(fixed("ceiling", "cornice", _cornice(rng, shape), palette.ceiling))
    return pieces


def fixed(class_name: str, label: str, boxes: Iterable[Box], surface: Surface) -> Piece:
    """Returns a piece of boxes given in world axes."""
    return Piece(Made(class_name, label, tuple(boxes), surface), (0.0, 0.0, 0.0))


def _floor(rng: np.random.Generator, shape: Shape, surface: Surface) -> Piece:
    """Planks run along the object's x: the slab is turned so that they follow the room or cross it."""
    slab = _slab(shape, -_SLAB_M)
    (x, y, z), turned = slab.size_m, rng.random() < 0.5
    box = Box(center_m=slab.center_m, size_m=(y, x, z) if turned else (x, y, z))
    made = Made("floor", "floor", (box,), surface)
    return Piece(made, (0.0, 0.0, 0.0), np.pi / 2 if turned else 0.0)


def _slab(shape: Shape, bottom_m: float) -> Box:
    x, y = shape.width_m + 2 * shape.wall_m, shape.depth_m + 2 * shape.wall_m
    return Box(center_m=(0.0, 0.0, bottom_m + _SLAB_M / 2), size_m=(x, y, _SLAB_M))


def wall_boxes(shape: Shape, wall: Wall) -> list[Box]:
    """Returns the boxes of one wall around its openings."""
    beyond_m = shape.wall_m if wall.index % 2 == 0 else 0.0
    thickness: Span = (-shape.wall_m, 0.0)
    boxes: list[Box] = []
    start_m = -beyond_m
    for opening in _on(shape.openings, wall):
        boxes.append(wall.box((start_m, opening.along_m[0]), thickness, (0.0, shape.height_m)))
        boxes.append(wall.box(opening.along_m, thickness, (opening.z_m[1], shape.height_m)))
        if opening.z_m[0] > 0:
            boxes.append(wall.box(opening.along_m, thickness, (0.0, opening.z_m[0])))
        start_m = opening.along_m[1]
    return [*boxes, wall.box((start_m, wall.length_m + beyond_m), thickness, (0.0, shape.height_m))]


def _on(openings: Sequence[Opening], wall: Wall) -> list[Opening]:
    return sorted((opening for opening in openings if opening.wall == wall), key=lambda opening: opening.along_m)


def _skirting(shape: Shape) -> list[Box]:
    """Boards along all walls, with gaps at the door and its architrave."""
    thick_m, high_m = shape.skirting_m
    boxes = []
    for wall in shape.walls:
        trimmed_m = thick_m if wall.index % 2 else 0.0
        ends = [trimmed_m]
        for door in (opening for opening in _on(shape.openings, wall) if opening.kind == "door"):
            ends += [door.along_m[0] - ARCHITRAVE_M[1], door.along_m[1] + ARCHITRAVE_M[1]]
        ends.append(wall.length_m - trimmed_m)
        spans = zip(ends[::2], ends[1::2], strict=True)
        boxes += [wall.box(span, (0.0, thick_m), (0.0, high_m)) for span in spans if span[1] - span[0] > 0.01]
    return boxes


def _cornice(rng: np.random.Generator, shape: Shape) -> list[Box]:
    deep_m, high_m = uniform(rng, 0.04, 0.07), uniform(rng, 0.04, 0.07)
    z_m = (shape.height_m - high_m, shape.height_m)
    boxes = []
    for wall in shape.walls:
        trimmed_m = deep_m if wall.index % 2 else 0.0
        boxes.append(wall.box((trimmed_m, wall.length_m - trimmed_m), (0.0, deep_m), z_m))
    return boxes
