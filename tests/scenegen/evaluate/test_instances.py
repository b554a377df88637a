"""pmF1 on cases worked out by hand."""

import math

import numpy as np
import pytest
from jaxtyping import Int32

from scenegen.evaluate import IOU_THRESHOLDS, InstanceCounts, count_instances, mean_precision, mean_recall, pm_f1
from scenegen.evaluate.instances import matched_ids


def row(*runs: tuple[int, int]) -> Int32[np.ndarray, "1 w"]:
    """Returns ids, each so many times."""
    return np.repeat([each for each, _ in runs], [times for _, times in runs]).astype(np.int32)[None]


def test_thresholds_are_ten_from_a_half_to_95_percent() -> None:
    assert IOU_THRESHOLDS == (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


def test_a_pair_counts_up_to_its_iou() -> None:
    counts = count_instances(row((1, 75), (0, 25)), row((6, 100)), [6])
    assert counts == InstanceCounts(matched=(1,) * 6 + (0,) * 4, instances=1, objects=1)
    assert pm_f1([counts]) == pytest.approx(0.6)


def test_the_matching_has_the_greatest_sum_even_where_a_pair_is_lost_by_it() -> None:
    true, predicted = row((4, 8), (5, 4)), row((1, 6), (2, 2), (1, 4))
    # IoUs of instance 1: 0.5 and 0.4, of instance 2: 0.25 and 0; the sum of 0.4 and 0.25 is greater than 0.5
    assert count_instances(predicted, true, [4, 5]).matched[0] == 0
    assert count_instances((predicted == 1).astype(np.int32), true, [4, 5]).matched[0] == 1


def test_each_object_is_found_once() -> None:
    counts = count_instances(row((1, 60), (2, 40)), row((3, 100)), [3])
    assert (counts.matched[0], counts.instances, counts.objects) == (1, 2, 1)


def test_f1_is_of_the_sums_over_the_set() -> None:
    perfect = InstanceCounts(matched=(9,) * 10, instances=9, objects=9)
    missed = InstanceCounts(matched=(0,) * 10, instances=0, objects=2)
    assert pm_f1([perfect, missed]) == pytest.approx(18 / 20)


def test_images_without_objects_do_not_count_whatever_is_predicted_there() -> None:
    nothing = count_instances(row((1, 5), (2, 5)), row((0, 10)), [])
    assert (nothing.instances, nothing.objects) == (2, 0)
    found = count_instances(row((1, 10)), row((4, 10)), [4])
    assert pm_f1([found, nothing]) == 1
    assert math.isnan(pm_f1([nothing]))
    assert math.isnan(pm_f1([]))


def test_an_empty_prediction_finds_nothing() -> None:
    counts = count_instances(row((0, 10)), row((4, 5), (9, 5)), [4, 9])
    assert counts == InstanceCounts(matched=(0,) * 10, instances=0, objects=2)
    assert pm_f1([counts]) == 0


def test_ignored_objects_are_neither_missed_nor_wrongly_found() -> None:
    true = row((4, 50), (5, 20), (0, 30))
    on_five = row((1, 50), (2, 11), (3, 9), (0, 30))
    assert count_instances(on_five, true, [4], [5]) == InstanceCounts((1,) * 10, instances=1, objects=1)
    half_outside = row((1, 50), (0, 10), (2, 20), (0, 20))
    assert count_instances(half_outside, true, [4], [5]).instances == 2


def test_objects_of_other_classes_are_background() -> None:
    assert count_instances(row((1, 10), (2, 10)), row((4, 10), (5, 10)), [4]).instances == 2


def test_precision_and_recall_are_shares_of_what_was_found_and_of_what_is_there() -> None:
    counts = [
        InstanceCounts(matched=(2,) * 5 + (1,) * 5, instances=3, objects=5),
        InstanceCounts(matched=(0,) * 10, instances=7, objects=0),
    ]
    assert mean_precision(counts) == pytest.approx(1.5 / 3)
    assert mean_recall(counts) == pytest.approx(1.5 / 5)
    assert pm_f1(counts) == pytest.approx(3 / 8)
    for figure in (mean_precision, mean_recall):
        assert math.isnan(figure(counts[1:]))
        assert math.isnan(figure([]))
    assert math.isnan(mean_precision([InstanceCounts(matched=(0,) * 10, instances=0, objects=2)]))


def test_pairs_below_the_lowest_threshold_are_none() -> None:
    true = row((7, 10), (9, 10), (0, 5))
    assert matched_ids(row((2, 10), (1, 5), (0, 10)), true, [7, 9]) == {1: 9, 2: 7}
    assert matched_ids(row((2, 10), (1, 4), (0, 11)), true, [7, 9]) == {2: 7}
