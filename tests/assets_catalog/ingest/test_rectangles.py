"""The largest rectangle of true cells, held against trying all."""

import numpy as np
from hypothesis import given
from hypothesis.extra import numpy as arrays
from jaxtyping import Bool

from assets_catalog.ingest.rectangles import Rectangle, largest_rectangle


def _by_trying(free: Bool[np.ndarray, "h w"]) -> Rectangle | None:
    rows, columns = free.shape
    best = None
    for top in range(rows):
        for bottom in range(top, rows):
            for left in range(columns):
                for right in range(left, columns):
                    found = top, left, bottom - top + 1, right - left + 1
                    whole = free[top : bottom + 1, left : right + 1].all()
                    if whole and (best is None or found[2] * found[3] > best[2] * best[3]):
                        best = found
    return best


@given(arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, max_side=6)))
def test_it_is_the_largest_and_of_equal_ones_the_first(free: Bool[np.ndarray, "h w"]) -> None:
    assert largest_rectangle(free) == _by_trying(free)
