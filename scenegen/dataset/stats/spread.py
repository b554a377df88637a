"""Spread: how figures, one a frame, are distributed: five of them by rank, and a histogram of equal bins.

The ranks are quantiles without interpolation, so each is a figure that a frame has. Where there are no figures there
is no spread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

QUANTILES = (0.0, 0.05, 0.5, 0.95, 1.0)


@dataclass(frozen=True)
class Spread:
    """Of one figure over frames."""

    least: float
    p5: float
    median: float
    p95: float
    most: float
    edges: tuple[float, ...]
    """Of the histogram's bins, one more than there are bins."""
    counts: tuple[int, ...]
    """Frames in each bin; a figure on an edge counts above it."""

    @property
    def ranks(self) -> tuple[float, ...]:
        """Returns the five figures by rank."""
        return self.least, self.p5, self.median, self.p95, self.most


def spread(figures: Sequence[float], low: float, high: float, bins: int) -> Spread | None:
    """Returns the spread with a histogram from `low` to `high`, whose ends hold what lies beyond."""
    if not figures:
        return None
    values = np.asarray(figures, dtype=np.float64)
    edges = np.linspace(low, high, bins + 1)
    places = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins)
    least, p5, median, p95, most = np.quantile(values, QUANTILES, method="inverted_cdf").tolist()
    return Spread(least, p5, median, p95, most, tuple(edges.tolist()), tuple(counts.tolist()))
