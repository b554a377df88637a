"""Depth targets: held against the paper's figures, and against the PyPI package hilbertmap."""

import json
from collections.abc import Sequence

import hilbertmap
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Float32, UInt8

from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.encoders.hilbert import LAST_LEVEL, walk
from schemas.frame import GBuffer

WHITE = [255, 255, 255]
DEPTH = depth_codec(PowerCurve())
PATH = walk(np.arange(LAST_LEVEL + 1) / LAST_LEVEL)


def gbuffer(depths_m: Float32[np.ndarray, "h w"] | Sequence[float]) -> GBuffer:
    z_depth_m = np.atleast_2d(np.asarray(depths_m, dtype=np.float32))
    ids = np.zeros(z_depth_m.shape, dtype=np.int32)
    return GBuffer(z_depth_m, np.zeros((*z_depth_m.shape, 3), dtype=np.float32), ids, ids, ids)


def path_image(*levels: int) -> UInt8[np.ndarray, "1 w 3"]:
    return PATH[None, list(levels)]


def random_depths_m() -> Float32[np.ndarray, "1000 1000"]:
    rng = np.random.default_rng(2604)
    depths_m = np.exp(rng.uniform(np.log(0.01), np.log(1000), (1000, 1000)))
    edges_m = [0, 1e-30, 1e-6, 0.01, 0.801, 1.832, 3.229, 5.275, 8.708, 16.458, 412, 586, 588, 1000, 1e9, 3e38]
    depths_m[0, : len(edges_m)] = edges_m
    return depths_m.astype(np.float32)


def test_encoding_equals_hilbertmap_within_one_code() -> None:
    depths_m = random_depths_m()
    theirs = np.rint(255 * hilbertmap.depth_to_rgb(depths_m.astype(np.float64)))
    difference = np.abs(DEPTH.encode(gbuffer(depths_m)) - theirs)
    assert difference.max() <= 1
    assert (difference == 0).all(axis=-1).mean() > 0.999


def test_decoding_equals_hilbertmap_on_all_clean_codes_but_white() -> None:
    clean = PATH[None, :-1]
    assert clean.shape[1] == 1785
    theirs = hilbertmap.rgb_to_depth(clean / 255)
    np.testing.assert_allclose(DEPTH.decode(clean), theirs, rtol=1e-3, atol=1e-12)


def test_decoding_equals_hilbertmap_on_noisy_codes() -> None:
    rng = np.random.default_rng(3)
    noisy = np.clip(PATH[None, :1500].astype(int) + rng.integers(-8, 9, (60, 1500, 3)), 0, 255).astype(np.uint8)
    theirs = hilbertmap.rgb_to_depth(noisy / 255)
    agree = np.isclose(DEPTH.decode(noisy), theirs, rtol=1e-3, atol=1e-9)
    assert agree.mean() > 0.99  # the rest is as near to two edges: they take either, we the nearer depth


def test_the_papers_depths_lie_on_the_corners_of_the_path() -> None:
    rgb = DEPTH.encode(gbuffer([0, 0.801, 1.832, 3.229, 5.275, 8.708, 16.458, np.inf]))
    np.testing.assert_array_equal(rgb[0], PATH[::255])
    at_corners_m = DEPTH.decode(PATH[None, ::255])
    np.testing.assert_allclose(at_corners_m[0, :-1], [0, 0.801, 1.832, 3.229, 5.275, 8.708, 16.458], atol=6e-4)


def test_the_smallest_step_at_a_depth_is_the_papers() -> None:
    level = np.rint(LAST_LEVEL * PowerCurve().position(np.array([1, 10, 40, 80], dtype=np.float32))).astype(int)
    depth_m = DEPTH.decode(PATH[None])[0]
    np.testing.assert_allclose(depth_m[level + 1] - depth_m[level], [0.0037, 0.022, 0.35, 2.1], rtol=0.05)


def test_the_round_trip_stays_within_half_a_level() -> None:
    depths_m = random_depths_m()
    truth = gbuffer(depths_m)
    target = DEPTH.encode(truth)
    assert DEPTH.excess(target, truth).max() <= 1
    indoors = depths_m < 50
    error_m = np.abs(DEPTH.decode(target)[indoors] - depths_m[indoors])
    metres_a_level = 5 * (1 + depths_m[indoors] / 10) ** 3 / LAST_LEVEL  # 1 / f'(d)
    assert (error_m <= 0.51 * metres_a_level).all()


