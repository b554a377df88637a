"""Properties of planned rooms, read back from the plans and the records alone, over many scenes and two catalogs."""

import math

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from assets_catalog.record import SupportSurface
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes import plan_scene
from schemas.errors import CatalogError
from schemas.ranges import IntRange, Range
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import Box, PlannedObject, ScenePlan, square
from tests.planner import plans_of
from tests.scenegen.recipes.room_read_back import (
    Block,
    Room,
    area_m2_of,
    block_of,
    common_area_m2,
    overlapping,
    read_back,
)

IDENTITY = tuple(float(row == column) for row in range(4) for column in range(4))


def _carries(carrier: PlannedObject, thing: PlannedObject) -> bool:
    return thing.supported_by == carrier.instance_id


@pytest.fixture(scope="module")
def rooms(plans: list[ScenePlan], catalog: Catalog) -> list[Room]:
    """Returns the plans with the records of what they place."""
    return [read_back(plan, catalog) for plan in plans]


def test_same_arguments_same_plan(catalog: Catalog, plans: list[ScenePlan]) -> None:
    spec = RunSpec(catalog=catalog.name)
    assert [plan_scene(spec, index, "train", catalog) for index in range(2)] == plans[:2]


def test_scenes_and_seeds_differ(catalog: Catalog, plans: list[ScenePlan]) -> None:
    other_seed = plan_scene(RunSpec(catalog=catalog.name, seed=1), 0, "train", catalog)
    assert other_seed.objects != plans[0].objects
    assert len({plan.objects for plan in plans}) == len(plans)


def test_json_round_trip_is_exact(plans: list[ScenePlan]) -> None:
    assert all(ScenePlan.model_validate_json(plan.model_dump_json()) == plan for plan in plans)


def test_classes_are_those_of_the_taxonomy(rooms: list[Room]) -> None:
    for room in rooms:
        for planned in room.plan.objects:
            assert planned.class_id == load_taxonomy().class_id(planned.class_name)


def test_assets_keep_class_and_label_of_their_records(rooms: list[Room]) -> None:
    for room in rooms:
        for planned in room.assets("floor", "wall", "ceiling", "surface"):
            record = room.records[planned.instance_id]
            assert (planned.class_name, planned.label) == (record.class_name, record.label)


def test_counts_lie_in_the_ranges(rooms: list[Room]) -> None:
    asked = RoomSpec()
    for room in rooms:
        assert len(room.assets("floor", "wall", "ceiling")) <= asked.furniture.high
        assert len(room.small()) <= asked.small_things.high


def test_what_is_lived_in_has_the_least_that_is_asked(catalog: Catalog) -> None:
    asked = RoomSpec(kinds=dict.fromkeys(("living", "bed", "dining", "office"), 1.0), shapes={"rectangle": 1, "ell": 1})
    spec = RunSpec(catalog=catalog.name, room=asked)
    for plan in plans_of([(spec, index) for index in range(5)], catalog):
        room = read_back(plan, catalog)
        assert len(room.furniture()) >= asked.furniture.low
        assert len(room.small()) >= asked.small_things.low


@pytest.mark.parametrize("asked", [IntRange(low=1, high=3), IntRange(low=0, high=0)])
def test_narrow_ranges_are_kept(builtin: Catalog, asked: IntRange) -> None:
    spec = RunSpec(catalog="builtin", room=RoomSpec(furniture=asked, small_things=asked))
    for index in range(2):
        plan = plan_scene(spec, index, "train", builtin)
        counts = [builtin.records[planned.asset_id].placement for planned in plan.objects if planned.asset_id]
        assert sum(placement != "surface" for placement in counts) <= asked.high
        assert sum(placement == "surface" for placement in counts) <= asked.high


def test_nothing_shares_space(rooms: list[Room]) -> None:
    """Boxes of the shell among themselves, furniture, small things: all but a thing and what carries it."""
    for room in rooms:
        blocks = [block for planned in room.plan.objects for block in room.blocks(planned)]
        by_label = {f"{planned.instance_id} {planned.label}": planned for planned in room.plan.objects}
        for a, b in overlapping(blocks):
            assert _carries(by_label[a], by_label[b]) or _carries(by_label[b], by_label[a]), (
                room.plan.scene_index,
                a,
                b,
            )


