"""Shell: floor, ceiling, walls, skirting and cornice, as boxes in world axes.

The boxes of a wall tile it around its openings: neighbours touch, none overlap. Walls along x run through the corners,
those along y fit between them; where a corner stands out into the room, it is the other way round for boards.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.shape import Opening, Shape, Span, Wall
from schemas.scene_plan import Box
from schemas.surface import Surface

ARCHITRAVE_M = (0.018, 0.07)
"""How far a door's architrave stands out, and how wide it is."""
_SLAB_M = 0.25
_WITHOUT_CORNICE: tuple[Place, ...] = ("kitchen", "bath")


def plan_shell(rng: np.random.Generator, shape: Shape, palette: Palette) -> list[Piece]:
    """Returns the pieces that close the room."""
    walls = [
        fixed("wall", f"{wall.side} wall", wall_boxes(shape, wall), surface)
        for wall, surface in zip(shape.walls, palette.walls, strict=True)
    ]
    skirting = fixed("skirting", "skirting board", _skirting(shape), palette.trim)
    ceiling = fixed("ceiling", "ceiling", _slabs(shape, shape.height_m), palette.ceiling)
    pieces = [_floor(rng, shape, palette.floor), ceiling, *walls, skirting]
    if rng.random() < 0.4 and palette.place not in _WITHOUT_CORNICE:
        pieces.append(fixed("ceiling", "cornice", _cornice(rng, shape), palette.ceiling))
    return pieces


def fixed(class_name: str, label: str, boxes: Iterable[Box], surface: Surface) -> Piece:
    """Returns a piece of boxes given in world axes."""
    return Piece(Made(class_name, label, tuple(boxes), surface), (0.0, 0.0, 0.0))


def _floor(rng: np.random.Generator, shape: Shape, surface: Surface) -> Piece:
    """Planks run along the object's x: the slabs are turned so that they follow the room or cross it."""
    slabs, turned = _slabs(shape, -_SLAB_M), rng.random() < 0.5
    if not turned:
        return fixed("floor", "floor", slabs, surface)
    boxes = [
        Box(
            center_m=(slab.center_m[1], -slab.center_m[0], slab.center_m[2]),
            size_m=(slab.size_m[1], slab.size_m[0], slab.size_m[2]),
        )
        for slab in slabs
    ]
    return Piece(Made("floor", "floor", tuple(boxes), surface), (0.0, 0.0, 0.0), np.pi / 2)


def _slabs(shape: Shape, bottom_m: float) -> list[Box]:
    """Returns slabs under or over the room and its walls."""
    return [
        Box(center_m=(*part.middle_m, bottom_m + _SLAB_M / 2), size_m=(*part.size_m, _SLAB_M))
        for part in shape.outer_parts()
    ]


def wall_boxes(shape: Shape, wall: Wall) -> list[Box]:
    """Returns the boxes of one wall around its openings."""
    thickness: Span = (-wall.thick_m, 0.0)
    boxes: list[Box] = []
    start_m, end_m = _ends(shape, wall)
    for opening in _on(shape.openings, wall):
        boxes.append(wall.box((start_m, opening.along_m[0]), thickness, (0.0, shape.height_m)))
        boxes.append(wall.box(opening.along_m, thickness, (opening.z_m[1], shape.height_m)))
        if opening.z_m[0] > 0:
            boxes.append(wall.box(opening.along_m, thickness, (0.0, opening.z_m[0])))
        start_m = opening.along_m[1]
    return [*boxes, wall.box((start_m, end_m), thickness, (0.0, shape.height_m))]


def _ends(shape: Shape, wall: Wall) -> Span:
    """Returns where a wall begins and ends: one along x beyond the corners, one along y short of jutting ones."""
    count = len(shape.walls)
    before, after = shape.walls[wall.index - 1], shape.walls[(wall.index + 1) % count]
    if wall.index % 2 == 0:
        return -before.thick_m * (not wall.juts[0]), wall.length_m + after.thick_m * (not wall.juts[1])
    return before.thick_m * wall.juts[0], wall.length_m - after.thick_m * wall.juts[1]


def _on(openings: Sequence[Opening], wall: Wall) -> list[Opening]:
    return sorted((opening for opening in openings if opening.wall == wall), key=lambda opening: opening.along_m)


def _skirting(shape: Shape) -> list[Box]:
    """Boards along all walls, with gaps at doors and their architraves."""
    thick_m, high_m = shape.skirting_m
    boxes = []
    for wall in shape.walls:
        start_m, end_m = _board(wall, thick_m)
        ends = [start_m]
        for door in (opening for opening in _on(shape.openings, wall) if opening.kind != "window"):
            ends += [door.along_m[0] - ARCHITRAVE_M[1], door.along_m[1] + ARCHITRAVE_M[1]]
        ends.append(end_m)
        spans = zip(ends[::2], ends[1::2], strict=True)
        boxes += [wall.box(span, (0.0, thick_m), (0.0, high_m)) for span in spans if span[1] - span[0] > 0.01]
    return boxes


def _board(wall: Wall, thick_m: float) -> Span:
    """Returns where a board at a wall begins and ends: those along x fill the corners, also around a jutting one."""
    if wall.index % 2 == 0:
        return -thick_m * wall.juts[0], wall.length_m + thick_m * wall.juts[1]
    start_m, end_m = (0.0 if juts else thick_m for juts in wall.juts)
    return start_m, wall.length_m - end_m


def _cornice(rng: np.random.Generator, shape: Shape) -> list[Box]:
    deep_m, high_m = uniform(rng, 0.04, 0.07), uniform(rng, 0.04, 0.07)
    z_m = (shape.height_m - high_m, shape.height_m)
    return [wall.box(_board(wall, deep_m), (0.0, deep_m), z_m) for wall in shape.walls]
