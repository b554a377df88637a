"""Instances against the truth: pmF1, the micro-F1 over positive queries of SA-Co (arXiv:2511.16719).

In each image instances and objects are matched one to one so that their IoUs sum to the most. At each of ten thresholds
of IoU, 0.5 to 0.95, a pair at or above it is a true positive. F1 = 2 TP / (instances + objects), summed over all images
whose truth has an object; pmF1 is the mean over the thresholds.

Objects that the five steps can't read from a perfect target are `ignored`: they are no objects to be found, and an
instance of which more than half lies on them is left out too, so that finding them is no mistake. An image with no
other objects doesn't count. Over nothing at all pmF1 is NaN.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float64, Int32

from scenegen.encoders.masks.overlap import iou_of, ranked, shared_px

IOU_THRESHOLDS = tuple(percent / 100 for percent in range(50, 100, 5))


@dataclass(frozen=True)
class InstanceCounts:
    """What one image adds to pmF1."""

    matched: tuple[int, ...]
    """True positives at each of `IOU_THRESHOLDS`."""
    instances: int
    """How many were predicted."""
    objects: int
    """How many there are."""


def count_instances(
    predicted: Int32[np.ndarray, "h w"],
    instance_id: Int32[np.ndarray, "h w"],
    object_ids: Collection[int],
    ignored_ids: Collection[int] = (),
) -> InstanceCounts:
    """Compares decoded instances, 1 to n, with the objects named; ids in neither collection are background."""
    ids = sorted(object_ids)
    iou = iou_of(predicted, instance_id, ids)[~_on_ignored(predicted, instance_id, ignored_ids)]
    pairs = iou[_matching(iou)]
    matched = tuple(int((pairs >= threshold).sum()) for threshold in IOU_THRESHOLDS)
    return InstanceCounts(matched, instances=len(iou), objects=len(ids))


def pm_f1(counts: Iterable[InstanceCounts]) -> float:
    """Returns pmF1 of the images counted."""
    total = _total(counts)
    found = total.instances + total.objects
    return 2 * _mean_matched(total) / found if found else float("nan")


def mean_precision(counts: Iterable[InstanceCounts]) -> float:
    """Returns the share of the instances that are true positives, summed and averaged as pmF1 is."""
    total = _total(counts)
    return _mean_matched(total) / total.instances if total.instances else float("nan")


def mean_recall(counts: Iterable[InstanceCounts]) -> float:
    """Returns the share of the objects that were found, summed and averaged as pmF1 is."""
    total = _total(counts)
    return _mean_matched(total) / total.objects if total.objects else float("nan")


def matched_ids(
    predicted: Int32[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"], object_ids: Collection[int]
) -> dict[int, int]:
    """Returns instance -> object for the pairs of the matching whose IoU reaches the lowest threshold."""
    ids = sorted(object_ids)
    iou = iou_of(predicted, instance_id, ids)
    pairs = zip(*(side.tolist() for side in _matching(iou)), strict=True)
    return {row + 1: ids[column] for row, column in pairs if iou[row, column] >= IOU_THRESHOLDS[0]}


def _total(counts: Iterable[InstanceCounts]) -> InstanceCounts:
    """Returns the sums over the images that have an object."""
    positive = [each for each in counts if each.objects]
    matched = tuple(sum(each.matched[i] for each in positive) for i in range(len(IOU_THRESHOLDS)))
    return InstanceCounts(
        matched, instances=sum(each.instances for each in positive), objects=sum(each.objects for each in positive)
    )


def _mean_matched(counts: InstanceCounts) -> float:
    return sum(counts.matched) / len(counts.matched)


def _on_ignored(
    predicted: Int32[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"], ignored_ids: Collection[int]
) -> Bool[np.ndarray, " instances"]:
    """Returns which instances lie on ignored objects by more than half."""
    ignored = np.minimum(ranked(instance_id, sorted(ignored_ids)), 1)
    shared = shared_px(predicted, ignored, int(predicted.max(initial=0)) + 1, 2)[1:]
    return shared[:, 1] > shared[:, 0]


def _matching(iou: Float64[np.ndarray, "instances objects"]) -> tuple[np.ndarray, np.ndarray]:
    """Returns the pairs, rows and columns, whose IoUs sum to the most."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - for those who evaluate instances

    rows, columns = linear_sum_assignment(iou, maximize=True)
    return rows, columns
