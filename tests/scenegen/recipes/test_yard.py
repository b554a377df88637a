"""The yard: shapes near and far, free cameras that the gates accept, and no need of a catalog."""

import math

import numpy as np
import pytest

from scenegen.analytic.stage import open_stage
from scenegen.blender.scene import _ROUNDED_M
from scenegen.gates import judge_picture, judge_sighting
from scenegen.recipes import plan_scene
from scenegen.stage import Sighting
from schemas.ranges import Range
from schemas.run_spec import Bucket, CameraSpec, RunSpec
from schemas.scene_plan import PlannedObject, ScenePlan, View, square
from tests.catalogs import catalog_of

EMPTY = catalog_of(name="empty")
SPEC = RunSpec(recipe="primitives", camera=CameraSpec(width_px=96, height_px=64))
SCENES = 12


@pytest.fixture(scope="module")
def yards() -> list[ScenePlan]:
    return [plan_scene(SPEC, index, "train", EMPTY) for index in range(SCENES)]


def sightings(plan: ScenePlan) -> list[tuple[View, Sighting]]:
    stage = open_stage(plan, EMPTY, SPEC, 0)
    return [(view, stage.sight(view)) for view in plan.views]


def test_a_yard_needs_no_catalog_and_has_every_shape(yards: list[ScenePlan]) -> None:
    for plan in yards:
        assert plan.asset_ids() == ()
        assert len(plan.views) == SPEC.views_per_scene + SPEC.camera.spare_views
        for shapes in ("boxes", "spheres", "rectangles"):
            assert sum(len(getattr(planned, shapes)) for planned in plan.objects) >= 2, shapes


def test_no_box_gets_rounded_edges(yards: list[ScenePlan]) -> None:
    finishes = {planned.surface.finish for plan in yards for planned in plan.objects if planned.surface}
    assert not finishes & _ROUNDED_M.keys()
    assert len(finishes) >= 4


def test_depths_reach_from_less_than_a_metre_to_hundreds(yards: list[ScenePlan]) -> None:
    depths_m = np.concatenate([sight.gbuffer.z_depth_m.ravel() for plan in yards for _, sight in sightings(plan)])
    depths_m = depths_m[np.isfinite(depths_m)]
    assert 0.25 < depths_m.min() < 0.6
    assert 200 < depths_m.max() < 400


def test_nearly_every_view_passes_the_gates(yards: list[ScenePlan]) -> None:
    passed = []
    for plan in yards:
        stage = open_stage(plan, EMPTY, SPEC, 0)
        for view, sighting in sightings(plan):
            before = judge_sighting(sighting, view, plan, SPEC.gates)
            after = judge_picture(stage.picture(view, sighting), SPEC.gates)
            passed.append(all(verdict.passed for verdict in (*before, *after)))
    assert np.mean(passed) > 0.95


def test_no_view_sees_a_back(yards: list[ScenePlan]) -> None:
    assert not any(sighting.back_facing.any() for plan in yards for _, sighting in sightings(plan))


def test_cameras_keep_off_what_stands_near(yards: list[ScenePlan]) -> None:
    for plan in yards:
        poles = [planned for planned in plan.objects if planned.boxes and planned.spheres]
        assert len(poles) >= 3
        for view in plan.views:
            eye_m = square(view.cam2world)[:2, 3]
            assert min(math.dist(eye_m, square(pole.object2world)[:2, 3]) for pole in poles) >= 0.3
            assert all(off_m(planned, eye_m) > 2.0 for planned in plan.objects[1:] if planned not in poles)


def off_m(planned: PlannedObject, eye_m: np.ndarray) -> float:
    """Returns the least distance over the floor from a camera to what an object may reach."""
    sizes = [2 * sphere.radius_m for sphere in planned.spheres]
    sizes += [math.hypot(*box.size_m[:2]) for box in planned.boxes]
    sizes += [math.hypot(*rectangle.size_m) for rectangle in planned.rectangles]
    return math.dist(eye_m, square(planned.object2world)[:2, 3]) - max(sizes) / 2


def test_views_follow_the_camera_of_the_spec() -> None:
    camera = CameraSpec(
        buckets=(Bucket(width_px=64, height_px=96), Bucket(width_px=96, height_px=48)),
        shift_x=Range(low=0.1, high=0.2),
        fov_x_deg=Range(low=40.0, high=41.0),
        roll_deg=Range(low=10.0, high=12.0),
    )
    views = plan_scene(RunSpec(recipe="primitives", camera=camera, views_per_scene=8), 0, "train", EMPTY).views
    assert {(view.width_px, view.height_px) for view in views} == {(64, 96), (96, 48)}
    for view in views:
        k = square(view.intrinsics)
        assert 40.0 <= math.degrees(2 * math.atan(view.width_px / 2 / k[0, 0])) <= 41.0
        assert 0.6 <= k[0, 2] / view.width_px <= 0.7


def test_another_sort_of_lens_leaves_the_yard_as_it_was(yards: list[ScenePlan]) -> None:
    camera = SPEC.camera.model_copy(update={"fov_x_deg": Range(low=40.0, high=41.0), "spare_views": 0})
    assert plan_scene(SPEC.model_copy(update={"camera": camera}), 0, "train", EMPTY).objects == yards[0].objects
