"""Skies by weather, and surfaces that glow, in real renders: what the camera sees of them, without a lamp."""

import math

import numpy as np
import pytest
from jaxtyping import Float64

from assets_catalog.catalog import Catalog
from scenegen.analytic import stage as analytic
from scenegen.blender import stage as blender
from schemas.geometry import intrinsics, look_along, pixel_rays, pose
from schemas.run_spec import RenderSpec, RunSpec
from schemas.scene_plan import Box, Light, PlannedObject, ScenePlan, Sky, View, flat, square
from schemas.surface import Surface
from tests.catalogs import record_of

SIDE_PX = 64
SPEC = RunSpec(render=RenderSpec(samples=4, denoise=False))
CATALOG = Catalog.of("test", [record_of("test/none")], lambda record: pytest.fail(f"{record.asset_id} was loaded"))
CLEAR = Sky(sun_elevation_rad=0.7, sun_azimuth_rad=0.0, strength=0.5)
DULL = Surface(finish="paint", color=(0.2, 0.2, 0.2), roughness=1.0)


def looking(yaw_rad: float, pitch_rad: float, number: int = 0) -> View:
    return View(
        view_index=number,
        width_px=SIDE_PX,
        height_px=SIDE_PX,
        intrinsics=flat(intrinsics(1.5, SIDE_PX, SIDE_PX)),
        cam2world=flat(look_along((0.0, 0.0, 2.0), yaw_rad, pitch_rad)),
    )


def plan_of(sky: Sky, view: View, surface: Surface = DULL) -> ScenePlan:
    """Returns a block that stands 3 m along +x, under a sky."""
    block = PlannedObject(
        instance_id=1,
        class_id=1,
        class_name="box",
        label="block",
        object2world=flat(pose((3.0, 0.0, 0.0), 0.0)),
        boxes=(Box(center_m=(0.0, 0.0, 1.5), size_m=(0.5, 2.0, 3.0)),),
        surface=surface,
    )
    return ScenePlan(
        scene_index=0,
        scene_id="scene-00000000",
        split="train",
        recipe="test",
        seed=3,
        objects=(block,),
        lights=(),
        sky=sky,
        views=(view,),
    )


def lit_by_nothing(sky: Sky, surface: Surface) -> ScenePlan:
    """Returns a plan with a floor, and a light that gives next to none: without any, the analytic stage has its own."""
    faint = Light(kind="point", light2world=flat(pose((0.0, 0.0, 1.0), 0.0)), power=1e-9)
    plan = plan_of(sky, looking(0.0, -0.3), surface)
    slab = Box(center_m=(0.0, 0.0, -0.06), size_m=(20.0, 20.0, 0.1))
    look = {"instance_id": 2, "label": "floor", "boxes": (slab,), "surface": DULL}
    floor = plan.objects[0].model_copy(update=look)
    return plan.model_copy(update={"lights": (faint,), "objects": (*plan.objects, floor)})


def light_of(plan: ScenePlan, renderer: object = blender) -> tuple[Float64[np.ndarray, "h w 3"], np.ndarray]:
    """Returns the linear light of a plan's view, and where the block is seen."""
    stage = renderer.open_stage(plan, CATALOG, SPEC, 0)  # type: ignore[attr-defined]
    sighting = stage.sight(plan.views[0])
    light = stage.picture(plan.views[0], sighting).linear_light.astype(np.float64)
    return light, sighting.gbuffer.instance_id == 1


def away(sky: Sky, pitch_rad: float = 0.6) -> tuple[Float64[np.ndarray, "h w 3"], Float64[np.ndarray, "h w"]]:
    """Returns the light of the sky opposite the block, and how high each pixel looks (the sine)."""
    view = looking(math.pi, pitch_rad)
    rays = pixel_rays(square(view.intrinsics), SIDE_PX, SIDE_PX) @ square(view.cam2world)[:3, :3].T
    return light_of(plan_of(sky, view))[0], rays[..., 2] / np.linalg.norm(rays, axis=-1)


def test_a_grey_sky_is_thrice_as_bright_overhead_as_at_the_horizon() -> None:
    light, up = away(CLEAR.model_copy(update={"weather": "overcast", "strength": 1.0}))
    above = up > 0.05
    expected = light[above].mean() / ((1 + 2 * up[above]) / 3).mean() * (1 + 2 * up[above]) / 3
    assert np.abs(light[above].mean(axis=-1) / expected - 1).max() < 0.2
    assert np.ptp(light[above].mean(axis=0)) < 0.1 * light[above].mean()


def test_a_night_is_nearly_black_and_a_clear_day_blue() -> None:
    day, up = away(CLEAR)
    night, _ = away(CLEAR.model_copy(update={"weather": "night", "strength": 1.0}))
    above = up > 0.1
    assert 0 < night[above].max() < 2e-3
    assert day[above].min() > 0.3
    red, _, blue = day[above].mean(axis=0)
    assert blue > 1.3 * red


def test_after_sunset_the_sky_goes_out_by_and_by() -> None:
    means = [away(CLEAR.model_copy(update={"sun_elevation_rad": math.radians(e)}))[0].mean() for e in (20, 3, -3, -7)]
    assert means[0] > 2 * means[1] > 8 * means[2] > 40 * means[3] > 0


def test_clouds_cover_as_much_as_they_are_told_and_differ_by_variant() -> None:
    blue = away(CLEAR)[0]
    covered = []
    for cover in (0.2, 0.5, 0.8):
        several = [away(CLEAR.model_copy(update={"clouds": cover, "variant": variant}))[0] for variant in range(4)]
        covered.append(float(np.mean([np.abs(each - blue).max(axis=-1) > 0.05 for each in several])))
        assert not np.allclose(several[0], several[1])
    assert covered[0] + 0.1 < covered[1] < covered[2] - 0.1
    assert covered[0] < 0.45
    assert covered[2] > 0.6


def test_what_glows_is_seen_as_bright_as_its_power_says_and_lights_nothing() -> None:
    dark = CLEAR.model_copy(update={"weather": "night", "strength": 1e-6})
    glowing = DULL.model_copy(update={"color": (1.0, 0.5, 0.0), "glow_w_m2": 3.0})
    for renderer in (blender, analytic):
        light, on_block = light_of(lit_by_nothing(dark, glowing), renderer)
        red, green, blue = np.median(light[on_block], axis=0)
        assert red == pytest.approx(3.0 / math.pi, rel=0.01)
        assert green == pytest.approx(3.0 / math.pi * 0.2140, rel=0.01)
        assert blue == pytest.approx(0.0, abs=1e-4)
        assert np.median(light[~on_block]) < 1e-4
        plain, _ = light_of(lit_by_nothing(dark, DULL), renderer)
        assert plain.max() < 1e-4
