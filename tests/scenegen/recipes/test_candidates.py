"""The candidates of every recipe: as many as asked, each another, drawn as the camera of the spec says."""

import math
from collections import Counter

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import RECIPES
from schemas.ranges import Range
from schemas.recipe_specs import RoomSpec
from schemas.run_spec import Bucket, CameraSpec, DefocusSpec, RunSpec
from schemas.scene_plan import ScenePlan, View, square
from tests.planner import plans_of

SIZES = ((1024, 1024), (1200, 896), (1888, 560))
COUNTS = ((1, 0), (3, 2), (4, 30))
"""Of views, and of spare ones."""
OPTIONS = CameraSpec(
    buckets=tuple(Bucket(width_px=width, height_px=height) for width, height in SIZES),
    shift_x=Range(low=-0.1, high=0.1),
    shift_y=Range(low=-0.1, high=0.1),
    defocus=DefocusSpec(share=0.5),
)


def asked(recipe: str, camera: CameraSpec, views: int = 2) -> tuple[RunSpec, int]:
    return RunSpec(recipe=recipe, catalog="builtin", camera=camera, views_per_scene=views), 1


def pose(view: View) -> np.ndarray:
    return square(view.cam2world)


@pytest.fixture(scope="module", params=sorted(RECIPES))
def recipe(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def made(recipe: str) -> list[ScenePlan]:
    """Returns a plan with all options on; it again; one of usual cameras; and one for each of COUNTS."""
    optional = asked(recipe, OPTIONS.model_copy(update={"spare_views": 20}))
    counted = [asked(recipe, CameraSpec(spare_views=spare), views) for views, spare in COUNTS]
    return plans_of([optional, optional, asked(recipe, CameraSpec()), *counted])


@pytest.fixture(scope="module")
def plan(made: list[ScenePlan]) -> ScenePlan:
    """Returns a plan with all options on."""
    return made[0]


def test_there_are_the_views_wanted_and_the_spare_ones(made: list[ScenePlan]) -> None:
    for (views, spare), counted in zip(COUNTS, made[3:], strict=True):
        assert [view.view_index for view in counted.views] == list(range(views + spare))


def test_the_same_seed_gives_the_same_candidates(made: list[ScenePlan]) -> None:
    assert made[0] == made[1]


def test_no_candidate_comes_twice(plan: ScenePlan) -> None:
    assert len({view.cam2world for view in plan.views}) == len(plan.views)


def test_more_spare_candidates_leave_the_first_ones_of_a_room() -> None:
    few, more = plans_of([asked("room", CameraSpec(spare_views=spare)) for spare in (2, 9)])
    assert more.views[:4] == few.views


def test_candidates_have_the_sizes_of_the_buckets(plan: ScenePlan) -> None:
    assert {(view.width_px, view.height_px) for view in plan.views} == set(SIZES)


def test_sizes_come_as_drawn_however_much_they_show() -> None:
    """Square, wide and upright pictures are the same share of the first views."""
    shapes = ((256, 256), (480, 144), (144, 480))
    camera = CameraSpec(buckets=tuple(Bucket(width_px=width, height_px=height) for width, height in shapes))
    spec = RunSpec(catalog="builtin", camera=camera, views_per_scene=6)
    plans = plans_of([(spec, index) for index in range(5)])
    counts = Counter((view.width_px, view.height_px) for plan in plans for view in plan.views[:6])
    assert all(3 <= counts[shape] <= 18 for shape in shapes)


def test_principal_points_are_shifted_within_the_spec(plan: ScenePlan) -> None:
    shifts = np.array([square(view.intrinsics)[:2, 2] / (view.width_px, view.height_px) - 0.5 for view in plan.views])
    assert np.abs(shifts).max() <= 0.1
    assert np.ptp(shifts, axis=0).min() > 0.05


def test_some_views_have_depth_of_field_others_not(plan: ScenePlan) -> None:
    assert {view.defocus is None for view in plan.views} == {True, False}


def test_the_first_views_look_elsewhere_or_from_elsewhere(made: list[ScenePlan]) -> None:
    (first, second) = (pose(view) for view in made[2].views[:2])
    turned = math.acos(min(1.0, float(first[:3, 2] @ second[:3, 2])))
    assert turned > math.radians(10) or np.linalg.norm(first[:3, 3] - second[:3, 3]) > 0.5


def test_the_focus_lies_within_the_room() -> None:
    """On something in it: nearer than the farthest corner, and not at the lens."""
    always = CameraSpec(defocus=DefocusSpec(share=1.0), spare_views=20)
    (made,) = plans_of([asked("room", always)])
    farthest_m = math.hypot(RoomSpec().width_m.high, RoomSpec().depth_m.high, RoomSpec().height_m.high)
    focused = [view.defocus.focus_m for view in made.views if view.defocus]
    assert len(focused) == len(made.views)
    assert all(0.1 < focus_m < farthest_m for focus_m in focused)
    assert len(set(focused)) > len(focused) / 2


def test_options_of_the_camera_leave_the_room_as_it_was() -> None:
    plain, optional = plans_of([asked("room", camera) for camera in (CameraSpec(), OPTIONS)])
    assert optional.objects == plain.objects
    assert optional.lights == plain.lights


def test_a_crowded_room_has_all_its_candidates_too(handmade: Catalog) -> None:
    room = RoomSpec(width_m=Range(low=2.5, high=2.6), depth_m=Range(low=2.5, high=2.6))
    spec = RunSpec(catalog="handmade", room=room, views_per_scene=30, camera=CameraSpec(spare_views=30))
    for plan in plans_of([(spec, index) for index in range(3)], handmade):
        assert len({view.cam2world for view in plan.views}) == len(plan.views) == 60
