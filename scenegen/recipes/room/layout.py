"""Layout: what stands where in a room, as a value that grows by pieces that fit.

A piece fits when it lies within the room, off the skirting boards, overlaps no other piece and no space kept free, and
the space it wants before it is free too. Expected outcomes are values: what doesn't fit comes back as nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.piece import Piece, Thing
from scenegen.recipes.room.shape import Opening, Shape, Wall
from scenegen.recipes.solid import Solid, Vec2

SKIRTING_GAP_M = 0.01
_DOOR_SWING_M = 0.95
_WINDOW_FREE_M = 0.6
_SILL_BESIDE_M = 0.055
"""By which a window's sill is wider than the window, and a little more."""
_RUG_CLASSES = ("rug",)


@dataclass(frozen=True)
class Layout:
    """Pieces in a room."""

    shape: Shape
    kept_free: tuple[Solid, ...]
    """Door swing and the space before windows."""
    pieces: tuple[Piece, ...] = ()
    clearances: tuple[Solid, ...] = ()
    """What pieces want free before them."""

    def with_pieces(self, added: Iterable[Piece]) -> "Layout":
        """Returns the layout with more pieces, untested."""
        new = tuple(added)
        wanted = tuple(solid for piece in new if (solid := piece.clearance()) is not None)
        return replace(self, pieces=self.pieces + new, clearances=self.clearances + wanted)

    def asset_count(self) -> int:
        """Returns how many of the pieces come from the catalog."""
        return sum(isinstance(piece.thing, AssetRecord) for piece in self.pieces)

    def standing(self) -> tuple[Piece, ...]:
        """Returns the furniture on the floor, rugs left out."""
        return tuple(piece for piece in self.pieces if on_floor(piece))


def is_rug(piece: Piece) -> bool:
    """Tells whether other things may stand on it."""
    return piece.thing.class_name in _RUG_CLASSES


def on_floor(piece: Piece) -> bool:
    """Tells whether a piece is an asset that stands on the floor or on a rug, and is no rug."""
    return isinstance(piece.thing, AssetRecord) and piece.thing.placement == "floor" and not is_rug(piece)


def empty_layout(shape: Shape, curtains: Sequence[Piece]) -> Layout:
    """Returns a room that holds only its curtains, with the spaces that furniture leaves free."""
    windows = (_before_window(shape, window) for window in shape.windows)
    return Layout(shape, (*map(_door_swing, shape.doors), *windows), tuple(curtains))


def _door_swing(door: Opening) -> Solid:
    along_m = (door.along_m[0] - 0.1, door.along_m[1] + 0.1)
    return door.wall.solid(along_m, (0.0, _DOOR_SWING_M), (0.03, door.z_m[1]))


def _before_window(shape: Shape, window: Opening) -> Solid:
    along_m = (window.along_m[0] - _SILL_BESIDE_M, window.along_m[1] + _SILL_BESIDE_M)
    return window.wall.solid(along_m, (0.0, _WINDOW_FREE_M), (window.z_m[0], shape.height_m - 0.3))


def placed(layout: Layout, piece: Piece) -> Layout | None:
    """Returns the layout with a floor piece, lifted onto the rug that it stands on, or nothing if it doesn't fit."""
    return placed_all(layout, (piece,))


def placed_all(layout: Layout, pieces: Iterable[Piece]) -> Layout | None:
    """Returns the layout with all the floor pieces, or nothing if one doesn't fit. What they want free before them is
    held against earlier pieces only: the pieces of a group may stand in each other's way."""
    grown = layout
    for piece in pieces:
        lifted = on_rug(grown, piece)
        if not (_inside(layout, lifted) and _free(grown, layout, lifted)):
            return None
        grown = replace(grown, pieces=(*grown.pieces, lifted))
    return layout.with_pieces(grown.pieces[len(layout.pieces) :])


def on_rug(layout: Layout, piece: Piece) -> Piece:
    """Returns the piece standing on the rug that lies wholly under it, or as it was."""
    for rug in filter(is_rug, layout.pieces):
        if rug.solid.covers(piece.solid):
            x, y, _ = piece.position_m
            return replace(piece, position_m=(x, y, rug.solid.top_m), carrier=rug)
    return piece


def overlaps_any(solid: Solid, others: Iterable[Solid]) -> bool:
    """Tells whether a solid shares space with any of the others."""
    return any(solid.overlaps(other) for other in others)


def _inside(layout: Layout, piece: Piece) -> bool:
    inset_m = layout.shape.skirting_m[0] + SKIRTING_GAP_M
    clearance = piece.clearance()
    return layout.shape.holds(piece.solid, inset_m) and (clearance is None or layout.shape.holds(clearance, 0.0))


def _free(grown: Layout, before: Layout, piece: Piece) -> bool:
    """Tests against the pieces so far, but against the clearances of those before the group only."""
    if overlaps_any(piece.solid, grown.kept_free) or overlaps_any(piece.solid, before.clearances):
        return False
    if overlaps_any(piece.solid, (other.solid for other in grown.pieces)):
        return False
    clearance = piece.clearance()
    return clearance is None or not overlaps_any(clearance, (other.solid for other in before.pieces))


def against(wall: Wall, thing: Thing, along_m: float, gap_m: float, turn_rad: float = 0.0) -> Piece:
    """Returns a piece with its back to a wall: `gap_m` off the skirting at its nearest corner, turned by `turn_rad`."""
    yaw_rad = wall.yaw_rad + turn_rad
    nx, ny = wall.inward
    reach_m = -min(x * nx + y * ny for x, y in Piece(thing, (0.0, 0.0, 0.0), yaw_rad).solid.corners_m)
    x, y = wall.point_m(along_m, wall.skirting_m + gap_m + reach_m)
    return Piece(thing, (x, y, 0.0), yaw_rad)


def in_the_open(rng: np.random.Generator, shape: Shape, off: float) -> Vec2:
    """Returns a place off the middle of a part of the floor by up to a share of its sides; mostly the largest part."""
    areas = np.array([part.area_m2 for part in shape.parts])
    part = shape.parts[int(rng.choice(len(areas), p=areas**2 / (areas**2).sum()))]
    (x, y), (width_m, depth_m) = part.middle_m, part.size_m
    return x + uniform(rng, -off, off) * width_m, y + uniform(rng, -off, off) * depth_m
