"""Draws: values from intervals, those of a spec and our own, and names by their shares, for every recipe."""

from collections.abc import Mapping

import numpy as np

from schemas.ranges import Range


def drawn_within(rng: np.random.Generator, interval: Range) -> float:
    """Returns a draw; an interval of one value takes a number from the stream too, so that later ones stay."""
    return float(rng.uniform(interval.low, interval.high))


def uniform(rng: np.random.Generator, low: float, high: float) -> float:
    """Returns a draw as a plain float; `low` where the interval is empty."""
    return float(rng.uniform(low, high)) if high > low else low


def one_of(rng: np.random.Generator, shares: Mapping[str, float]) -> str:
    """Returns a name, each as often as its share says."""
    names, weights = list(shares), np.array(list(shares.values()))
    return names[int(np.searchsorted(np.cumsum(weights), rng.random() * weights.sum(), side="right"))]
