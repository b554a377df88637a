"""Tables: a desk with its chair, and a dining table with chairs around."""

import math
from dataclasses import replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.layout import Layout, against, in_the_open, overlaps_any, placed, placed_all
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.seating import before
from scenegen.recipes.room.stock import Stock, no_larger

_LEAST_TABLE_M = 0.75
_AROUND_TABLE_M = 0.55
"""Free floor around a table, for chairs and those who sit on them."""
_DESK_CHAIRS = ("office_chair", "chair", "armchair", "stool")


def working(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a desk at a wall or window and a chair that faces it, or nothing."""
    windows = [window.wall.index for window in layout.shape.windows]
    order = [int(index) for index in rng.permutation(len(layout.shape.walls))]
    if rng.random() < 0.5:
        order.sort(key=lambda index: index not in windows)
    for index in order:
        wall = layout.shape.walls[index]
        desk = stock.pick(rng, ("desk",), "floor", no_larger(0.6 * wall.length_m, 0.95, 1.5))
        chair = stock.pick(rng, _DESK_CHAIRS, "floor", no_larger(0.75, 0.75, 1.25))
        if desk is None or chair is None:
            return None
        for _ in range(8):
            along_m = uniform(rng, desk.size_m[0] / 2 + 0.05, wall.length_m - desk.size_m[0] / 2 - 0.05)
            table = against(wall, desk, along_m, uniform(rng, 0.01, 0.04), uniform(rng, -0.015, 0.015))
            grown = placed_all(layout, (table, _desk_chair(rng, table, chair)))
            if grown is not None:
                return grown
    return None


def _desk_chair(rng: np.random.Generator, desk: Piece, chair: AssetRecord) -> Piece:
    """The chair looks at the desk, a little askew, as it was left."""
    lateral_m = uniform(rng, -0.12, 0.12)
    return before(desk, chair, uniform(rng, 0.03, 0.2), lateral_m, math.pi + uniform(rng, -0.35, 0.35))


def dining(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a table near the middle and at least two chairs around it, or nothing."""
    long_m, short_m = sorted(layout.shape.parts[0].size_m, reverse=True)
    chair = stock.pick(rng, ("chair", "stool"), "floor", no_larger(0.62, 0.68, 1.15))
    for size in (1.0, 0.9, 0.8, 0.7):
        table = stock.pick(
            rng, ("dining_table",), "floor", no_larger(size * (long_m - 1.8), size * (short_m - 1.8), 0.95)
        )
        seats_two = table is not None and max(table.size_m[:2]) > _LEAST_TABLE_M
        grown = _with_table(rng, layout, table, chair) if table and chair and seats_two else None
        if grown is not None:
            return grown
    return None


def _with_table(rng: np.random.Generator, layout: Layout, table: AssetRecord, chair: AssetRecord) -> Layout | None:
    """Looks near the middle first, then farther out; keeps away from what stands already, and off its rugs."""
    for off in (0.09, 0.09, 0.15, 0.25, 0.25, 0.3, 0.3):
        piece = _table_in_room(rng, layout, table, off)
        width_m, depth_m = piece.solid.half_m
        around = replace(piece.solid, half_m=(width_m + _AROUND_TABLE_M, depth_m + _AROUND_TABLE_M))
        if overlaps_any(around, (other.solid for other in layout.pieces)):
            continue
        grown = placed(layout, piece)
        grown = _with_chairs(rng, grown, chair) if grown else None
        if grown is not None:
            return grown
    return None


def _table_in_room(rng: np.random.Generator, layout: Layout, table: AssetRecord, off: float) -> Piece:
    """Its long side follows the room's; off the centre by up to a share of the room."""
    x, y = in_the_open(rng, layout.shape, off)
    width_m, depth_m = layout.shape.parts[0].size_m
    lengthwise = (table.size_m[0] >= table.size_m[1]) == (width_m >= depth_m)
    yaw_rad = (0.0 if lengthwise else math.pi / 2) + uniform(rng, -0.05, 0.05)
    return Piece(table, (x, y, 0.0), yaw_rad)


def _with_chairs(rng: np.random.Generator, layout: Layout, chair: AssetRecord) -> Layout | None:
    """Seats people at the long sides first, then at the ends; each chair as it was left."""
    table = layout.pieces[-1]
    count = int(rng.integers(4, 7))
    seated = 0
    for side_rad, lateral_m in _seats(table, chair):
        grown = placed(layout, _seat(rng, table, chair, side_rad, lateral_m)) if seated < count else None
        if grown is not None:
            layout, seated = grown, seated + 1
    return layout if seated >= 2 else None


def _seats(table: Piece, chair: AssetRecord) -> list[tuple[float, float]]:
    """Returns the sides of the table as turns from its front, with places along each, opposite ones in a row."""
    width_m, depth_m, _ = table.thing.size_m
    lanes = {0.0: width_m, math.pi: width_m, math.pi / 2: depth_m, -math.pi / 2: depth_m}
    seats: list[tuple[float, float]] = []
    for side_rad, length_m in sorted(lanes.items(), key=lambda lane: -lane[1]):
        places = max(1, int(length_m // (chair.size_m[0] + 0.14)))
        step_m = length_m / places
        seats += [(side_rad, (place + 0.5) * step_m - length_m / 2) for place in range(places)]
    return seats


def _seat(rng: np.random.Generator, table: Piece, chair: AssetRecord, side_rad: float, lateral_m: float) -> Piece:
    """Most chairs are pushed near, some pulled out and turned."""
    out_m, turn_rad = uniform(rng, 0.03, 0.1), uniform(rng, -0.06, 0.06)
    if rng.random() < 0.25:
        out_m, turn_rad = uniform(rng, 0.15, 0.3), uniform(rng, -0.3, 0.3)
    across_m = table.thing.size_m[1 if side_rad in (0.0, math.pi) else 0]
    reach_m = across_m / 2 + out_m + chair.size_m[1] / 2
    c, s = math.cos(side_rad), math.sin(side_rad)
    x, y, _ = table.world_m((c * lateral_m + s * reach_m, s * lateral_m - c * reach_m, 0.0))
    return Piece(chair, (x, y, 0.0), table.yaw_rad + side_rad + math.pi + turn_rad)
