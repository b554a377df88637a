"""Supports lie on the mesh, where there is room above them."""

import pytest

from assets_catalog.ingest.supports import measured_supports
from assets_catalog.mesh import AssetMesh, MeshPart
from tests.assets_catalog.meshes import box_part, sphere_part, table


def test_a_table_carries_things_on_its_top() -> None:
    (top,) = measured_supports(table(), None)
    assert top.height_m == pytest.approx(0.75, abs=1e-4)
    assert top.center_m == pytest.approx((0, 0), abs=1e-3)
    assert 1.14 <= top.size_m[0] <= 1.2
    assert 0.74 <= top.size_m[1] <= 0.8


def test_what_stands_on_it_takes_its_room() -> None:
    hutch = box_part((-0.6, 0.1, 0.75), (0.6, 0.4, 1.6))
    (top,) = measured_supports(AssetMesh((*table().parts, hutch)), None)
    assert top.center_m[1] + top.size_m[1] / 2 <= 0.1
    assert top.height_m == pytest.approx(0.75, abs=1e-4)


def test_boards_with_little_room_above_them_are_left_out() -> None:
    boards = tuple(box_part((-0.4, -0.15, z), (0.4, 0.15, z + 0.02)) for z in (0.0, 0.35, 0.7, 1.05, 1.38))
    (top,) = measured_supports(AssetMesh(boards), None)
    assert top.height_m == pytest.approx(1.4, abs=1e-4)


def test_a_desk_with_two_levels_has_two_the_stated_one_first() -> None:
    desk = (box_part((-0.8, -0.4, 0.7), (0.2, 0.4, 0.74)), box_part((0.2, -0.4, 0.0), (0.8, 0.4, 1.05)))
    assert [support.height_m for support in measured_supports(AssetMesh(desk), None)] == pytest.approx([1.05, 0.74])
    assert [support.height_m for support in measured_supports(AssetMesh(desk), 0.74)] == pytest.approx([0.74, 1.05])


def test_a_stated_level_where_nothing_is_carries_nothing() -> None:
    assert [support.height_m for support in measured_supports(table(), 0.5)] == pytest.approx([0.75])


@pytest.mark.parametrize(
    "part",
    [
        box_part((-0.5, -0.5, 0.0), (0.5, 0.5, 1.6)),
        box_part((-0.5, -0.5, 0.0), (0.5, 0.5, 0.1)),
        box_part((-0.05, -0.05, 0.0), (0.05, 0.05, 0.7)),
        sphere_part(16),
    ],
    ids=["too high", "too low", "too small", "round"],
)
def test_what_is_no_place_to_put_things_carries_nothing(part: MeshPart) -> None:
    assert measured_supports(AssetMesh((part,)), None) == ()


def test_a_very_large_model_is_measured_more_coarsely() -> None:
    (top,) = measured_supports(AssetMesh((box_part((-40, -30, 0), (40, 30, 1)),)), None)
    assert top.size_m[0] == pytest.approx(149 * 80 / 150, abs=1e-3)
