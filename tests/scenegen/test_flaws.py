"""Flaws change the picture as they say, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from assets_catalog.opening import open_catalog
from scenegen.flaws import flawed
from scenegen.produce import accepted
from scenegen.recipes import plan_scene
from scenegen.recipes.flaws import draw_flaws
from scenegen.renderers import open_stage_of
from schemas.flaws import Flaws, FlawSpec
from schemas.run_spec import CameraSpec, RunSpec
from schemas.seeds import rng_for

SPEC = RunSpec(recipe="primitives", views_per_scene=1, camera=CameraSpec(width_px=64, height_px=48))


def grey(code: int) -> np.ndarray:
    return np.full((64, 96, 3), code, np.uint8)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_no_flaw_leaves_the_picture_as_it_is() -> None:
    picture = rng().integers(0, 256, (20, 30, 3), dtype=np.uint8)
    assert flawed(picture, Flaws(), rng()) is picture


def test_a_stop_less_is_half_the_light_and_white_stays_white_a_stop_up() -> None:
    darker = flawed(grey(188), Flaws(exposure_ev=-1), rng())
    assert abs(int(darker[0, 0, 0]) - 137) <= 1  # 0.5029 of the light is 0.2514: sRGB 137
    assert (flawed(grey(255), Flaws(exposure_ev=1), rng()) == 255).all()


def test_warm_is_more_red_and_less_blue_cold_the_other_way_round() -> None:
    warm, cold = (flawed(grey(120), Flaws(warmth=warmth), rng())[0, 0].astype(int) for warmth in (1, -1))
    assert warm[0] > 120 > warm[2]
    assert cold[0] < 120 < cold[2]
    assert warm[1] == cold[1] == 120


def test_the_corners_lose_what_the_vignette_takes_and_the_middle_nothing() -> None:
    picture = flawed(grey(188), Flaws(vignette=0.5), rng())
    assert abs(int(picture[0, 0, 0]) - 137) <= 1
    assert abs(int(picture[32, 48, 0]) - 188) <= 1
    assert (np.diff(picture[32, 48:, 0].astype(int)) <= 0).all()


def test_blur_is_as_wide_as_it_says_at_a_width_of_1024() -> None:
    edge = np.zeros((16, 512, 3), np.uint8)
    edge[:, 256:] = 255
    profile = np.diff(flawed(edge, Flaws(blur_px=4), rng())[8, :, 0].astype(float) / 255)
    at = np.arange(511) - 255
    assert np.sqrt((profile * at**2).sum()) == pytest.approx(2.0, rel=0.05)


def test_noise_has_the_spread_that_it_says_and_comes_from_its_stream() -> None:
    noisy = flawed(grey(128), Flaws(noise=0.05), rng())
    assert noisy.std() / 255 == pytest.approx(0.05, rel=0.05)
    np.testing.assert_array_equal(noisy, flawed(grey(128), Flaws(noise=0.05), rng()))


def test_a_poor_jpeg_leaves_blocks() -> None:
    picture = rng().integers(0, 256, (64, 64, 3), dtype=np.uint8)
    apart = [
        np.abs(flawed(picture, Flaws(jpeg_quality=quality), rng()).astype(int) - picture).mean() for quality in (20, 95)
    ]
    assert apart[0] > apart[1] > 0


def test_the_share_of_views_with_flaws_holds_and_each_stays_in_its_range() -> None:
    spec = FlawSpec(share=0.4)
    drawn = [draw_flaws(rng_for(key, "flaws"), spec) for key in range(3000)]
    flawless = sum(flaws == Flaws() for flaws in drawn) / len(drawn)
    assert flawless == pytest.approx(0.6 + 0.4 * 0.5**6, abs=0.03)
    for flaws in drawn:
        assert abs(flaws.exposure_ev) <= 1
        assert flaws.jpeg_quality is None or 40 <= flaws.jpeg_quality <= 95
    assert all(any(getattr(flaws, name) for flaws in drawn) for name in Flaws.model_fields)


def test_a_flaw_touches_neither_buffers_nor_any_other_draw() -> None:
    catalog, marred = open_catalog("builtin"), SPEC.model_copy(update={"flaws": FlawSpec(share=1.0)})
    plain, other = (plan_scene(spec, 0, "train", catalog) for spec in (SPEC, marred))
    assert [view.flaws for view in plain.views] == [Flaws()] * len(plain.views)
    assert any(view.flaws != Flaws() for view in other.views)
    clean_views = tuple(view.model_copy(update={"flaws": Flaws()}) for view in other.views)
    assert other.model_copy(update={"views": clean_views}) == plain
    view = other.views[0].model_copy(update={"flaws": Flaws(exposure_ev=-2, noise=0.1)})
    shots = []
    for plan in (plain, other.model_copy(update={"views": (view, *other.views[1:])})):
        stage = open_stage_of("analytic")(plan, catalog, SPEC, 1)
        shots += [outcome[1] for outcome in accepted(plan, stage, SPEC) if isinstance(outcome, tuple)][:1]
    clean, dark = shots
    assert dark.rgb.mean() < clean.rgb.mean() / 1.5
    np.testing.assert_array_equal(clean.gbuffer.z_depth_m, dark.gbuffer.z_depth_m)
    assert replace(dark, rgb=clean.rgb, view=clean.view).verdicts == clean.verdicts
