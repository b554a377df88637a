"""The analytic stage: exact buffers and plain pictures of small plans."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.analytic import trace
from scenegen.analytic.bounds import Bounds
from scenegen.analytic.stage import AnalyticStage, open_stage
from scenegen.dataset.checks.gbuffer_checks import gbuffer_faults
from scenegen.gates import judge_picture
from scenegen.recipes import plan_scene
from scenegen.stage import Sighting
from schemas.frame import UNWITNESSED, GBuffer
from schemas.geometry import intrinsics, look_along, pixel_rays, pose
from schemas.run_spec import CameraSpec, GateSpec, RunSpec, TruthSpec
from schemas.scene_plan import Box, Defocus, Light, PlannedObject, Rectangle, ScenePlan, Sky, Sphere, View, flat, square
from schemas.surface import Surface
from tests.catalogs import record_of

CUPBOARD = record_of("test/cupboard", class_name="cabinet", size_m=(1.0, 0.5, 2.0))
CATALOG = Catalog.of("test", [CUPBOARD], lambda record: pytest.fail(f"{record.asset_id} was loaded"))
"""Its mesh can't be loaded."""
BALL: dict[str, Any] = {"spheres": (Sphere(radius_m=1.0),)}
CUBE: dict[str, Any] = {"boxes": (Box(center_m=(0, 0, 0), size_m=(2, 2, 2)),)}
VIEW = View(
    view_index=0,
    width_px=65,
    height_px=49,
    intrinsics=flat(intrinsics(1.0, 65, 49)),
    cam2world=flat(look_along((0.0, -5.0, 0.0), np.pi / 2, 0.0)),
)
"""From (0, -5, 0) along +y; pixel (32, 24) looks straight ahead."""
MIDDLE = 24, 32


def thing(instance_id: int, object2world: np.ndarray, finish: str = "paint", **shapes: Any) -> PlannedObject:
    """Returns an object of these shapes, or an asset."""
    surface = {} if "asset_id" in shapes else {"surface": Surface(finish=finish, color=(0.7, 0.4, 0.3))}
    return PlannedObject(
        instance_id=instance_id,
        class_id=50 + instance_id,
        class_name="thing",
        label="thing",
        object2world=flat(object2world),
        **surface,
        **shapes,
    )


def plan_of(*things: PlannedObject, lights: tuple[Light, ...] = ()) -> ScenePlan:
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=1,
        objects=things,
        lights=lights,
        sky=Sky(sun_elevation_rad=0.6, sun_azimuth_rad=1.0, strength=0.3),
        views=(VIEW,),
    )


def stage_of(*things: PlannedObject, glass: str = "surface", lights: tuple[Light, ...] = ()) -> AnalyticStage:
    spec = RunSpec(truth=TruthSpec.model_validate({"glass": glass}))
    return open_stage(plan_of(*things, lights=lights), CATALOG, spec, 0)


def seen(*things: PlannedObject, view: View = VIEW) -> GBuffer:
    return stage_of(*things).sight(view).gbuffer


def at(x: float, y: float, z: float) -> np.ndarray:
    return pose((x, y, z), 0.0)


def test_depth_is_planar_and_no_surface_is_infinity_zero_and_zero() -> None:
    buffer = seen(thing(3, at(0.0, 1.0, 0.0), boxes=(Box(center_m=(0, 0, 0), size_m=(5, 2, 3)),)))
    front = buffer.instance_id == 3
    assert 0.2 < front.mean() < 0.8
    assert np.abs(buffer.z_depth_m[front] - 5.0).max() < 1e-6
    assert np.abs(buffer.normal_cam[front] - [0, 0, 1]).max() < 1e-7
    assert set(buffer.class_id[front]) == {53}
    assert set(buffer.material_id[front]) == {1}
    assert np.isinf(buffer.z_depth_m[~front]).all()
    for channel in (buffer.normal_cam, buffer.class_id, buffer.material_id):
        assert not channel[~front].any()


def test_a_sphere_has_the_depth_and_normals_of_its_formula() -> None:
    buffer = seen(thing(1, at(0.4, 2.0, 0.3), **BALL))
    rays = pixel_rays(square(VIEW.intrinsics), VIEW.width_px, VIEW.height_px)
    on_ball = buffer.instance_id == 1
    points = rays[on_ball] * buffer.z_depth_m[on_ball, None]
    outward = points - np.array([0.4, -0.3, 7.0])
    assert np.abs(np.linalg.norm(outward, axis=1) - 1.0).max() < 1e-5
    assert np.abs(buffer.normal_cam[on_ball] - outward * [1, -1, -1]).max() < 1e-5
    silhouette = np.linalg.norm(np.cross(rays, [0.4, -0.3, 7.0]), axis=-1) < np.linalg.norm(rays, axis=-1)
    assert np.array_equal(on_ball, silhouette)


def test_the_nearest_form_names_the_pixel_whatever_the_order() -> None:
    near, far = thing(1, at(0.0, 0.0, 0.0), **BALL), thing(2, at(0.5, 3.0, 0.0), **CUBE)
    for things in ((near, far), (far, near)):
        buffer = seen(*things)
        assert buffer.instance_id[MIDDLE] == 1
        assert set(np.unique(buffer.instance_id)) == {0, 1, 2}


