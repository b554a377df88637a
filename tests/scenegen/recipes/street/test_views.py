"""What cameras see of streets, by formula: far and near, from free space, and enough of it to pass the gates."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.gates import judge_sighting
from scenegen.gates.thumbnail import Thumbnail, thumbnail
from scenegen.recipes.street.cameras import OFF_MATTER_M
from scenegen.recipes.street.recipe import plan_street
from scenegen.renderers import open_stage_of
from schemas.frame import GBuffer
from schemas.run_spec import CameraSpec
from schemas.scene_plan import ScenePlan, square
from schemas.seeds import scene_seed
from tests.scenegen.recipes.street.conftest import SPEC

WITHIN = 8


@pytest.fixture(scope="module")
def frames(plans: Mapping[int, ScenePlan], builtin: Catalog) -> dict[int, list[GBuffer]]:
    """Returns of each scene what its accepted views show."""
    accepted = {}
    for index, plan in plans.items():
        stage = open_stage_of("analytic")(plan, builtin, SPEC, 1)
        shown: list[Thumbnail] = []
        buffers: list[GBuffer] = []
        for view in plan.views[:WITHIN]:
            if len(buffers) == SPEC.views_per_scene:
                break
            sighting = stage.sight(view)
            if all(verdict.passed for verdict in judge_sighting(sighting, view, plan, SPEC.gates, shown)):
                shown.append(thumbnail(sighting.gbuffer))
                buffers.append(sighting.gbuffer)
        accepted[index] = buffers
    return accepted


def test_views_are_accepted_within_eight_candidates(frames: Mapping[int, list[GBuffer]]) -> None:
    wanted = SPEC.views_per_scene * len(frames)
    assert sum(map(len, frames.values())) >= 0.95 * wanted


def test_depths_reach_from_near_to_beyond_three_hundred_metres(frames: Mapping[int, list[GBuffer]]) -> None:
    depths_m = [buffer.z_depth_m[np.isfinite(buffer.z_depth_m)] for each in frames.values() for buffer in each]
    together = np.concatenate(depths_m)
    share = {band: float(np.mean((together >= band[0]) & (together < band[1]))) for band in ((1, 3), (3, 10), (10, 30))}
    assert all(each > 0.08 for each in share.values()), share
    assert np.mean((together >= 30) & (together < 80)) > 0.03
    assert np.mean(together >= 80) > 0.005
    farthest_m = [float(each.max()) for each in depths_m]
    assert sum(far_m > 300 for far_m in farthest_m) > 0.3 * len(farthest_m)


def test_frames_show_many_things(frames: Mapping[int, list[GBuffer]]) -> None:
    counts = [len(np.unique(buffer.instance_id)) for each in frames.values() for buffer in each]
    assert np.median(counts) >= 20


def test_no_camera_is_in_or_at_matter(plans: Mapping[int, ScenePlan]) -> None:
    for plan in list(plans.values())[:6]:
        for view in plan.views:
            eye = square(view.cam2world)[:3, 3]
            nearest_m = min(_off_boxes_m(plan, eye), eye[2])
            assert nearest_m > 0.9 * min(OFF_MATTER_M, 0.3)


def _off_boxes_m(plan: ScenePlan, eye: np.ndarray) -> float:
    """Returns how far a point is from the nearest box of ours."""
    nearest_m = math.inf
    for planned in plan.objects:
        if planned.boxes:
            object2world = square(planned.object2world)
            local = object2world[:3, :3].T @ (eye - object2world[:3, 3])
            middles = np.array([box.center_m for box in planned.boxes])
            halves = np.array([box.size_m for box in planned.boxes]) / 2
            beyond = np.maximum(np.abs(local - middles) - halves, 0.0)
            nearest_m = min(nearest_m, float(np.linalg.norm(beyond, axis=1).min()))
    return nearest_m


def test_rigs_of_the_spec_carry_the_cameras(builtin: Catalog) -> None:
    spec = SPEC.model_copy(update={"camera": CameraSpec(rigs={"car": 1.0})})
    scenery = plan_street(scene_seed(5, 1), spec, builtin.for_split("train"))
    heights_m = [square(view.cam2world)[2, 3] for view in scenery.views]
    assert all(0.9 < height_m < 1.8 for height_m in heights_m)
