"""Scores: what one prediction scores, and what the predictions of a set score together; one scorer for each task.

Depth and normals: every figure is taken of each image and then averaged over the images, as the usual benchmarks do,
so that a large image weighs as much as a small one; also the median angle, which is the mean of the images' medians.
Masks: intersections, unions and matches are summed over the set before they are divided (`regions`, `instances`).

An image in which nothing counts, with no depth in range or no object of the class, has NaN, and adds to no mean.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from jaxtyping import Shaped

from scenegen.evaluate.cases import Case
from scenegen.evaluate.instances import InstanceCounts, count_instances, mean_precision, mean_recall, pm_f1
from scenegen.evaluate.regions import Overlap, class_overlaps, cumulative_iou, generalized_iou, mean_iou
from scenegen.evaluate.surfaces import DepthMetrics, NormalMetrics, depth_metrics, normal_metrics

Figures = Mapping[str, float]
"""Name of a figure -> what it is; NaN where nothing counts."""


@dataclass(frozen=True)
class Figure:
    """One of a task's figures."""

    name: str
    head: str
    """As tables call it."""
    unit: str = ""
    """Nothing for shares, which lie between 0 and 1."""
    higher_is_better: bool = True

    def written(self, value: float) -> str:
        """Returns a value as text without its unit."""
        return "-" if math.isnan(value) else f"{value:.{3 if self.unit else 4}f}"


@dataclass(frozen=True)
class Score:
    """What one prediction scores."""

    figures: Figures
    regions: tuple[tuple[str, Overlap], ...] = ()
    """Of semantic and referring samples: each label with its overlap."""
    counts: InstanceCounts | None = None
    """Of instance samples."""


@dataclass(frozen=True)
class Scorer:
    """How a task is measured."""

    figures: tuple[Figure, ...]
    worst_by: str
    """The figure by which one sample is worse than another."""
    score: Callable[[Case, Shaped[np.ndarray, "h w *channels"]], Score]
    """Of a decoded prediction."""
    total: Callable[[Sequence[Score]], Figures]
    """Of a set that has one at least."""

    def figure(self, name: str) -> Figure:
        """Returns one of its figures."""
        return next(figure for figure in self.figures if figure.name == name)


def _depth(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> Score:
    return Score(_named(_DEPTH, depth_metrics(decoded, case.truth)))


def _normals(case: Case, decoded: Shaped[np.ndarray, "h w 3"]) -> Score:
    return Score(_named(_NORMALS, normal_metrics(decoded, case.truth)))


def _semantic(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> Score:
    regions = _regions(case, decoded)
    return Score(_semantic_total([Score({}, regions)]), regions)


def _referring(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> Score:
    regions = _regions(case, decoded)
    return Score(_referring_total([Score({}, regions)]), regions)


def _instance(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> Score:
    objects, ignored = object_numbers(case)
    counts = count_instances(decoded, case.truth, objects, ignored)
    return Score(_instance_total([Score({}, counts=counts)]), counts=counts)


def object_numbers(case: Case) -> tuple[list[int], list[int]]:
    """Returns the numbers of the objects to be found in the truth of an instance case, and of those to be ignored."""
    numbers = [(number, entry.decodable) for number, entry in enumerate(case.triplet.legend, start=1)]
    return [number for number, counts in numbers if counts], [number for number, counts in numbers if not counts]


def _regions(case: Case, decoded: Shaped[np.ndarray, "h w"]) -> tuple[tuple[str, Overlap], ...]:
    labels = [entry.label for entry in case.triplet.legend]
    return tuple(zip(labels, class_overlaps(decoded, case.truth, len(labels)), strict=True))


def _means(scores: Sequence[Score]) -> Figures:
    return {name: _mean([score.figures[name] for score in scores]) for name in scores[0].figures}


def _mean(values: Sequence[float]) -> float:
    counted = [value for value in values if not math.isnan(value)]
    return sum(counted) / len(counted) if counted else float("nan")


def _semantic_total(scores: Sequence[Score]) -> Figures:
    return {"miou": mean_iou(region for score in scores for region in score.regions)}


def _referring_total(scores: Sequence[Score]) -> Figures:
    overlaps = [overlap for score in scores for _, overlap in score.regions]
    return {"ciou": cumulative_iou(overlaps), "giou": generalized_iou(overlaps)}


def _instance_total(scores: Sequence[Score]) -> Figures:
    counts = [score.counts for score in scores if score.counts is not None]
    return {"pmf1": pm_f1(counts), "precision": mean_precision(counts), "recall": mean_recall(counts)}


def _named(figures: Sequence[Figure], metrics: DepthMetrics | NormalMetrics) -> Figures:
    measured = {**asdict(metrics), "missing_share": metrics.missing}
    return {figure.name: measured[figure.name] for figure in figures}


_DEPTH = (
    Figure("delta1", "δ1"),
    Figure("abs_rel", "AbsRel", higher_is_better=False),
    Figure("rmse_m", "RMSE", "m", higher_is_better=False),
    Figure("missing_share", "missing", higher_is_better=False),
)
_NORMALS = (
    Figure("mean_deg", "mean", "°", higher_is_better=False),
    Figure("median_deg", "median", "°", higher_is_better=False),
    Figure("under_11_25_deg", "<11.25°"),
    Figure("under_22_5_deg", "<22.5°"),
    Figure("under_30_deg", "<30°"),
    Figure("missing_share", "missing", higher_is_better=False),
)
_SEMANTIC = (Figure("miou", "mIoU"),)
_INSTANCE = (Figure("pmf1", "pmF1"), Figure("precision", "precision"), Figure("recall", "recall"))
_REFERRING = (Figure("ciou", "cIoU"), Figure("giou", "gIoU"))

SCORERS: dict[str, Scorer] = {
    "depth": Scorer(_DEPTH, worst_by="abs_rel", score=_depth, total=_means),
    "normals": Scorer(_NORMALS, worst_by="mean_deg", score=_normals, total=_means),
    "semantic": Scorer(_SEMANTIC, worst_by="miou", score=_semantic, total=_semantic_total),
    "instance": Scorer(_INSTANCE, worst_by="pmf1", score=_instance, total=_instance_total),
    "referring": Scorer(_REFERRING, worst_by="giou", score=_referring, total=_referring_total),
}
"""task -> how it is measured; one for each of ENCODERS."""
