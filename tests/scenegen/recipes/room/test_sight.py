"""The coarse sight test against rooms whose views are known."""

import math

import numpy as np
import pytest

from scenegen.recipes.lens import Extent
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import rectangle
from scenegen.recipes.room.sight import Interior, glimpse
from schemas.geometry import Vec3, look_along
from tests.catalogs import record_of

_SHAPE = rectangle(width_m=6.0, depth_m=4.0, height_m=2.6, wall_m=0.25, skirting_m=(0.015, 0.08))
_WIDE = Extent((math.tan(math.radians(35.0)), math.tan(math.radians(35.0))))


def _box(position_m: Vec3, size_m: Vec3, yaw_rad: float = 0.0) -> Piece:
    record = record_of("test/box", class_name="cabinet", size_m=size_m)
    return Piece(record, position_m, yaw_rad)


def _interior(*pieces: Piece) -> Interior:
    return Interior((_SHAPE,), pieces, pieces)


def test_an_empty_room_shows_its_walls() -> None:
    seen = glimpse(_interior(), look_along((-2.0, 0.0, 1.3), 0.0, 0.0), _WIDE)
    assert seen.furniture == 0
    assert seen.near_share == 0.0
    assert 5.0 < seen.farthest_wall_m < 5.6


def test_a_box_before_the_lens_is_near_and_large() -> None:
    seen = glimpse(_interior(_box((-1.0, 0.0, 0.8), (0.2, 1.0, 1.0))), look_along((-1.5, 0.0, 1.3), 0.0, 0.0), _WIDE)
    assert seen.furniture == 1
    assert seen.near_share > 0.5
    assert seen.largest_share > 0.7


def test_what_is_behind_the_camera_or_hidden_is_not_seen() -> None:
    screen = _box((0.0, 0.0, 0.0), (0.2, 3.9, 2.5))
    hidden, behind = _box((2.0, 0.0, 0.0), (0.5, 0.5, 0.5)), _box((-2.6, 0.0, 0.0), (0.5, 0.5, 2.0))
    assert glimpse(_interior(screen, hidden, behind), look_along((-2.0, 0.0, 1.3), 0.0, 0.0), _WIDE).furniture == 1


@pytest.mark.parametrize("yaw_rad", [0.0, 0.4, 1.3, -2.2])
@pytest.mark.parametrize("heading_rad", [0.0, 0.06, 0.11])
def test_distance_to_a_turned_box_is_where_a_marching_point_enters_it(yaw_rad: float, heading_rad: float) -> None:
    box = _box((0.5, 0.1, 0.9), (0.9, 0.4, 0.8), yaw_rad)
    seen = glimpse(_interior(box), look_along((-2.0, 0.0, 1.3), heading_rad, 0.0), Extent((1e-6, 1e-6)))
    steps_m = np.arange(0.0, 6.0, 1e-3)
    c, s = math.cos(yaw_rad), math.sin(yaw_rad)
    x, y = -2.5 + steps_m * math.cos(heading_rad), -0.1 + steps_m * math.sin(heading_rad)
    inside = (np.abs(c * x + s * y) < 0.45) & (np.abs(c * y - s * x) < 0.2)
    assert inside.any()
    assert seen.mean_m == pytest.approx(steps_m[inside.argmax()], abs=2e-3)


def test_distances_are_those_of_the_planes() -> None:
    narrow = Extent((1e-6, 1e-6))
    seen = glimpse(_interior(_box((1.0, 0.0, 1.0), (0.4, 0.4, 0.6))), look_along((-2.0, 0.0, 1.3), 0.0, 0.0), narrow)
    assert seen.mean_m == pytest.approx(2.8, abs=1e-4)
    assert glimpse(_interior(), look_along((0.0, 0.0, 1.3), 0.0, -math.pi / 2 + 1e-9), narrow).mean_m == pytest.approx(
        1.3
    )
