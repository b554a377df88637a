"""A real Blender build and render of a small plan."""

from collections.abc import Callable
from typing import get_args

import bpy
import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.finishes import FINISHES
from scenegen.blender.pixels import render_passes
from scenegen.blender.scene import build_scene
from scenegen.gbuffer import Tracer
from scenegen.produce import frames_of_scene
from schemas.frame import Frame
from schemas.run_spec import RenderSpec
from schemas.scene_plan import Finish, ScenePlan

FAST = RenderSpec(samples=4)


@pytest.fixture(scope="module")
def frames(plan: ScenePlan, catalog: Catalog) -> list[Frame]:
    return list(frames_of_scene(plan, catalog, FAST, threads=1))


def test_cycles_own_depth_and_index_agree_with_embree(plan: ScenePlan, catalog: Catalog) -> None:
    """A second witness of geometry, camera, shift and roll: Cycles traces its own scene with its own camera."""
    scene = build_scene(plan, catalog)
    configure(scene, RenderSpec(samples=1, denoise=False), threads=0)
    scene.view_layers[0].use_pass_z = scene.view_layers[0].use_pass_object_index = True
    tracer = Tracer(evaluated_triangles(), plan)
    for view in plan.views:
        aim(scene, view)
        passes, buffer = render_passes(), tracer.view(view)
        cycles_z_m = np.where(passes["Depth"][..., 0] > 1e9, np.inf, passes["Depth"][..., 0])
        same_id = passes["Object Index"][..., 0].astype(int) == buffer.instance_id
        close = np.isclose(cycles_z_m, buffer.z_depth_m, rtol=1e-3, atol=0)
        assert same_id.mean() > 0.999
        assert close[same_id].mean() > 0.999


def test_pixels_do_not_depend_on_threads_or_on_what_was_rendered_before(
    plan: ScenePlan, catalog: Catalog, frames: list[Frame]
) -> None:
    for first, second in zip(frames, frames_of_scene(plan, catalog, FAST, threads=2), strict=True):
        assert np.array_equal(first.rgb, second.rgb)
        assert np.array_equal(first.gbuffer.z_depth_m, second.gbuffer.z_depth_m)
        assert np.array_equal(first.gbuffer.normal_cam, second.gbuffer.normal_cam)


def test_frames_come_in_the_order_of_the_views_and_in_their_sizes(plan: ScenePlan, frames: list[Frame]) -> None:
    assert [frame.frame_id for frame in frames] == ["scene-00000000-view-00", "scene-00000000-view-01"]
    assert [frame.rgb.shape for frame in frames] == [(64, 96, 3), (96, 64, 3)]
    assert [frame.gbuffer.z_depth_m.shape for frame in frames] == [(64, 96), (96, 64)]


def test_an_assets_own_smooth_normals_survive_blender(plan: ScenePlan, catalog: Catalog) -> None:
    build_scene(plan, catalog)
    triangles = evaluated_triangles()
    of_ball = triangles.instance_id == plan.objects[-1].instance_id
    center = np.array([plan.objects[-1].object2world[3], plan.objects[-1].object2world[7], 0.4])
    outward = triangles.corners_m[of_ball] - center
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    cosine = (outward * triangles.corner_normals[of_ball]).sum(-1)
    assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 0.05


def test_a_packed_texture_colours_its_asset(plan: ScenePlan, frames: list[Frame]) -> None:
    shown = frames[0].rgb[frames[0].gbuffer.instance_id == plan.objects[-1].instance_id].astype(int)
    red, green, blue = np.median(shown, axis=0)
    assert green + 30 < red < blue + 30


def test_there_is_a_builder_for_each_finish_and_none_renders_black(plan: ScenePlan, frames: list[Frame]) -> None:
    assert set(FINISHES) == set(get_args(Finish))
    for planned in plan.objects[: len(FINISHES)]:
        shown = frames[0].rgb[frames[0].gbuffer.instance_id == planned.instance_id]
        assert len(shown) > 20
        assert shown.mean() > 15, planned.surface


@pytest.mark.parametrize("count", [lambda: len(bpy.data.objects), lambda: len(bpy.data.images)])
def test_a_scene_leaves_nothing_to_the_next_one(plan: ScenePlan, catalog: Catalog, count: Callable[[], int]) -> None:
    build_scene(plan, catalog)
    first = count()
    build_scene(plan, catalog)
    assert count() == first
