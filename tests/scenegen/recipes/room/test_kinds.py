"""What each kind and shape of room has, read back from the plans."""

from collections.abc import Callable

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import plan_scene
from schemas.errors import SpecError
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan, square
from tests.scenegen.recipes.room_read_back import Block, Room, area_m2_of, common_area_m2, read_back

Planned = Callable[[str, str, int], Room]


@pytest.fixture(scope="module")
def planned(builtin: Catalog) -> Planned:
    kept: dict[tuple[str, str, int], Room] = {}

    def plan(kind: str, shape: str, index: int) -> Room:
        if (kind, shape, index) not in kept:
            spec = RunSpec(catalog="builtin", room=RoomSpec(kinds={kind: 1.0}, shapes={shape: 1.0}))
            kept[kind, shape, index] = read_back(plan_scene(spec, index, "train", builtin), builtin)
        return kept[kind, shape, index]

    return plan


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        ("kitchen", ("kitchen_cabinet", "kitchen_sink", "faucet", "cooktop", "oven", "kitchen_hood|wall_cabinet")),
        ("bath", ("bathtub|shower", "washbasin", "toilet", "mirror", "faucet|shower_head")),
        ("corridor", ("coat_hook|shoe_rack|console_table", "door")),
        ("living", ("sofa|armchair",)),
        ("bed", ("bed",)),
        ("office", ("desk",)),
        ("dining", ("dining_table", "chair|stool")),
    ],
)
def test_a_room_has_what_it_is_for(planned: Planned, kind: str, needed: tuple[str, ...]) -> None:
    for index in range(2):
        there = {each.class_name for each in planned(kind, "rectangle", index).plan.objects}
        for names in needed:
            assert there & set(names.split("|")), (index, names)


def test_a_corridor_has_doors_along_its_sides_and_is_long(planned: Planned) -> None:
    for index in range(2):
        room = planned("corridor", "rectangle", index)
        assert sum(each.label == "door" for each in room.plan.objects) >= 2
        (floor,) = room.floors
        sides = np.linalg.norm(np.diff(floor.corners_m[:3], axis=0), axis=1)
        assert sides.max() > 1.8 * sides.min()


def test_counters_are_along_a_wall_with_the_basin_in_a_hole_of_the_worktop(planned: Planned) -> None:
    for index in range(2):
        room = planned("kitchen", "rectangle", index)
        (sink,) = room.of_class("kitchen_sink")
        tops = [each for each in room.plan.objects if each.label == "worktop"]
        basin = room.blocks(sink)
        assert min(block.bottom_m for block in basin) < 0.8
        for top in tops:
            blocks = room.blocks(top)
            assert all(abs(block.top_m - 0.91) < 1e-6 for block in blocks)
            backs = [block.corners_m[2:].mean(axis=0) for block in blocks]
            fronts = [block.corners_m[:2].mean(axis=0) for block in blocks]
            assert any(
                not room.contains(back + 1e-3 * (back - front)) for back, front in zip(backs, fronts, strict=True)
            )
            for block in blocks:
                assert all(common_area_m2(block.corners_m, part.corners_m) < 1e-9 for part in basin)


@pytest.mark.parametrize("kind", ["living", "bed", "kitchen"])
def test_an_l_has_six_walls_and_lacks_a_corner(planned: Planned, kind: str) -> None:
    room = planned(kind, "ell", 1)
    walls = [each for each in room.of_class("wall") if each.label.endswith(" wall")]
    assert len(walls) == 6
    corners = np.concatenate([block.corners_m for block in room.floors])
    low, high = corners.min(axis=0), corners.max(axis=0)
    area_m2 = sum(area_m2_of(block.corners_m) for block in room.floors)
    assert 0.5 < area_m2 / np.prod(high - low) < 0.95


