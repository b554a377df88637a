"""mIoU, cIoU and gIoU on cases worked out by hand."""

import math

import numpy as np
import pytest
from jaxtyping import Int32

from scenegen.evaluate import Overlap, class_overlaps, cumulative_iou, generalized_iou, mean_iou


def row(*indices: int) -> Int32[np.ndarray, "1 w"]:
    return np.array([indices], dtype=np.int32)


def test_overlaps_are_counted_class_by_class_and_the_background_is_none() -> None:
    overlaps = class_overlaps(row(0, 0, 1, -1, 2, -1), row(0, 1, 1, 1, -1, -1), 4)
    assert overlaps == (Overlap(1, 2), Overlap(1, 3), Overlap(0, 1), Overlap(0, 0))


def test_miou_sums_each_class_over_the_set_before_it_divides() -> None:
    overlaps = [("chair", Overlap(1, 1)), ("lamp", Overlap(1, 4)), ("chair", Overlap(0, 3))]
    assert mean_iou(overlaps) == pytest.approx((1 / 4 + 1 / 4) / 2)


def test_an_absent_class_counts_only_where_it_is_predicted() -> None:
    assert mean_iou([("chair", Overlap(3, 3)), ("absent", Overlap(0, 0))]) == 1
    assert mean_iou([("chair", Overlap(3, 3)), ("absent", Overlap(0, 5))]) == 0.5


def test_ciou_weighs_by_pixels_and_giou_by_expressions() -> None:
    overlaps = [Overlap(90, 100), Overlap(1, 10)]
    assert cumulative_iou(overlaps) == pytest.approx(91 / 110)
    assert generalized_iou(overlaps) == pytest.approx((0.9 + 0.1) / 2)


def test_what_is_rightly_left_empty_is_perfect_for_giou_and_nothing_for_ciou() -> None:
    overlaps = [Overlap(0, 0), Overlap(1, 2)]
    assert generalized_iou(overlaps) == 0.75
    assert cumulative_iou(overlaps) == 0.5


def test_a_prediction_where_nothing_is_and_nothing_where_something_is_are_wrong() -> None:
    assert generalized_iou([Overlap(0, 7), *class_overlaps(row(-1, -1), row(0, -1), 1)]) == 0


def test_over_nothing_the_figures_are_nan() -> None:
    assert math.isnan(mean_iou([]))
    assert math.isnan(mean_iou([("chair", Overlap())]))
    assert math.isnan(cumulative_iou([]))
    assert math.isnan(cumulative_iou([Overlap()]))
    assert math.isnan(generalized_iou([]))
