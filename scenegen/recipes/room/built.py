"""Built in: what stands flush with a wall and is made of planned boxes: counters, cupboards, tubs, racks.

A unit's own axes: x along the wall as one sees it, from its middle; d out of the wall; z up from the floor.
Its elements are things of their own, for they differ in class and surface.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.record import SupportSurface
from scenegen.recipes.room.layout import Layout, overlaps_any
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.shape import Span, Wall
from schemas.geometry import Vec3
from schemas.scene_plan import Box
from schemas.surface import Surface

_SLICE_M = 0.05


@dataclass(frozen=True)
class Block:
    """A box in a unit's own axes."""

    x_m: Span
    d_m: Span
    z_m: Span


@dataclass(frozen=True)
class Element:
    """One thing of a unit."""

    class_name: str
    label: str
    blocks: tuple[Block, ...]
    surface: Surface
    rests: tuple[Block, ...] = ()
    """Free places on top of it: things stand on their tops."""


def block(x_m: Span, d_m: Span, z_m: Span) -> Block:
    """Returns a box in a unit's own axes."""
    return Block(x_m, d_m, z_m)


def front(x_m: Span, d_m: float, z_m: Span, thick_m: float = 0.018) -> Block:
    """Returns the leaf of a cupboard or drawer before `d_m`, with a narrow gap all around."""
    return Block((x_m[0] + 0.002, x_m[1] - 0.002), (d_m, d_m + thick_m), (z_m[0] + 0.002, z_m[1] - 0.002))


def hollow(x_m: Span, d_m: Span, z_m: Span, thick_m: float) -> tuple[Block, ...]:
    """Returns bottom and sides of a vessel that is open on top."""
    (x0, x1), (d0, d1) = x_m, d_m
    sides_z = (z_m[0] + thick_m, z_m[1])
    return (
        Block(x_m, d_m, (z_m[0], z_m[0] + thick_m)),
        Block((x0, x0 + thick_m), d_m, sides_z),
        Block((x1 - thick_m, x1), d_m, sides_z),
        Block((x0 + thick_m, x1 - thick_m), (d0, d0 + thick_m), sides_z),
        Block((x0 + thick_m, x1 - thick_m), (d1 - thick_m, d1), sides_z),
    )


def around(x_m: Span, d_m: Span, hole: Block, z_m: Span) -> tuple[Block, ...]:
    """Returns a slab around a hole, of up to four boxes."""
    blocks = (
        Block((x_m[0], hole.x_m[0]), d_m, z_m),
        Block((hole.x_m[1], x_m[1]), d_m, z_m),
        Block(hole.x_m, (d_m[0], hole.d_m[0]), z_m),
        Block(hole.x_m, (hole.d_m[1], d_m[1]), z_m),
    )
    return tuple(each for each in blocks if min(np.ptp(each.x_m), np.ptp(each.d_m)) > 0.001)


def built(wall: Wall, along_m: float, elements: Iterable[Element]) -> list[Piece]:
    """Returns a unit's elements at a wall, its middle at `along_m`."""
    return [_piece(wall, along_m, element) for element in elements]


def _piece(wall: Wall, along_m: float, element: Element) -> Piece:
    low = [min(getattr(each, axis)[0] for each in element.blocks) for axis in ("x_m", "d_m", "z_m")]
    high = [max(getattr(each, axis)[1] for each in element.blocks) for axis in ("x_m", "d_m", "z_m")]
    x, d, z = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]
    boxes = tuple(_box(each, (x, d, z)) for each in element.blocks)
    rests = tuple(_support(each, (x, d, z)) for each in element.rests)
    size_m: Vec3 = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    made = Made(element.class_name, element.label, boxes, element.surface, size_m, rests)
    return Piece(made, (*wall.point_m(along_m - x, d), z), wall.yaw_rad)


def _box(part: Block, origin: Vec3) -> Box:
    x, d, z = (sum(span) / 2 for span in (part.x_m, part.d_m, part.z_m))
    size_m = (part.x_m[1] - part.x_m[0], part.d_m[1] - part.d_m[0], part.z_m[1] - part.z_m[0])
    return Box(center_m=(x - origin[0], origin[1] - d, z - origin[2]), size_m=size_m)


def _support(part: Block, origin: Vec3) -> SupportSurface:
    box = _box(part, origin)
    return SupportSurface(
        center_m=box.center_m[:2], size_m=box.size_m[:2], height_m=box.center_m[2] + box.size_m[2] / 2
    )


def fitted(layout: Layout, pieces: Sequence[Piece], front_clear_m: float = 0.0) -> Layout | None:
    """Returns the layout with a unit, or nothing where one of its elements has no place; the first wants free floor.

    Elements may touch the skirting, and one another as they like.
    """
    first = pieces[0].wanting(front_clear_m)
    clearance = first.clearance()
    solids = [piece.solid for piece in pieces]
    others = (*layout.kept_free, *layout.clearances, *(piece.solid for piece in layout.pieces))
    if not all(layout.shape.holds(solid, 0.0) and not overlaps_any(solid, others) for solid in solids):
        return None
    if clearance is not None and overlaps_any(clearance, [piece.solid for piece in layout.pieces]):
        return None
    return layout.with_pieces((first, *pieces[1:]))


def free_spans(layout: Layout, wall: Wall, deep_m: float, z_m: Span) -> list[Span]:
    """Returns the stretches of a wall before which nothing is in the way, the longest first."""
    others = (*layout.kept_free, *layout.clearances, *(piece.solid for piece in layout.pieces))
    edges = np.arange(wall.skirting_m + 0.004, wall.length_m - wall.skirting_m - 0.004 - _SLICE_M, _SLICE_M)
    spans: list[Span] = []
    for low in edges:
        high = float(low) + _SLICE_M
        solid = wall.solid((float(low), high), (0.0, deep_m), z_m)
        if not layout.shape.holds(replace(solid, bottom_m=0.0), 0.0) or overlaps_any(solid, others):
            continue
        if spans and abs(spans[-1][1] - low) < 1e-6:
            spans[-1] = (spans[-1][0], high)
        else:
            spans.append((float(low), high))
    return sorted(spans, key=lambda span: span[0] - span[1])