def test_rooms_are_closed_but_for_their_openings(planned: Planned) -> None:
    """Around each room, at head height above all openings, walls leave no gap; and boxes of walls share no space."""
    for shape in ("rectangle", "ell", "joined"):
        room = planned("living", shape, 1)
        walls = room.walls
        for number, one in enumerate(walls):
            for other in walls[number + 1 :]:
                if one.bottom_m < other.top_m - 1e-6 and other.bottom_m < one.top_m - 1e-6:
                    assert common_area_m2(one.corners_m, other.corners_m) < 1e-6
        for view in room.plan.views[:2]:
            eye = square(view.cam2world)[:2, 3]
            for angle in np.linspace(0, 2 * np.pi, 90, endpoint=False):
                ray = eye + np.linspace(0, 14, 1400)[:, None] * [np.cos(angle), np.sin(angle)]
                over = [wall for wall in walls if wall.top_m >= room.ceiling_m - 1e-6]
                assert any(_meets(wall, ray) for wall in over), (shape, angle)


def _meets(block: Block, points: np.ndarray) -> bool:
    low, high = block.corners_m.min(axis=0), block.corners_m.max(axis=0)
    return bool(np.all((points >= low) & (points <= high), axis=1).any())


def test_cameras_see_from_one_room_into_the_other(planned: Planned) -> None:
    seen = 0
    for index, kind in enumerate(("living", "kitchen", "bed", "dining")):
        room = planned(kind, "joined", index)
        assert len(room.floors) == 2
        seen += any(_sees_beyond(room, room.plan, number) for number in range(3))
    assert seen >= 3


def _sees_beyond(room: Room, plan: ScenePlan, view_index: int) -> bool:
    """Tells whether a thing of the other room is in the picture, and no wall is before its middle."""
    cam2world = square(plan.views[view_index].cam2world)
    tan = plan.views[view_index].width_px / 2 / plan.views[view_index].intrinsics[0]
    eye = cam2world[:3, 3]
    home = [_holds(floor, eye[:2]) for floor in room.floors]
    for thing in room.furniture():
        (block,) = room.blocks(thing)
        middle = np.array([*block.corners_m.mean(axis=0), (block.bottom_m + block.top_m) / 2])
        if [_holds(floor, middle[:2]) for floor in room.floors] == home:
            continue
        x, y, z = cam2world[:3, :3].T @ (middle - eye)
        if z <= 0 or max(abs(x), abs(y)) > tan * z:
            continue
        way = eye + np.linspace(0, 1, 400)[:, None] * (middle - eye)
        if not any(_is_in(wall, way) for wall in room.walls):
            return True
    return False


def _holds(block: Block, point_m: np.ndarray) -> bool:
    return _meets(block, point_m[None, :])


def _is_in(block: Block, points: np.ndarray) -> bool:
    high_enough = points[(points[:, 2] > block.bottom_m) & (points[:, 2] < block.top_m)]
    return bool(len(high_enough)) and _meets(block, high_enough[:, :2])


def test_the_passage_can_be_walked_through_and_both_sides_are_furnished(planned: Planned) -> None:
    for index, kind in enumerate(("living", "dining")):
        room = planned(kind, "joined", index)
        (sill,) = (each for each in room.plan.objects if each.label == "threshold")
        (block,) = room.blocks(sill)
        sides = [
            any(_meets(floor, b.corners_m) for f in room.furniture() for b in room.blocks(f)) for floor in room.floors
        ]
        assert all(sides)
        middle = block.corners_m.mean(axis=0)
        for thing in room.furniture():
            for each in room.blocks(thing):
                if each.bottom_m < 1.8:
                    assert np.linalg.norm(each.corners_m - middle, axis=1).min() > 0.3, thing.label


def test_surfaces_have_variants_of_their_own(planned: Planned) -> None:
    for shape in ("rectangle", "joined"):
        room = planned("living", shape, 1)
        variants = [each.surface.variant for each in room.of_class("floor") if each.surface and each.label == "floor"]
        assert all(variants)
        assert len(set(variants)) == len(variants)


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (RoomSpec(kinds={"kichen": 1.0}), r"room.kinds: 'kichen' is not one of living, .*did you mean 'kitchen'"),
        (RoomSpec(shapes={"round": 1.0}), r"room.shapes: 'round' is not one of rectangle, ell, joined"),
    ],
)
def test_unknown_kinds_and_shapes_are_told_in_a_line(builtin: Catalog, spec: RoomSpec, told: str) -> None:
    with pytest.raises(SpecError, match=told):
        plan_scene(RunSpec(catalog="builtin", room=spec), 0, "train", builtin)