def test_the_overlap_check_sees_a_chair_in_a_table(rooms: list[Room]) -> None:
    planned = rooms[0].furniture()[0]
    (block,) = rooms[0].blocks(planned)
    moved = Block(planned, block.corners_m + 0.003, block.bottom_m, block.top_m)
    assert list(overlapping([block, moved]))
    beside = Block(planned, block.corners_m + (block.corners_m[1] - block.corners_m[0]), block.bottom_m, block.top_m)
    assert not list(overlapping([block, beside]))


def test_everything_is_inside_the_room(rooms: list[Room]) -> None:
    for room in rooms:
        things = [*room.assets("floor", "wall", "ceiling"), *room.of_class("rug"), *room.of_class("kitchen_cabinet")]
        for planned in [*things, *room.of_class("picture"), *room.of_class("bathtub")]:
            for block in room.blocks(planned):
                assert room.holds(block), planned.label
                assert block.bottom_m >= -1e-9, planned.label
                assert block.top_m <= room.ceiling_m + 1e-9, planned.label


def test_floor_things_stand_on_the_floor_or_wholly_on_a_rug(rooms: list[Room]) -> None:
    for room in rooms:
        on_surfaces = room.small()
        for planned in (p for p in room.assets("floor", "surface") if p not in on_surfaces):
            height_m = square(planned.object2world)[2, 3]
            if not planned.supported_by:
                assert height_m == 0.0, planned.label
                continue
            rug = next(p for p in room.plan.objects if p.instance_id == planned.supported_by)
            (cloth,), (block,) = room.blocks(rug), room.blocks(planned)
            assert rug.class_name == "rug"
            assert height_m == pytest.approx(cloth.top_m)
            assert common_area_m2(block.corners_m, cloth.corners_m) == pytest.approx(area_m2_of(block.corners_m))


def test_small_things_rest_within_a_stated_surface(rooms: list[Room]) -> None:
    for room in rooms:
        for planned in room.small():
            carrier = next(p for p in room.plan.objects if p.instance_id == planned.supported_by)
            (block,) = room.blocks(planned)
            surfaces = [_surface_block(carrier, surface) for surface in _surfaces(room, carrier)]
            bearing = [top for top in surfaces if abs(top.top_m - block.bottom_m) <= 1e-6]
            within = (common_area_m2(block.corners_m, top.corners_m) for top in bearing)
            area_m2 = area_m2_of(block.corners_m)
            assert any(common == pytest.approx(area_m2) for common in within), (carrier.label, planned.label)
            assert area_m2 <= 0.6 * max(area_m2_of(top.corners_m) for top in bearing) + 1e-9


