"""Every renderer keeps the stage's promise on a small yard: sound buffers, a picture, and the same bytes again."""

from dataclasses import fields

import numpy as np
import pytest

from assets_catalog.opening import open_catalog
from scenegen.dataset.checks.gbuffer_checks import gbuffer_faults
from scenegen.recipes import plan_scene
from scenegen.renderers import RENDERERS, open_stage_of
from scenegen.stage import Picture, Sighting
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan, square

CATALOG = open_catalog("builtin")
SPEC = RunSpec(
    recipe="primitives",
    catalog="builtin",
    seed=3,
    views_per_scene=1,
    camera=CameraSpec(width_px=64, height_px=48, spare_views=1),
    render=RenderSpec(samples=1, denoise=False, device="cpu"),
)


@pytest.fixture(scope="module")
def plan() -> ScenePlan:
    yard = plan_scene(SPEC, 0, "train", CATALOG)
    return yard.model_copy(update={"objects": yard.objects[:12]})


def shown(renderer: str, plan: ScenePlan, threads: int) -> tuple[tuple[str, ...], list[tuple[Sighting, Picture]]]:
    stage = open_stage_of(renderer)(plan, CATALOG, SPEC, threads)
    sightings = [stage.sight(view) for view in plan.views]
    pictures = [stage.picture(view, sighting) for view, sighting in zip(plan.views, sightings, strict=True)]
    return stage.materials, list(zip(sightings, pictures, strict=True))


@pytest.mark.parametrize("renderer", RENDERERS)
def test_a_stage_shows_sound_buffers_and_the_same_bytes_twice(renderer: str, plan: ScenePlan) -> None:
    materials, first = shown(renderer, plan, 1)
    again_materials, again = shown(renderer, plan, 2)
    assert materials == again_materials
    for view, (sighting, picture), (other, repeated) in zip(plan.views, first, again, strict=True):
        gbuffer, shape = sighting.gbuffer, (view.height_px, view.width_px)
        assert gbuffer_faults(gbuffer, square(view.intrinsics), plan.objects) == []
        assert gbuffer.z_depth_m.shape == sighting.back_facing.shape == picture.rgb.shape[:2] == shape
        assert not sighting.back_facing[gbuffer.instance_id == 0].any()
        assert np.array_equal(gbuffer.material_id > 0, gbuffer.instance_id > 0)
        assert gbuffer.material_id.max() <= len(materials)
        assert np.isfinite(picture.linear_light).all()
        assert np.isfinite(picture.agreement.same_share) == RENDERERS[renderer].witnessed
        assert np.array_equal(sighting.back_facing, other.back_facing)
        assert np.array_equal(picture.rgb, repeated.rgb)
        assert np.array_equal(picture.linear_light, repeated.linear_light)
        for field in fields(gbuffer):
            assert np.array_equal(getattr(gbuffer, field.name), getattr(other.gbuffer, field.name)), field.name
