"""A real Blender build and render of a small plan."""

from collections.abc import Callable
from dataclasses import fields
from typing import get_args

import bpy
import numpy as np
import pytest

from assets_catalog.catalog import Catalog
from scenegen.blender.evaluated import evaluated_triangles
from scenegen.blender.finishes import FINISHES
from scenegen.blender.scene import build_scene
from scenegen.blender.stage import open_stage
from scenegen.stage import Picture
from schemas.frame import GBuffer
from schemas.run_spec import RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.surface import Finish

FAST = RunSpec(render=RenderSpec(samples=4))
Shown = list[tuple[GBuffer, Picture]]


def shown(plan: ScenePlan, catalog: Catalog, threads: int) -> Shown:
    """Returns buffers and picture of each view."""
    stage = open_stage(plan, catalog, FAST, threads)
    sightings = [(view, stage.sight(view)) for view in plan.views]
    return [(sighting.gbuffer, stage.picture(view, sighting)) for view, sighting in sightings]


@pytest.fixture(scope="module")
def frames(plan: ScenePlan, catalog: Catalog) -> Shown:
    return shown(plan, catalog, threads=1)


def test_cycles_own_depth_and_index_agree_with_embree(frames: Shown) -> None:
    """A second witness of geometry, camera, shift and roll: Cycles traces its own scene with its own camera."""
    for _, picture in frames:
        assert picture.agreement.same_share >= 0.9995
        assert picture.agreement.z_error_p999 < 1e-3


def test_pixels_do_not_depend_on_threads_or_on_what_was_rendered_before(
    plan: ScenePlan, catalog: Catalog, frames: Shown
) -> None:
    for (buffer, picture), (other, again) in zip(frames, shown(plan, catalog, threads=2), strict=True):
        assert np.array_equal(picture.rgb, again.rgb)
        assert np.array_equal(picture.linear_light, again.linear_light)
        for field in fields(buffer):
            assert np.array_equal(getattr(buffer, field.name), getattr(other, field.name)), field.name


def test_pictures_and_buffers_have_the_sizes_of_their_views(frames: Shown) -> None:
    assert [picture.rgb.shape for _, picture in frames] == [(64, 96, 3), (96, 64, 3)]
    assert [buffer.z_depth_m.shape for buffer, _ in frames] == [(64, 96), (96, 64)]


def test_an_assets_own_smooth_normals_survive_blender(plan: ScenePlan, catalog: Catalog) -> None:
    build_scene(plan, catalog)
    triangles = evaluated_triangles()
    of_ball = triangles.instance_id == plan.objects[-1].instance_id
    center = np.array([plan.objects[-1].object2world[3], plan.objects[-1].object2world[7], 0.4])
    outward = triangles.corners_m[of_ball] - center
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    cosine = (outward * triangles.corner_normals[of_ball]).sum(-1)
    assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).max() < 0.05


def test_a_packed_texture_colours_its_asset(plan: ScenePlan, frames: Shown) -> None:
    buffer, picture = frames[0]
    purple = picture.rgb[buffer.instance_id == plan.objects[-1].instance_id].astype(int)
    red, green, blue = np.median(purple, axis=0)
    assert green + 30 < red < blue + 30


def test_there_is_a_builder_for_each_finish_and_none_renders_black(plan: ScenePlan, frames: Shown) -> None:
    assert set(FINISHES) == set(get_args(Finish))
    buffer, picture = frames[0]
    for planned in plan.objects[: len(FINISHES)]:
        pixels = picture.rgb[buffer.instance_id == planned.instance_id]
        assert len(pixels) > 20
        assert pixels.mean() > 15, planned.surface


@pytest.mark.parametrize("count", [lambda: len(bpy.data.objects), lambda: len(bpy.data.images)])
def test_a_scene_leaves_nothing_to_the_next_one(plan: ScenePlan, catalog: Catalog, count: Callable[[], int]) -> None:
    build_scene(plan, catalog)
    first = count()
    build_scene(plan, catalog)
    assert count() == first
