"""Draws: values from the intervals of a spec, for every recipe."""

import numpy as np

from schemas.ranges import Range


def drawn_within(rng: np.random.Generator, interval: Range) -> float:
    """Returns a draw; an interval of one value takes a number from the stream too, so that later ones stay."""
    return float(rng.uniform(interval.low, interval.high))
