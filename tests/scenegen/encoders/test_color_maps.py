"""Colour maps: the published tables, exact both ways within what 8 bits leave, and any RGB projects."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Float32

from scenegen.encoders.color_maps import COLOR_MAPS, color_map_through
from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.encoders.prompts.request import RAINBOW
from schemas.frame import GBuffer

NAMES = sorted(COLOR_MAPS)
FIGURES = {
    "grayscale": (256, 510, (255, 255, 255)),
    "inferno": (904, 629, (252, 255, 164)),
    "plasma": (687, 586, (240, 249, 33)),
    "viridis": (689, 472, (253, 231, 37)),
}
CURVES = st.builds(PowerCurve, st.floats(-8, -1.5), st.floats(0.1, 200))
DEPTHS_M = st.lists(st.floats(0, np.inf, width=32) | st.floats(0, 200, width=32), min_size=1, max_size=60)


def gbuffer(z_depth_m: Float32[np.ndarray, "h w"]) -> GBuffer:
    ids = np.zeros(z_depth_m.shape, np.int32)
    return GBuffer(z_depth_m, np.zeros((*z_depth_m.shape, 3), np.float32), ids, ids, ids)


@pytest.mark.parametrize("name", ["inferno", "plasma", "viridis"])
def test_a_map_passes_the_published_colors_at_equal_steps(name: str) -> None:
    colormaps = pytest.importorskip("matplotlib").colormaps
    published = colormaps[name](np.arange(256))[:, :3]
    assert np.abs(COLOR_MAPS[name].draw(np.arange(256) / 255) - 255 * published).max() <= 0.5 + 1e-6


@pytest.mark.parametrize("name", NAMES)
def test_levels_bound_and_last_color_are_as_documented(name: str) -> None:
    color_map = COLOR_MAPS[name]
    assert (len(color_map.colors), round(1 / color_map.bound), tuple(color_map.colors[-1].tolist())) == FIGURES[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_two_levels_share_a_color_and_neighbors_differ_by_one_a_channel(name: str) -> None:
    colors = COLOR_MAPS[name].colors.astype(int)
    assert len(np.unique(colors, axis=0)) == len(colors)
    assert np.abs(np.diff(colors, axis=0)).max() == 1
    assert (np.diff(COLOR_MAPS[name].positions) > 0).all()


@pytest.mark.parametrize("name", NAMES)
def test_the_last_color_alone_stands_for_no_surface(name: str) -> None:
    color_map = COLOR_MAPS[name]
    assert color_map.project(color_map.draw(np.array([1.0]))).item() == 1
    depth_m = color_map.look_up(color_map.colors, PowerCurve().z_depth_m(color_map.positions))
    assert np.isposinf(depth_m[-1])
    assert np.isfinite(depth_m[:-1]).all()
    assert (np.diff(depth_m) > 0).all()


@settings(derandomize=True, max_examples=200)
@given(st.sampled_from(NAMES), CURVES, DEPTHS_M)
def test_any_depth_on_any_curve_comes_back_within_the_bound(
    name: str, curve: PowerCurve, depths_m: list[float]
) -> None:
    color_map = COLOR_MAPS[name]
    z_depth_m = np.array(depths_m, np.float32)
    position = curve.position(z_depth_m)
    rgb = color_map.draw(position)
    assert np.abs(color_map.project(rgb) - position).max() <= color_map.bound
    decoded_m = color_map.look_up(rgb, curve.z_depth_m(color_map.positions))
    assert np.isposinf(decoded_m[np.isposinf(z_depth_m)]).all()
    assert np.abs(curve.position(decoded_m) - position).max() <= color_map.bound + 1e-6


@settings(derandomize=True, max_examples=200)
@given(st.sampled_from([RAINBOW, *NAMES]), CURVES, DEPTHS_M)
def test_so_does_a_target_in_any_map(name: str, curve: PowerCurve, depths_m: list[float]) -> None:
    truth = gbuffer(np.array([depths_m], np.float32))
    codec = depth_codec(curve, name)
    target = codec.encode(truth)
    assert codec.excess(target, truth).max() <= 1
    decoded_m = codec.decode(target)
    bound = 0.5 / 1785 if name == RAINBOW else COLOR_MAPS[name].bound
    assert np.abs(curve.position(np.asarray(decoded_m)) - curve.position(truth.z_depth_m)).max() <= bound + 1e-6
    assert np.isposinf(decoded_m[np.isposinf(truth.z_depth_m)]).all()


@pytest.mark.parametrize("name", NAMES)
def test_a_target_off_by_two_levels_is_beyond_its_bound(name: str) -> None:
    curve, color_map = PowerCurve(), COLOR_MAPS[name]
    level = np.arange(2, len(color_map.colors) - 3)
    truth = gbuffer(curve.z_depth_m(color_map.positions[level])[None])
    codec = depth_codec(curve, name)
    np.testing.assert_array_equal(codec.encode(truth)[0], color_map.colors[level])
    for change in (-2, 2):
        assert (codec.excess(color_map.colors[None, level + change], truth) > 1).all()


@pytest.mark.parametrize("name", NAMES)
def test_only_one_side_with_a_surface_is_infinitely_off(name: str) -> None:
    colors, codec = COLOR_MAPS[name].colors, depth_codec(PowerCurve(), name)
    excess = codec.excess(colors[None, [-1, -1, 40]], gbuffer(np.array([[np.inf, 2.0, np.inf]], np.float32)))
    np.testing.assert_array_equal(excess, [[0, np.inf, np.inf]])


@pytest.mark.parametrize("bad", [np.nan, -0.5, -np.inf])
def test_a_depth_that_is_none_is_refused_with_its_place(bad: float) -> None:
    depths_m = np.ones((4, 5), dtype=np.float32)
    depths_m[2, 3] = bad
    codec = depth_codec(PowerCurve(), "viridis")
    with pytest.raises(ValueError, match=r"row 2, column 3 is .*(nan|-0\.5|-inf)"):
        codec.encode(gbuffer(depths_m))
    assert np.isposinf(codec.excess(np.zeros((4, 5, 3), np.uint8), gbuffer(depths_m))[2, 3])


@pytest.mark.parametrize("name", NAMES)
def test_any_picture_projects_onto_the_nearest_level(name: str) -> None:
    color_map = COLOR_MAPS[name]
    rng = np.random.default_rng(6)
    near = color_map.colors[rng.integers(0, len(color_map.colors), 1500)] + rng.normal(0, 6, (1500, 3))
    corners = np.stack(np.meshgrid([0, 255], [0, 255], [0, 255]), axis=-1).reshape(-1, 3)
    rgb = np.concatenate([np.clip(near, 0, 255), rng.integers(0, 256, (1500, 3)), corners]).astype(np.uint8)
    squared = ((rgb[:, None].astype(int) - color_map.colors) ** 2).sum(axis=-1)
    np.testing.assert_array_equal(color_map.project(rgb), color_map.positions[squared.argmin(axis=1)])


def test_a_picture_may_be_a_view_of_another() -> None:
    rgb = np.random.default_rng(0).integers(0, 256, (20, 30, 3), dtype=np.uint8)
    gray = COLOR_MAPS["grayscale"]
    np.testing.assert_array_equal(gray.project(rgb[::-2, ::3]), gray.project(rgb)[::-2, ::3])


def test_a_channel_that_stands_still_is_cut_nowhere() -> None:
    red = color_map_through(np.array([[0.0, 0.5, 0.5], [1.0, 0.5, 0.5]]))
    assert len(red.colors) == 256
    assert (red.colors[:, 1:] == 128).all()


def test_grayscale_is_the_position_rounded() -> None:
    position = np.random.default_rng(2).uniform(0, 1, 1000)
    np.testing.assert_array_equal(COLOR_MAPS["grayscale"].draw(position)[:, 0], np.rint(255 * position))
