"""Rows have the same number when they are equal, and numbers are in the rows' order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from jaxtyping import Float64

from assets_catalog.ingest.row_numbers import row_numbers

VALUES = st.sampled_from([-1.5, -0.0, 0.0, 2.0, 1e9])


@given(arrays.arrays(np.float64, st.tuples(st.integers(1, 12), st.integers(1, 4)), elements=VALUES))
def test_numbers_are_those_of_the_sorted_distinct_rows(rows: Float64[np.ndarray, "n k"]) -> None:
    distinct = sorted({tuple(row) for row in (rows + 0.0).tolist()})
    assert row_numbers(rows).tolist() == [distinct.index(tuple(row)) for row in (rows + 0.0).tolist()]
