"""The candidates of every recipe: as many as asked, each another, drawn as the camera of the spec says."""

import math
from collections import Counter

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import RECIPES, plan_scene
from schemas.ranges import Range
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import Bucket, CameraSpec, DefocusSpec, RunSpec
from schemas.scene_plan import ScenePlan, View, square

SIZES = ((1024, 1024), (1200, 896), (1888, 560))
OPTIONS = CameraSpec(
    buckets=tuple(Bucket(width_px=width, height_px=height) for width, height in SIZES),
    shift_x=Range(low=-0.1, high=0.1),
    shift_y=Range(low=-0.1, high=0.1),
    defocus=DefocusSpec(share=0.5),
)


def planned(recipe: str, catalog: Catalog, camera: CameraSpec, views: int = 2) -> ScenePlan:
    return plan_scene(
        RunSpec(recipe=recipe, catalog=catalog.name, camera=camera, views_per_scene=views), 1, "train", catalog
    )


def pose(view: View) -> np.ndarray:
    return square(view.cam2world)


@pytest.fixture(scope="module", params=sorted(RECIPES))
def recipe(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def plan(recipe: str, builtin: Catalog) -> ScenePlan:
    """Returns a plan with all options on."""
    return planned(recipe, builtin, OPTIONS.model_copy(update={"spare_views": 20}))


def test_there_are_the_views_wanted_and_the_spare_ones(recipe: str, builtin: Catalog) -> None:
    for views, spare in ((1, 0), (3, 2), (4, 30)):
        made = planned(recipe, builtin, CameraSpec(spare_views=spare), views).views
        assert [view.view_index for view in made] == list(range(views + spare))


def test_the_same_seed_gives_the_same_candidates(recipe: str, builtin: Catalog, plan: ScenePlan) -> None:
    assert planned(recipe, builtin, OPTIONS.model_copy(update={"spare_views": 20})) == plan


def test_no_candidate_comes_twice(plan: ScenePlan) -> None:
    assert len({view.cam2world for view in plan.views}) == len(plan.views)


def test_more_spare_candidates_leave_the_first_ones_of_a_room(builtin: Catalog) -> None:
    few, more = (planned("room", builtin, CameraSpec(spare_views=spare)).views for spare in (2, 9))
    assert more[:4] == few


def test_candidates_have_the_sizes_of_the_buckets(plan: ScenePlan) -> None:
    assert {(view.width_px, view.height_px) for view in plan.views} == set(SIZES)


def test_sizes_come_as_drawn_however_much_they_show(builtin: Catalog) -> None:
    """Square, wide and upright pictures are the same share of the first views."""
    shapes = ((256, 256), (480, 144), (144, 480))
    camera = CameraSpec(buckets=tuple(Bucket(width_px=width, height_px=height) for width, height in shapes))
    spec = RunSpec(catalog="builtin", camera=camera, views_per_scene=6)
    plans = [plan_scene(spec, index, "train", builtin) for index in range(5)]
    counts = Counter((view.width_px, view.height_px) for plan in plans for view in plan.views[:6])
    assert all(3 <= counts[shape] <= 18 for shape in shapes)


def test_principal_points_are_shifted_within_the_spec(plan: ScenePlan) -> None:
    shifts = np.array([square(view.intrinsics)[:2, 2] / (view.width_px, view.height_px) - 0.5 for view in plan.views])
    assert np.abs(shifts).max() <= 0.1
    assert np.ptp(shifts, axis=0).min() > 0.05


def test_some_views_have_depth_of_field_others_not(plan: ScenePlan) -> None:
    assert {view.defocus is None for view in plan.views} == {True, False}


def test_the_first_views_look_elsewhere_or_from_elsewhere(recipe: str, builtin: Catalog) -> None:
    made = planned(recipe, builtin, CameraSpec()).views[:2]
    (first, second) = (pose(view) for view in made)
    turned = math.acos(min(1.0, float(first[:3, 2] @ second[:3, 2])))
    assert turned > math.radians(10) or np.linalg.norm(first[:3, 3] - second[:3, 3]) > 0.5


def test_the_focus_lies_within_the_room(builtin: Catalog) -> None:
    """On something in it: nearer than the farthest corner, and not at the lens."""
    always = CameraSpec(defocus=DefocusSpec(share=1.0), spare_views=20)
    made = planned("room", builtin, always)
    farthest_m = math.hypot(RoomSpec().width_m.high, RoomSpec().depth_m.high, RoomSpec().height_m.high)
    focused = [view.defocus.focus_m for view in made.views if view.defocus]
    assert len(focused) == len(made.views)
    assert all(0.1 < focus_m < farthest_m for focus_m in focused)
    assert len(set(focused)) > len(focused) / 2


def test_options_of_the_camera_leave_the_room_as_it_was(builtin: Catalog) -> None:
    plain, optional = (planned("room", builtin, camera) for camera in (CameraSpec(), OPTIONS))
    assert optional.objects == plain.objects
    assert optional.lights == plain.lights


def test_a_crowded_room_has_all_its_candidates_too(handmade: Catalog) -> None:
    room = RoomSpec(width_m=Range(low=2.5, high=2.6), depth_m=Range(low=2.5, high=2.6))
    spec = RunSpec(catalog="handmade", room=room, views_per_scene=30, camera=CameraSpec(spare_views=30))
    for index in range(3):
        views = plan_scene(spec, index, "train", handmade).views
        assert len({view.cam2world for view in views}) == len(views) == 60