@pytest.mark.parametrize("row_m", [[np.inf, np.inf], [1.0, np.inf]])
def test_no_surface_is_pure_white_and_back(row_m: list[float]) -> None:
    rgb = DEPTH.encode(gbuffer(row_m))
    assert rgb[0, 1].tolist() == WHITE
    assert np.isposinf(DEPTH.decode(rgb)[0, 1])


def test_only_white_decodes_to_no_surface() -> None:
    decoded_m = DEPTH.decode(PATH[None])[0]
    assert np.isfinite(decoded_m[:-1]).all()
    assert (np.diff(decoded_m) > 0).all()


@settings(derandomize=True, max_examples=50)
@given(st.integers(0, 2**32 - 1))
def test_a_noisy_target_decodes_to_a_depth_or_to_no_surface(seed: int) -> None:
    rng = np.random.default_rng(seed)
    levels = rng.integers(0, LAST_LEVEL + 1, (8, 64))
    noisy = np.clip(PATH[levels].astype(int) + rng.integers(-8, 9, (8, 64, 3)), 0, 255).astype(np.uint8)
    decoded_m = DEPTH.decode(noisy)
    assert not np.isnan(decoded_m).any()
    assert (decoded_m >= 0).all()


@pytest.mark.parametrize("bad", [np.nan, -0.5, -np.inf])
def test_a_depth_that_is_none_is_refused_with_its_place(bad: float) -> None:
    depths_m = np.ones((4, 5), dtype=np.float32)
    depths_m[2, 3] = bad
    with pytest.raises(ValueError, match=r"row 2, column 3 is .*(nan|-0\.5|-inf)"):
        DEPTH.encode(gbuffer(depths_m))


def test_excess_catches_a_change_of_two_levels_anywhere() -> None:
    truth = gbuffer(random_depths_m()[:64, :64])
    target = DEPTH.encode(truth)
    levels = np.rint(LAST_LEVEL * PowerCurve().position(truth.z_depth_m)).astype(int)
    for change in (-2, 2):
        changed = levels + change
        inside = (changed >= 0) & (changed <= LAST_LEVEL)
        assert (DEPTH.excess(PATH[np.clip(changed, 0, LAST_LEVEL)], truth)[inside] > 1).all()
    assert (DEPTH.excess(target, truth) <= 1).all()


def test_excess_marks_only_the_pixel_that_is_off() -> None:
    truth = gbuffer(np.full((3, 3), 2.0, dtype=np.float32))
    target = DEPTH.encode(truth)
    target[1, 2, 0] -= 2  # between yellow and green, where red falls
    np.testing.assert_array_equal(np.argwhere(DEPTH.excess(target, truth) > 1), [[1, 2]])


def test_excess_is_infinite_where_only_one_side_has_a_surface() -> None:
    white, nearly_white = LAST_LEVEL, LAST_LEVEL - 1
    target = path_image(white, nearly_white, white, white, 400)
    excess = DEPTH.excess(target, gbuffer([np.inf, np.inf, 2.0, 400.0, np.inf]))
    np.testing.assert_array_equal(excess[0], [0, np.inf, np.inf, np.inf, np.inf])


def test_a_finite_depth_that_rounds_to_white_is_right_when_white() -> None:
    assert DEPTH.encode(gbuffer([586.0, 588.0, 5000.0]))[0].tolist() == [[255, 254, 255], WHITE, WHITE]
    excess = DEPTH.excess(path_image(*[LAST_LEVEL] * 3), gbuffer([588.0, 5000.0, 3e38]))
    assert (excess <= 1).all()


def test_a_truth_that_is_no_depth_agrees_with_nothing() -> None:
    excess = DEPTH.excess(path_image(LAST_LEVEL, 0), gbuffer([np.nan, -1.0]))
    assert np.isposinf(excess).all()


def test_the_parameters_stand_with_the_data_and_rule_the_curve() -> None:
    curve = PowerCurve(exponent=-2.0, scale_m=5.0)
    codec = depth_codec(curve)
    params = json.loads(codec.params)
    assert (params["lambda"], params["c_m"]) == (-2.0, 5.0)
    depth_m = np.array([0.3, 3.0, 10.0], dtype=np.float32)
    np.testing.assert_allclose(curve.position(depth_m), depth_m / (depth_m + 10), rtol=1e-6)
    truth = gbuffer(depth_m)
    assert codec.excess(codec.encode(truth), truth).max() <= 1
    assert DEPTH.excess(codec.encode(truth), truth).max() > 1