def _surfaces(room: Room, carrier: PlannedObject) -> list[SupportSurface]:
    """Returns a record's surfaces; of ours, the top of each box; of sills and grates, all of them as one."""
    if carrier.asset_id:
        return list(room.records[carrier.instance_id].supports)
    if carrier.label not in ("window sill", "burner grate"):
        return [
            SupportSurface(
                center_m=box.center_m[:2], size_m=box.size_m[:2], height_m=box.center_m[2] + box.size_m[2] / 2
            )
            for box in carrier.boxes
        ]
    corners = np.array([np.add(b.center_m, np.multiply(b.size_m, s) / 2) for b in carrier.boxes for s in (-1, 1)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle, size = (low + high) / 2, high - low
    return [SupportSurface(center_m=(middle[0], middle[1]), size_m=(size[0], size[1]), height_m=high[2])]


def _surface_block(carrier: PlannedObject, surface: SupportSurface) -> Block:
    box = Box(center_m=(*surface.center_m, surface.height_m / 2), size_m=(*surface.size_m, surface.height_m))
    return block_of(carrier, box)


def test_wall_things_touch_a_wall_with_their_back(rooms: list[Room]) -> None:
    for room in rooms:
        for planned in [*room.assets("wall"), *(p for p in room.of_class("picture") if p.boxes)]:
            (block,) = room.blocks(planned)
            back_m, front_m = block.corners_m[2:].mean(axis=0), block.corners_m[:2].mean(axis=0)
            behind = 1e-5 * (back_m - front_m) / np.linalg.norm(back_m - front_m)
            assert room.contains(back_m - behind), planned.label
            assert not room.contains(back_m + behind), planned.label


def test_ceiling_things_touch_the_ceiling(rooms: list[Room]) -> None:
    lamps = [(room, planned) for room in rooms for planned in room.assets("ceiling")]
    assert lamps
    for room, planned in lamps:
        assert room.blocks(planned)[0].top_m == pytest.approx(room.ceiling_m)


def test_openings_are_free(rooms: list[Room]) -> None:
    """A ray through the middle of each window meets nothing of the walls, and no curtain."""
    for room in rooms:
        sills = room.of_class("window_sill")
        assert 1 <= len(sills) <= 4
        for window, sill in zip(room.of_class("window"), sills, strict=True):
            corners = np.concatenate([block.corners_m for block in room.blocks(window)])
            x, y = (corners.min(axis=0) + corners.max(axis=0)) / 2
            z_m = room.blocks(sill)[0].top_m + 0.6
            solid = [
                b for p in room.plan.objects if p.class_name in ("wall", "curtain", "skirting") for b in room.blocks(p)
            ]
            across = np.array([0.0, 1.0] if np.ptp(corners[:, 1]) < np.ptp(corners[:, 0]) else [1.0, 0.0])
            points = np.array([x, y]) + np.linspace(-1.0, 1.0, 401)[:, None] * across
            assert not [b.owner.label for b in solid if _meets(b, points, z_m)]


def _meets(block: Block, points: np.ndarray, z_m: float) -> bool:
    low, high = block.corners_m.min(axis=0), block.corners_m.max(axis=0)
    return block.bottom_m < z_m < block.top_m and bool(np.all((points > low) & (points < high), axis=1).any())


def test_doors_can_be_opened(rooms: list[Room]) -> None:
    """Nothing but a rug stands within 85 cm of a closed leaf."""
    count = 0
    for room in rooms:
        for leaf in (p for p in room.of_class("door") if p.label == "door" and p.object2world[:6] == IDENTITY[:6]):
            corners = room.blocks(leaf)[0].corners_m
            low, high = corners.min(axis=0), corners.max(axis=0)
            across = np.where(high - low < 0.3, 1.0, 0.0)
            middle = (low + high) / 2
            if not room.contains(middle + 0.4 * across):
                across = -across
            assert room.contains(middle + 0.4 * across)
            far = np.array([low, high]) + 0.85 * across
            low, high = np.minimum(low, far[0]), np.maximum(high, far[1])
            rectangle = np.array([low, (high[0], low[1]), high, (low[0], high[1])])
            count += 1
            for planned in room.furniture():
                assert common_area_m2(room.blocks(planned)[0].corners_m, rectangle) < 1e-9, planned.label
    assert count > len(rooms) / 2


def test_cameras_stand_in_free_space(rooms: list[Room]) -> None:
    for room in rooms:
        blocks = [block for planned in room.plan.objects if planned.asset_id for block in room.blocks(planned)]
        for view in room.plan.views:
            x, y, z = square(view.cam2world)[:3, 3]
            assert room.contains(np.array([x, y]))
            assert min(_distance_m(block, np.array([x, y, block.bottom_m])) for block in room.walls) >= 0.25 - 1e-9
            assert min(_distance_m(block, np.array([x, y, z])) for block in blocks) >= 0.35 - 1e-9


def _distance_m(block: Block, point_m: np.ndarray) -> float:
    origin, sides = block.corners_m[0], block.corners_m[[1, 3]] - block.corners_m[0]
    lengths = np.linalg.norm(sides, axis=1)
    along = (sides / lengths[:, None]) @ (point_m[:2] - origin)
    beside = along - np.clip(along, 0.0, lengths)
    return math.hypot(*beside, point_m[2] - min(max(point_m[2], block.bottom_m), block.top_m))


def test_cameras_follow_their_spec(builtin: Catalog) -> None:
    camera = CameraSpec(
        width_px=320,
        height_px=192,
        fov_x_deg=Range(low=65.0, high=66.0),
        height_m=Range(low=1.4, high=1.5),
        pitch_deg=Range(low=-9.0, high=-8.0),
        roll_deg=Range(low=0.0, high=0.0),
    )
    for view in plan_scene(RunSpec(catalog="builtin", camera=camera, views_per_scene=3), 0, "val", builtin).views:
        k, cam2world = square(view.intrinsics), square(view.cam2world)
        assert (view.width_px, view.height_px) == (320, 192)
        assert 65.0 <= math.degrees(2 * math.atan(160 / k[0, 0])) <= 66.0
        assert 1.4 <= cam2world[2, 3] <= 1.5
        assert -9.0 <= math.degrees(math.asin(cam2world[2, 2])) <= -8.0
        assert cam2world[2, 0] == pytest.approx(0.0)


def test_views_of_a_scene_differ(rooms: list[Room]) -> None:
    for room in rooms:
        first, second = (square(view.cam2world) for view in room.plan.views[:2])
        turned = math.acos(
            np.clip(first[:2, 2] @ second[:2, 2] / np.prod([np.linalg.norm(m[:2, 2]) for m in (first, second)]), -1, 1)
        )
        assert turned > math.radians(35) or np.linalg.norm(first[:3, 3] - second[:3, 3]) > 0.8


def test_the_camera_has_no_say_in_the_room(catalog: Catalog, plans: list[ScenePlan]) -> None:
    spec = RunSpec(catalog=catalog.name, views_per_scene=5, camera=CameraSpec(height_m=Range(low=0.6, high=0.7)))
    for index in range(2):
        plan = plan_scene(spec, index, "train", catalog)
        assert plan.objects == plans[index].objects
        assert plan.lights == plans[index].lights
        assert [view.view_index for view in plan.views] == list(range(5 + spec.camera.spare_views))


def test_small_things_don_t_move_the_furniture(builtin: Catalog) -> None:
    none, many = (RoomSpec(small_things=IntRange(low=count, high=count)) for count in (0, 5))
    for index in range(2):
        bare, full = (
            plan_scene(RunSpec(catalog="builtin", room=room), index, "train", builtin) for room in (none, many)
        )
        assert full.objects[: len(bare.objects)] == bare.objects


def is_sunny(room: Room) -> bool:
    sky = room.plan.sky
    return sky is not None and sky.weather == "clear" and sky.sun_elevation_rad > 0.2


def test_lights_are_inside_and_shine_in(rooms: list[Room]) -> None:
    for room in rooms:
        lights = room.plan.lights
        suns = [light.kind for light in lights].count("sun")
        assert suns == 1 if is_sunny(room) else suns <= 1
        for light in lights:
            light2world = square(light.light2world)
            assert np.allclose(light2world[:3, :3].T @ light2world[:3, :3], np.eye(3), atol=1e-9)
            assert np.linalg.det(light2world[:3, :3]) == pytest.approx(1.0)
            if light.kind == "sun":
                assert -light2world[2, 2] < 0, "the sun must shine downward"
                continue
            assert room.contains(light2world[:2, 3])
            if light.kind == "area" and abs(light2world[2, 2]) < 0.5:
                assert not room.contains(light2world[:2, 3] + 0.1 * light2world[:2, 2]), (
                    "a window's light shines inward"
                )


def test_bulbs_are_where_their_lamps_are(rooms: list[Room]) -> None:
    count = 0
    for room in rooms:
        bulbs = [
            square(p.object2world) @ [*source.position_m, 1.0]
            for p in room.plan.objects
            if p.asset_id
            for source in room.records[p.instance_id].lights
        ]
        for light in room.plan.lights:
            if light.kind == "point":
                count += 1
                assert any(np.allclose(square(light.light2world)[:, 3], bulb, atol=1e-9) for bulb in bulbs)
    assert count


def test_the_sun_mostly_shines_through_a_window(rooms: list[Room]) -> None:
    shining, sunny = 0, [room for room in rooms if is_sunny(room)]
    assert len(sunny) > 0.25 * len(rooms)
    for room in sunny:
        toward_sun = square(next(light for light in room.plan.lights if light.kind == "sun").light2world)[:2, 2]
        for window in room.of_class("window"):
            corners = np.concatenate([block.corners_m for block in room.blocks(window)])
            across = np.where(np.ptp(corners, axis=0) < 0.3, 1.0, 0.0)
            outward = across * (-1 if room.contains(corners.mean(axis=0) + 0.5 * across) else 1)
            if toward_sun @ outward > 0.3:
                shining += 1
                break
    assert shining > 0.7 * len(sunny)


def test_a_catalog_without_furniture_is_refused(builtin: Catalog) -> None:
    only_small = {key: record for key, record in builtin.records.items() if record.placement == "surface"}
    with pytest.raises(CatalogError, match="assets for the floor"):
        plan_scene(RunSpec(), 0, "train", Catalog.of("small", only_small.values(), builtin.load_mesh))
