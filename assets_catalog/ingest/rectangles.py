"""The largest rectangle of true cells in a grid."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool

Rectangle = tuple[int, int, int, int]
"""Top, left, height, width; in cells."""


def largest_rectangle(free: Bool[np.ndarray, "h w"]) -> Rectangle | None:
    """Returns the largest rectangle whose cells are all true, or None; of equal ones the first from the top."""
    best: tuple[int, int, int, int] | None = None
    found: Rectangle | None = None
    standing = [0] * free.shape[1]
    for bottom, row in enumerate(free.tolist()):
        standing = [above + 1 if cell else 0 for above, cell in zip(standing, row, strict=True)]
        for left, height, width in _widest(standing):
            order = height * width, height - bottom, -height, -left
            if best is None or order > best:
                best, found = order, (bottom - height + 1, left, height, width)
    return found


def _widest(heights: list[int]) -> Iterator[tuple[int, int, int]]:
    """Yields left, height and width of each rectangle under a row of columns that can't be made wider."""
    open_ones: list[tuple[int, int]] = []
    for column, height in enumerate([*heights, 0]):
        left = column
        while open_ones and open_ones[-1][1] > height:
            left, tall = open_ones.pop()
            yield left, tall, column - left
        if height and (not open_ones or open_ones[-1][1] < height):
            open_ones.append((left, height))
