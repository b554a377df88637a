"""Predictions against a dataset, by the measures of the paper (arXiv:2604.20329): `evaluate` holds a set against OUT.

Beneath it, decoded predictions against the truth; one module for each kind.
"""

from scenegen.evaluate.evaluation import evaluate
from scenegen.evaluate.instances import (
    IOU_THRESHOLDS,
    InstanceCounts,
    count_instances,
    mean_precision,
    mean_recall,
    pm_f1,
)
from scenegen.evaluate.regions import Overlap, class_overlaps, cumulative_iou, generalized_iou, mean_iou
from scenegen.evaluate.report import Report, SampleScore, SetScore
from scenegen.evaluate.surfaces import DepthMetrics, NormalMetrics, depth_metrics, normal_metrics

__all__ = [
    "IOU_THRESHOLDS",
    "DepthMetrics",
    "InstanceCounts",
    "NormalMetrics",
    "Overlap",
    "Report",
    "SampleScore",
    "SetScore",
    "class_overlaps",
    "count_instances",
    "cumulative_iou",
    "depth_metrics",
    "evaluate",
    "generalized_iou",
    "mean_iou",
    "mean_precision",
    "mean_recall",
    "normal_metrics",
    "pm_f1",
]
