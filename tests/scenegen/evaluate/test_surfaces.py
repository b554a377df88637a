"""Metrics: right figures on cases worked out by hand, and nothing left out that a model failed to predict."""

import math
from collections.abc import Sequence

import numpy as np
import pytest
from jaxtyping import Float32

from scenegen.evaluate import depth_metrics, normal_metrics


def row(*depths_m: float) -> Float32[np.ndarray, "1 w"]:
    return np.array([depths_m], dtype=np.float32)


def tilted(*angles_deg: float) -> Float32[np.ndarray, "1 w 3"]:
    """Returns directions turned away from the camera's z about its x."""
    angles = np.radians(angles_deg)
    return np.stack([np.zeros_like(angles), np.sin(angles), np.cos(angles)], axis=-1)[None].astype(np.float32)


def vectors(*rows: Sequence[float]) -> Float32[np.ndarray, "1 w 3"]:
    return np.array([rows], dtype=np.float32)


def test_a_perfect_prediction_has_perfect_figures() -> None:
    depth = depth_metrics(row(1, 5, np.inf), row(1, 5, np.inf))
    assert (depth.delta1, depth.abs_rel, depth.rmse_m, depth.missing, depth.pixels) == (1, 0, 0, 0, 2)
    normal = normal_metrics(tilted(0, 40), tilted(0, 40))
    assert (normal.mean_deg, normal.median_deg, normal.under_11_25_deg, normal.pixels) == (0, 0, 1, 2)


def test_delta1_takes_ratios_under_five_quarters_either_way() -> None:
    metrics = depth_metrics(row(4.99, 5.0, 3.21, 3.19), row(4, 4, 4, 4))
    assert metrics.delta1 == 0.5


def test_abs_rel_is_relative_to_the_truth() -> None:
    assert depth_metrics(row(3, 5), row(2, 10)).abs_rel == pytest.approx(0.5)
    assert depth_metrics(row(2, 10), row(3, 5)).abs_rel == pytest.approx((1 / 3 + 1) / 2)


def test_rmse_is_in_metres_and_weighs_large_errors_more() -> None:
    assert depth_metrics(row(3, 6), row(2, 13)).rmse_m == pytest.approx(5)  # sqrt((1 + 49) / 2)


def test_a_depth_that_was_not_predicted_is_an_error_of_all_of_it() -> None:
    assert depth_metrics(row(np.inf, np.nan), row(3, 4)).rmse_m == pytest.approx(math.sqrt(12.5))


def test_scale_is_not_aligned() -> None:
    true_m = row(1, 2, 3)
    metrics = depth_metrics(2 * true_m, true_m)
    assert (metrics.delta1, metrics.abs_rel) == (0, 1)


@pytest.mark.parametrize("absent", [np.inf, np.nan, -np.inf])
def test_a_depth_that_was_not_predicted_is_wrong_and_counted(absent: float) -> None:
    metrics = depth_metrics(row(absent, 2), row(2, 2))
    assert (metrics.delta1, metrics.abs_rel, metrics.missing, metrics.pixels) == (0.5, 0.5, 0.5, 2)


@pytest.mark.parametrize("impossible", [0.0, -2.0])
def test_a_depth_that_cannot_be_is_outside_delta1(impossible: float) -> None:
    assert depth_metrics(row(impossible), row(2)).delta1 == 0


@pytest.mark.parametrize("absent", [np.inf, np.nan, 0.0])
def test_pixels_whose_truth_has_no_depth_do_not_count(absent: float) -> None:
    metrics = depth_metrics(row(7, 2), row(absent, 2))
    assert (metrics.delta1, metrics.pixels) == (1, 1)


def test_angles_are_measured_and_binned() -> None:
    metrics = normal_metrics(tilted(0, 11, 22, 29, 88), tilted(0, 0, 0, 0, 0))
    assert metrics.mean_deg == pytest.approx(30, abs=1e-4)
    assert metrics.median_deg == pytest.approx(22, abs=1e-4)
    assert (metrics.under_11_25_deg, metrics.under_22_5_deg, metrics.under_30_deg) == (0.4, 0.6, 0.8)


def test_opposite_and_nearly_equal_directions_keep_their_angle() -> None:
    assert normal_metrics(tilted(180), tilted(0)).mean_deg == pytest.approx(180, abs=1e-4)
    assert normal_metrics(tilted(0.01), tilted(0)).mean_deg == pytest.approx(0.01, rel=1e-3)


def test_the_length_of_a_predicted_normal_does_not_matter() -> None:
    assert normal_metrics(7 * tilted(25), tilted(0)).mean_deg == pytest.approx(25, abs=1e-4)


@pytest.mark.parametrize("absent", [[0.0, 0.0, 0.0], [math.nan, 0.0, 1.0]])
def test_a_normal_that_was_not_predicted_is_wrong_and_counted(absent: list[float]) -> None:
    metrics = normal_metrics(vectors(absent, [0, 0, 1]), tilted(0, 0))
    assert (metrics.mean_deg, metrics.missing, metrics.pixels) == (90, 0.5, 2)
    assert metrics.under_30_deg == 0.5


def test_pixels_whose_truth_has_no_normal_do_not_count() -> None:
    metrics = normal_metrics(tilted(90, 0), vectors([0, 0, 0], [0, 0, 1]))
    assert (metrics.mean_deg, metrics.pixels) == (0, 1)


def test_with_nothing_to_count_the_figures_are_nan() -> None:
    depth = depth_metrics(row(1), row(np.inf))
    normal = normal_metrics(tilted(0), vectors([0, 0, 0]))
    assert (depth.pixels, normal.pixels) == (0, 0)
    assert all(map(math.isnan, (depth.delta1, depth.abs_rel, depth.rmse_m, depth.missing)))
    assert all(map(math.isnan, (normal.mean_deg, normal.median_deg, normal.under_30_deg, normal.missing)))


def test_a_stack_of_images_is_measured_as_one() -> None:
    predicted = np.stack([row(1, 2), row(4, 4)])
    true = np.stack([row(1, 2), row(2, 2)])
    assert depth_metrics(predicted, true).delta1 == 0.5
