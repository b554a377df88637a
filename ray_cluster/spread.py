"""Spread: a figure with the interval in which it lies nine times in ten, told from a few scenes of each recipe.

The mean over a run is that of its recipes by their shares; its standard error is added up likewise, and Student's t
takes the degrees of freedom of Welch and Satterthwaite. The interval is one of ratios, mean * exp(+-t * error / mean),
so that no cost comes out below nothing. One value of a recipe tells no spread, and adds none.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, variance

CONFIDENCE = 0.9


@dataclass(frozen=True)
class Spread:
    """A figure, and from where to where it may lie."""

    mean: float
    low: float
    high: float

    def __add__(self, known: float) -> "Spread":
        """Returns the figure with something added that has no spread."""
        return Spread(self.mean + known, self.low + known, self.high + known)

    def __mul__(self, factor: float) -> "Spread":
        """Returns the figure so many times."""
        return Spread(self.mean * factor, self.low * factor, self.high * factor)

    def of(self, amount: float) -> "Spread":
        """Returns an amount divided by the figure, 0 where the figure is."""
        return Spread(*(amount / each if each > 0 else 0.0 for each in (self.mean, self.high, self.low)))


def stratified(shares: Sequence[float], values: Sequence[Sequence[float]]) -> Spread:
    """Returns the mean over strata with such shares, of each some values, one at least."""
    total = sum(shares)
    means = [fmean(each) for each in values]
    mean = sum(share / total * each for share, each in zip(shares, means, strict=True))
    if mean <= 0:
        return Spread(mean, mean, mean)
    parts = [
        ((share / total) ** 2 * variance(each) / len(each), len(each) - 1)
        for share, each in zip(shares, values, strict=True)
        if len(each) > 1
    ]
    ratio = math.exp(_quantile(parts) * math.sqrt(sum(part for part, _ in parts)) / mean)
    return Spread(mean, mean / ratio, mean * ratio)


def _quantile(parts: Sequence[tuple[float, int]]) -> float:
    """Returns Student's t for squared errors with their degrees of freedom."""
    from scipy.stats import t  # noqa: PLC0415 - half a second

    squares = sum(part**2 / freedom for part, freedom in parts)
    if squares == 0:
        return 0.0
    freedom = sum(part for part, _ in parts) ** 2 / squares
    return float(t.ppf((1 + CONFIDENCE) / 2, freedom))
