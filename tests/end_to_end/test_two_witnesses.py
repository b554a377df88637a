"""Embree and Cycles through twenty views of real rooms: two programs that share the meshes and nothing else."""

import os

import numpy as np
import pytest

from assets_catalog.opening import open_catalog
from scenegen.blender.stage import open_stage
from scenegen.recipes import plan_scene
from schemas.frame import Agreement
from schemas.ranges import Range
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec

ROOMS, VIEWS = 4, 5
CAMERA = CameraSpec(
    width_px=128, height_px=96, shift_x=Range(low=-0.1, high=0.1), shift_y=Range(low=-0.1, high=0.1), spare_views=0
)


@pytest.fixture(scope="module")
def agreements(furniture_catalog: str) -> list[Agreement]:
    render = RenderSpec(samples=1, denoise=False)
    spec = RunSpec(seed=5, scenes=ROOMS, views_per_scene=VIEWS, camera=CAMERA, render=render)
    catalog = open_catalog(furniture_catalog)
    found = []
    for scene_index in range(ROOMS):
        plan = plan_scene(spec, scene_index, "train", catalog)
        stage = open_stage(plan, catalog, spec, os.cpu_count() or 1)
        found += [stage.picture(view, stage.sight(view)).agreement for view in plan.views]
    return found


def test_nearly_every_pixel_shows_the_same_object_at_the_same_depth(agreements: list[Agreement]) -> None:
    assert len(agreements) == ROOMS * VIEWS
    assert np.mean([agreement.same_share for agreement in agreements]) >= 0.9995


def test_no_view_falls_far_behind(agreements: list[Agreement]) -> None:
    assert min(agreement.same_share for agreement in agreements) >= 0.9985
    assert max(agreement.z_error_p999 for agreement in agreements) <= 1e-3
