"""Regions against the truth: mIoU of semantic targets, cIoU and gIoU of referring ones.

mIoU: intersections and unions are summed for each class over the set, the classes' ratios averaged (as Cityscapes).
cIoU: all intersections of the set over all its unions (RefCOCO). gIoU: the mean of the expressions' IoUs (ReasonSeg).

The background is no class: what is wrongly taken for a class counts in that class's union, and nothing else does.
A class that is neither in truth nor predicted, union 0, doesn't count in mIoU, and is a gIoU of 1, since predicting
nothing was right (as in the evaluation of LISA, arXiv:2308.00692). Over nothing at all every figure is NaN.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int32

from scenegen.encoders.masks.overlap import shared_px


@dataclass(frozen=True)
class Overlap:
    """The pixels that truth and prediction of one region share, and those that either has."""

    intersection_px: int = 0
    union_px: int = 0

    def __add__(self, other: "Overlap") -> "Overlap":
        return Overlap(self.intersection_px + other.intersection_px, self.union_px + other.union_px)

    @property
    def iou(self) -> float:
        """Returns 1 where both are empty."""
        return self.intersection_px / self.union_px if self.union_px else 1.0


def class_overlaps(
    predicted: Int32[np.ndarray, "h w"], true: Int32[np.ndarray, "h w"], classes: int
) -> tuple[Overlap, ...]:
    """Compares maps of indices, 0 to classes - 1 and -1 for the background, as `decode_legend` returns them."""
    shared = shared_px(predicted + 1, true + 1, classes + 1, classes + 1)
    inside = shared.diagonal()
    union = shared.sum(axis=0) + shared.sum(axis=1) - inside
    return tuple(Overlap(int(inside[i]), int(union[i])) for i in range(1, classes + 1))


def mean_iou(overlaps: Iterable[tuple[Hashable, Overlap]]) -> float:
    """Returns mIoU; each overlap comes with its class, by which those of many images are summed."""
    of_class: dict[Hashable, Overlap] = defaultdict(Overlap)
    for name, overlap in overlaps:
        of_class[name] += overlap
    return _mean([overlap.iou for overlap in of_class.values() if overlap.union_px])


def cumulative_iou(overlaps: Iterable[Overlap]) -> float:
    """Returns cIoU."""
    total = sum(overlaps, Overlap())
    return total.iou if total.union_px else float("nan")


def generalized_iou(overlaps: Iterable[Overlap]) -> float:
    """Returns gIoU."""
    return _mean([overlap.iou for overlap in overlaps])


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