def test_of_two_equally_near_the_earlier_object_stays() -> None:
    """Also where a large one is looked at first, since it comes closer elsewhere."""
    small, large = thing(1, at(0.0, 0.0, 0.0), **CUBE), thing(2, at(0.0, 0.0, -0.5), **CUBE)
    assert seen(small, large).instance_id[MIDDLE] == 1
    assert seen(large, small).instance_id[MIDDLE] == 2


def test_ids_need_not_come_in_order() -> None:
    assert seen(thing(9, at(0.0, 0.0, 0.0), **BALL), thing(4, at(0.0, 3.0, 0.0), **CUBE)).class_id[MIDDLE] == 59


def test_the_eye_inside_a_closed_form_sees_its_back_all_round() -> None:
    sighting = stage_of(thing(1, at(0.0, -5.0, 0.0), spheres=(Sphere(radius_m=10.0),))).sight(VIEW)
    rays = pixel_rays(square(VIEW.intrinsics), VIEW.width_px, VIEW.height_px)
    lengths = np.linalg.norm(rays, axis=-1)
    assert sighting.back_facing.all()
    assert np.abs(sighting.gbuffer.z_depth_m - 10.0 / lengths).max() < 1e-5
    toward_eye = -rays * [1, -1, -1] / lengths[..., None]
    assert np.abs(sighting.gbuffer.normal_cam - toward_eye).max() < 1e-6


