"""The walkable floor of rooms that are easily reckoned."""

import pytest

from scenegen.recipes.room.layout import Layout, empty_layout
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.reach import reachable_share
from scenegen.recipes.room.shape import Opening, rectangle
from schemas.geometry import Vec3
from schemas.scene_plan import Box
from schemas.surface import Surface

_BARE = rectangle(width_m=4.0, depth_m=4.0, height_m=2.6, wall_m=0.25, skirting_m=(0.015, 0.08))


def _layout(*pieces: Piece) -> Layout:
    door = Opening("door", _BARE.walls[0], (0.3, 1.2), (0.0, 2.0))
    shape = rectangle(4.0, 4.0, 2.6, 0.25, (0.015, 0.08), (door,))
    return empty_layout(shape, ()).with_pieces(pieces)


def _block(position_m: Vec3, size_m: Vec3) -> Piece:
    box = Box(center_m=(0.0, 0.0, size_m[2] / 2), size_m=size_m)
    return Piece(Made("cabinet", "block", (box,), Surface(finish="wood", color=(0.5, 0.5, 0.5)), size_m), position_m)


def test_an_empty_room_can_be_walked_but_for_a_margin() -> None:
    assert reachable_share(_layout()) == pytest.approx((3.6 / 4.0) ** 2, abs=0.02)


def test_a_barrier_hides_what_is_behind() -> None:
    barrier = _block((0.0, 0.5, 0.0), (4.0, 0.4, 1.0))
    assert reachable_share(_layout(barrier)) < 0.5
    rug = _block((0.0, 0.5, 0.0), (4.0, 0.4, 0.01))
    lamp = _block((0.0, 0.5, 2.2), (4.0, 0.4, 0.3))
    assert reachable_share(_layout(rug)) == reachable_share(_layout(lamp)) == reachable_share(_layout())


def test_a_blocked_door_leaves_nothing() -> None:
    assert reachable_share(_layout(_block((-1.25, -1.5, 0.0), (1.4, 0.9, 1.0)))) == 0.0
