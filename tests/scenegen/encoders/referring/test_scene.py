"""What a frame shows: shares, places and depths by hand-made buffers, boxes in the world by a turned object."""

import math

import numpy as np
import pytest

from scenegen.encoders.referring import ClassWords, Seen, class_words, seen_of
from schemas.frame import GBuffer
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box, Look, PlannedObject, ScenePlan, Sky, flat
from schemas.surface import Surface

WORDS = {
    "chair": ClassWords("chair", "chairs", (), ("chair", "seat", "furniture"), ("to sit on",)),
    "box": ClassWords("box", "boxes", (), ("box", "container"), ()),
}
LOOK = Look(color_name="brown", color_share=1.0, substance="wood", substance_share=1.0, size_m=(0.4, 0.6, 0.9))


def chair(instance_id: int, position_m: Vec3 = (0.0, 0.0, 0.0), yaw_rad: float = 0.0, on: int = 0) -> PlannedObject:
    return PlannedObject(
        instance_id=instance_id,
        class_id=22,
        class_name="chair",
        label="chair",
        object2world=flat(pose(position_m, yaw_rad)),
        asset_id="test/chair",
        look=LOOK,
        supported_by=on,
    )


def seen(ids: np.ndarray, *objects: PlannedObject, z_depth_m: np.ndarray | None = None) -> Seen:
    depth_m = np.where(ids > 0, 2.0, np.inf).astype(np.float32) if z_depth_m is None else z_depth_m
    zeros = np.zeros(ids.shape, dtype=np.int32)
    normal_cam = np.zeros((*ids.shape, 3), dtype=np.float32)
    plan = ScenePlan(
        scene_index=0, scene_id="scene", split="train", recipe="test", seed=0, objects=objects, lights=(),
        sky=Sky(sun_elevation_rad=0.5, sun_azimuth_rad=0.0, strength=1.0), views=(),
    )  # fmt: skip
    return seen_of(GBuffer(depth_m, normal_cam, ids.astype(np.int32), zeros, zeros), plan, WORDS)


def test_shares_places_and_depths_are_those_of_the_pixels() -> None:
    ids = np.zeros((20, 40), dtype=np.int32)
    ids[5:10, 0:8] = 3
    depth_m = np.where(ids > 0, np.arange(40, dtype=np.float32) + 1, np.float32(np.inf)).astype(np.float32)
    (thing,) = seen(ids, chair(3), z_depth_m=depth_m).things
    assert thing.share == 40 / 800
    assert (thing.left, thing.right, thing.top, thing.bottom) == (0.0, 0.2, 0.25, 0.5)
    assert (thing.x, thing.y) == pytest.approx((0.1, 0.375))
    assert thing.median_m == pytest.approx(4.5)
    assert thing.nearest_m == pytest.approx(1.0, abs=0.01)
    assert thing.is_cut


def test_what_the_border_does_not_touch_is_not_cut() -> None:
    ids = np.zeros((20, 40), dtype=np.int32)
    ids[1:19, 1:39] = 3
    (thing,) = seen(ids, chair(3)).things
    assert not thing.is_cut


def test_slivers_are_not_seen_and_small_things_not_clear() -> None:
    ids = np.zeros((400, 500), dtype=np.int32)
    ids[0, :3] = 1
    ids[1, :5] = 2
    ids[10:20, :10] = 3
    small, large = seen(ids, chair(1), chair(2), chair(3)).things
    assert (small.instance_id, large.instance_id) == (2, 3)
    assert (small.is_clear, large.is_clear) == (False, True)


def test_boxes_in_the_world_follow_the_pose() -> None:
    ids = np.full((10, 10), 1, dtype=np.int32)
    (thing,) = seen(ids, chair(1, (1.0, 2.0, 0.5), math.pi / 2)).things
    assert thing.extent is not None
    assert thing.extent.low_m == pytest.approx((0.7, 1.8, 0.5))
    assert thing.extent.high_m == pytest.approx((1.3, 2.2, 1.4))
    assert thing.extent.own_m == pytest.approx((0.4, 0.6, 0.9))
    assert thing.front == pytest.approx((1.0, 0.0))


def test_shapes_have_boxes_of_their_own_and_assets_that_of_their_look() -> None:
    ids = np.full((10, 10), 1, dtype=np.int32)
    surface = Surface(finish="wood", color=(0.5, 0.5, 0.5))
    look = Look(color_name="grey", color_share=1.0, substance="wood", substance_share=1.0)
    boxes = (Box(center_m=(0.0, 0.0, 0.5), size_m=(1.0, 1.0, 1.0)),)
    crate = PlannedObject(
        instance_id=1, class_id=1, class_name="box", label="box", object2world=flat(np.eye(4)), boxes=boxes,
        surface=surface, look=look,
    )  # fmt: skip
    (thing,) = seen(ids, crate).things
    assert (thing.look, thing.is_shape) == (look, True)
    assert thing.extent is not None
    assert thing.extent.size_m == pytest.approx((1.0, 1.0, 1.0))
    (known,) = seen(ids, chair(1)).things
    assert (known.look, known.is_shape) == (LOOK, False)
    (unknown,) = seen(ids, chair(1).model_copy(update={"look": None})).things
    assert (unknown.look, unknown.extent) == (None, None)


def test_carriers_are_told_up_to_the_floor_though_they_are_not_seen() -> None:
    ids = np.full((10, 10), 3, dtype=np.int32)
    shown = seen(ids, chair(1), chair(2, on=1), chair(3, on=2))
    assert shown.carriers(shown.things[0]) == (2, 1)


def test_a_class_without_words_is_refused() -> None:
    ids = np.full((10, 10), 1, dtype=np.int32)
    with pytest.raises(KeyError):
        seen(ids, chair(1).model_copy(update={"class_name": "lamp"}))


def test_the_words_are_the_taxonomys_where_none_are_given() -> None:
    told = class_words()["bookcase"]
    assert (told.singular, told.plural, told.levels[0]) == ("bookcase", "bookcases", "bookcase")
    assert "bookshelf" in told.synonyms
    assert "to keep books in" in told.uses
    assert class_words() is class_words()