def test_a_rectangle_shows_its_back_where_its_z_looks_away() -> None:
    upright = np.array([[1, 0, 0, 0], [0, 0, -1.0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
    front = stage_of(thing(1, upright, rectangles=(Rectangle(size_m=(2.0, 1.0)),))).sight(VIEW)
    turned = stage_of(thing(1, pose((0.0, 0.0, 0.0), np.pi) @ upright, rectangles=(Rectangle(size_m=(2.0, 1.0)),)))
    back = turned.sight(VIEW)
    assert not front.back_facing.any()
    assert np.array_equal(back.back_facing, front.gbuffer.instance_id == 1)
    for sighting in (front, back):
        assert np.abs(sighting.gbuffer.normal_cam[MIDDLE] - [0, 0, 1]).max() < 1e-7
        assert sighting.gbuffer.z_depth_m[MIDDLE] == pytest.approx(5.0)


def test_an_asset_stands_as_the_box_of_its_record() -> None:
    buffer = seen(thing(1, pose((0.0, 0.0, -1.0), np.pi / 2), asset_id=CUPBOARD.asset_id))
    rows, columns = np.nonzero(buffer.instance_id)
    focal_px = VIEW.intrinsics[0]
    assert buffer.z_depth_m[MIDDLE] == pytest.approx(4.5)  # turned by 90 degrees, it is 1 m deep
    assert np.ptp(columns) == pytest.approx(0.5 / 4.5 * focal_px, abs=1.5)
    assert np.ptp(rows) == pytest.approx(2.0 / 4.5 * focal_px, abs=1.5)
    assert stage_of(thing(1, at(0.0, 0.0, 0.0), asset_id=CUPBOARD.asset_id)).materials == ("test/cupboard/box",)


@pytest.mark.parametrize("finish", ["glass", "mirror"])
def test_glass_is_a_surface_or_is_seen_through(finish: str) -> None:
    things = thing(1, at(0.0, 0.0, 0.0), finish, **CUBE), thing(2, at(0.0, 3.0, 0.0), **BALL)
    assert stage_of(*things).sight(VIEW).gbuffer.instance_id[MIDDLE] == 1
    assert stage_of(*things, glass="through").sight(VIEW).gbuffer.instance_id[MIDDLE] == 2


def test_all_kinds_of_normals_are_the_same() -> None:
    plan = plan_of(thing(1, at(0.3, 0.0, 0.2), **BALL))
    kinds = [TruthSpec.model_validate({"normals": kind}) for kind in ("smooth", "geometric", "shading")]
    first, *others = [open_stage(plan, CATALOG, RunSpec(truth=kind), 0).sight(VIEW) for kind in kinds]
    assert all(np.array_equal(first.gbuffer.normal_cam, other.gbuffer.normal_cam) for other in others)


def test_what_lies_behind_the_camera_or_beside_the_picture_is_not_seen() -> None:
    for spot in ((0.0, -9.0, 0.0), (9.0, 0.0, 0.0), (0.0, 0.0, 9.0)):
        assert not seen(thing(1, at(*spot), **CUBE)).instance_id.any()


def random_plan(key: int) -> ScenePlan:
    return plan_scene(
        RunSpec(recipe="primitives", seed=key, camera=CameraSpec(width_px=64, height_px=48)), 0, "t", CATALOG
    )


def odd_views(plan: ScenePlan) -> list[View]:
    """Returns the plan's views with roll, pitch and shift, so that forms cross the camera's plane."""
    turns = [look_along((0.3 * n, 0.2, 0.4 + n), 1.3 * n, 0.4 * n - 0.9, 0.5 * n) for n in range(4)]
    k = flat(intrinsics(2.2, 64, 48) + np.array([[0, 0, 9.5], [0, 0, -7.25], [0, 0, 0]]))
    return [plan.views[0], *(plan.views[0].model_copy(update={"cam2world": flat(t), "intrinsics": k}) for t in turns)]


@pytest.mark.parametrize("key", range(3))
def test_keeping_to_bounds_changes_nothing(key: int, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = random_plan(key)
    stage = open_stage(plan, CATALOG, RunSpec(), 0)
    bounded = [stage.sight(view) for view in odd_views(plan)]
    monkeypatch.setattr(trace, "bounds", everywhere)
    for sighting, view in zip(bounded, odd_views(plan), strict=True):
        assert_equal(sighting, stage.sight(view))


def everywhere(half_m: np.ndarray, form2cam: np.ndarray, k: np.ndarray, width_px: int, height_px: int) -> Bounds:
    none, count = np.zeros(len(half_m), dtype=np.int64), len(half_m)
    return Bounds(none, np.full(count, height_px), none, np.full(count, width_px), np.zeros(count))


def assert_equal(one: Sighting, other: Sighting) -> None:
    assert np.array_equal(one.back_facing, other.back_facing)
    for field in fields(one.gbuffer):
        assert np.array_equal(getattr(one.gbuffer, field.name), getattr(other.gbuffer, field.name)), field.name


@pytest.mark.parametrize("key", range(3))
def test_buffers_keep_the_conventions_from_any_pose(key: int) -> None:
    plan = random_plan(key)
    stage = open_stage(plan, CATALOG, RunSpec(), 0)
    for view in odd_views(plan):
        assert gbuffer_faults(stage.sight(view).gbuffer, square(view.intrinsics), plan.objects) == []


LIGHTS = {
    "none": (),
    "sun": (Light(kind="sun", light2world=flat(look_along((0.0, 0.0, 5.0), 0.0, -1.2)), power=4.0),),
    "point": (Light(kind="point", light2world=flat(at(1.0, -2.0, 2.0)), power=50.0),),
    "area": (Light(kind="area", light2world=flat(at(0.0, -1.0, 3.0)), power=50.0, size_m=(1.0, 1.0)),),
}


@pytest.mark.parametrize("lights", LIGHTS)
def test_a_picture_passes_the_gates_under_any_light(lights: str) -> None:
    ball, floor = (
        thing(1, at(0.0, 0.0, 0.0), **BALL),
        thing(2, at(0.0, 0.0, -1.0), rectangles=(Rectangle(size_m=(50, 50)),)),
    )
    stage = stage_of(ball, floor, lights=LIGHTS[lights])
    picture = stage.picture(VIEW, stage.sight(VIEW))
    assert all(verdict.passed for verdict in judge_picture(picture, GateSpec()) if "witness" not in verdict.gate)
    assert picture.agreement is UNWITNESSED
    assert picture.rgb.shape == picture.linear_light.shape == (49, 65, 3)
    on_ball = stage.sight(VIEW).gbuffer.instance_id == 1
    assert np.ptp(picture.rgb[on_ball].sum(axis=-1).astype(int)) > 60, "a ball must look round"


def test_the_lit_side_is_the_one_toward_the_light() -> None:
    from_the_left = np.array([[0, 0, -1.0, 0], [0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]])
    sun = Light(kind="sun", light2world=flat(from_the_left), power=4.0)
    stage = stage_of(thing(1, at(0.0, 0.0, 0.0), **BALL), lights=(sun,))
    light = stage.picture(VIEW, stage.sight(VIEW)).linear_light
    assert light[24, 27].sum() > 2.0 * light[24, 37].sum()


def test_the_picture_is_sharp_where_the_lens_is_open() -> None:
    stage = stage_of(thing(1, at(0.0, 0.0, 0.0), **BALL))
    blurred = VIEW.model_copy(update={"defocus": Defocus(f_number=1.4, focus_m=1.0)})
    assert np.array_equal(stage.picture(blurred, stage.sight(blurred)).rgb, stage.picture(VIEW, stage.sight(VIEW)).rgb)


def test_a_picture_needs_no_blender() -> None:
    code = (
        "import sys\n"
        "from assets_catalog.opening import open_catalog\n"
        "from scenegen.recipes import plan_scene\n"
        "from scenegen.renderers import open_stage_of\n"
        "from schemas.run_spec import RunSpec\n"
        "spec, catalog = RunSpec(recipe='primitives', catalog='builtin'), open_catalog('builtin')\n"
        "plan = plan_scene(spec, 0, 'train', catalog)\n"
        "stage = open_stage_of('analytic')(plan, catalog, spec, 0)\n"
        "stage.picture(plan.views[0], stage.sight(plan.views[0]))\n"
        "loaded = {'bpy', 'embreex', 'PyOpenColorIO', 'ray', 'trimesh'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[3])
