"""Arrange: furniture for one room, group by group, then single pieces along walls and in corners.

The aim is a number of pieces drawn from the spec and held down to what the floor can carry; every piece is tried at
several places and left out if none is free.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.kinds import KINDS, SMALL_EXTRAS, Extra, Group, Kind
from scenegen.recipes.room.layout import Layout, against, in_the_open, is_rug, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Piece, yaw_facing
from scenegen.recipes.room.seating import made_rug
from scenegen.recipes.room.shape import Wall
from scenegen.recipes.room.stock import Stock, no_larger
from schemas.ranges import IntRange

_PIECES_PER_M2 = (0.42, 0.75)
_LARGE_M2 = 17.0
_HEADROOM_M = 0.12
_WITH_RUGS: tuple[Place, ...] = ("living", "bed", "dining", "office")


@dataclass(frozen=True)
class Round:
    """One go at single pieces."""

    extras: Sequence[Extra]
    goal: int
    """Pieces in the room at which it ends."""
    tries: int
    spare: int = 0
    """How many more of a kind than usual may stand in the room."""


def furnish(rng: np.random.Generator, layout: Layout, stock: Stock, wanted: IntRange, place: Place) -> Layout:
    """Returns the layout with as many pieces as were drawn, or as many as found a place."""
    kind = KINDS[place]
    goal = _goal(rng, layout, wanted)
    for group in _groups(rng, kind, layout):
        grown = group(rng, layout, stock)
        if grown is not None and len(grown.standing()) <= goal and grown.asset_count() <= wanted.high:
            layout = grown
    elsewhere = layout.asset_count() - len(layout.standing())
    goal = min(goal, wanted.high - elsewhere)
    layout = _with_extras(rng, layout, stock, Round(kind.first, goal, tries=len(kind.first)))
    layout = _with_extras(rng, layout, stock, Round(kind.extras, goal, tries=3 * goal))
    layout = _with_extras(rng, layout, stock, Round(SMALL_EXTRAS, wanted.low, tries=40, spare=3))
    if not any(map(is_rug, layout.pieces)) and place in _WITH_RUGS and rng.random() < 0.6:
        layout = _rug_on_free_floor(rng, layout, stock.palette) or layout
    return layout


def _goal(rng: np.random.Generator, layout: Layout, wanted: IntRange) -> int:
    """Draws how many pieces shall stand in the room: neither crowded nor bare for its floor, where the range allows."""
    sparse, crowded = (round(each * layout.shape.area_m2) for each in _PIECES_PER_M2)
    low = min(max(wanted.low, sparse), wanted.high)
    return int(rng.integers(low, max(low, min(wanted.high, crowded)) + 1))


def _groups(rng: np.random.Generator, kind: Kind, layout: Layout) -> tuple[Group, ...]:
    """Returns the core group, and in a large room mostly a second one."""
    second = rng.random() < (0.75 if layout.shape.area_m2 > _LARGE_M2 else 0.2)
    return (kind.core, kind.also[int(rng.integers(len(kind.also)))]) if second else (kind.core,)


def _with_extras(rng: np.random.Generator, layout: Layout, stock: Stock, turn: Round) -> Layout:
    weights = np.array([extra.weight for extra in turn.extras])
    for _ in range(turn.tries):
        if len(layout.standing()) >= turn.goal:
            break
        extra = turn.extras[int(rng.choice(len(turn.extras), p=weights / weights.sum()))]
        if _count(layout, extra) < extra.at_most + turn.spare:
            layout = _with_extra(rng, layout, stock, extra) or layout
    return layout


def _count(layout: Layout, extra: Extra) -> int:
    return sum(piece.thing.class_name in extra.class_names for piece in layout.standing())


def _with_extra(rng: np.random.Generator, layout: Layout, stock: Stock, extra: Extra) -> Layout | None:
    width_m, depth_m, height_m = extra.largest_m
    headroom_m = layout.shape.height_m - _HEADROOM_M
    record = stock.pick(rng, extra.class_names, "floor", no_larger(width_m, depth_m, min(height_m, headroom_m)))
    if record is None:
        return None
    for _ in range(10):
        piece = (
            _at_wall(rng, layout, record, extra) if extra.manner == "wall" else _in_corner(rng, layout, record, extra)
        )
        grown = None if extra.manner != "wall" and _has_like_near(layout, piece) else placed(layout, piece)
        if grown is not None:
            return grown
    return None


def _has_like_near(layout: Layout, piece: Piece) -> bool:
    """Tells whether another of its class stands within arm's reach: plants and lamps are spread over a room."""
    like = (other for other in layout.standing() if other.thing.class_name == piece.thing.class_name)
    return any(math.dist(other.position_m, piece.position_m) < 1.2 for other in like)


def _rug_on_free_floor(rng: np.random.Generator, layout: Layout, palette: Palette) -> Layout | None:
    """Lays a rug somewhere near the middle, where nothing stands."""
    for size in np.linspace(1.0, 0.65, 10):
        rug = made_rug(rng, float(size) * uniform(rng, 1.6, 2.4), float(size) * uniform(rng, 1.1, 1.7), palette)
        x, y = in_the_open(rng, layout.shape, 0.2)
        yaw_rad = math.pi / 2 * int(rng.integers(2)) + uniform(rng, -0.06, 0.06)
        grown = placed(layout, Piece(rug, (x, y, 0.0), yaw_rad))
        if grown is not None:
            return grown
    return None


def _at_wall(rng: np.random.Generator, layout: Layout, record: AssetRecord, extra: Extra) -> Piece:
    """Returns a place with the back to a wall: close to one of its ends, or anywhere along it."""
    wall = layout.shape.walls[int(rng.integers(len(layout.shape.walls)))]
    half_m = record.size_m[0] / 2 + layout.shape.skirting_m[0] + 0.012
    spare_m = max(wall.length_m - 2 * half_m, 0.0)
    draw = rng.random()
    share_m = uniform(rng, 0.0, 0.06) if draw < 0.5 else uniform(rng, 0.0, spare_m)
    along_m = half_m + (share_m if draw >= 0.25 else spare_m - share_m)
    turn_rad = uniform(rng, -0.02, 0.02) if record.size_m[2] < 1.3 else 0.0
    return against(wall, record, along_m, uniform(rng, 0.01, 0.03), turn_rad).wanting(extra.front_clear_m)


def _in_corner(rng: np.random.Generator, layout: Layout, record: AssetRecord, extra: Extra) -> Piece:
    """Returns a place near a corner or near a wall; seats look into the room, all else stands as it was put down."""
    shape = layout.shape
    reach_m = math.hypot(*record.size_m[:2]) / 2 if extra.manner == "seat" else max(record.size_m[:2]) / 2
    wall = shape.walls[int(rng.integers(len(shape.walls)))]
    along_m, off_m = (reach_m + 0.03 + uniform(rng, 0.0, 0.15) for _ in range(2))
    if wall.juts[0] or rng.random() < 0.3:
        along_m = uniform(rng, reach_m + 0.03, wall.length_m - reach_m - 0.03)
    x, y = wall.point_m(along_m, off_m)
    inward = shape.middle_m[0] - x, shape.middle_m[1] - y
    yaw_rad = yaw_facing(inward) + uniform(rng, -0.35, 0.35) if extra.manner == "seat" else _upright(rng, wall)
    return Piece(record, (x, y, 0.0), yaw_rad)


def _upright(rng: np.random.Generator, wall: Wall) -> float:
    """Returns the yaw of a plant or lamp: roughly with its back to the wall, so that its box fits the corner."""
    return wall.yaw_rad + uniform(rng, -0.12, 0.12)
