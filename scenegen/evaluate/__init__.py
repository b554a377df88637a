"""Decoded predictions against the truth, by the measures of the paper (arXiv:2604.20329); one module for each kind."""

from scenegen.evaluate.instances import IOU_THRESHOLDS, InstanceCounts, count_instances, pm_f1
from scenegen.evaluate.regions import Overlap, class_overlaps, cumulative_iou, generalized_iou, mean_iou
from scenegen.evaluate.surfaces import DepthMetrics, NormalMetrics, depth_metrics, normal_metrics

__all__ = [
    "IOU_THRESHOLDS",
    "DepthMetrics",
    "InstanceCounts",
    "NormalMetrics",
    "Overlap",
    "class_overlaps",
    "count_instances",
    "cumulative_iou",
    "depth_metrics",
    "generalized_iou",
    "mean_iou",
    "normal_metrics",
    "pm_f1",
]
