"""Numbers for the rows of a table: the same for equal rows, in the rows' order from the first column on."""

import numpy as np
from jaxtyping import Int64, Shaped


def row_numbers(rows: Shaped[np.ndarray, "n k"]) -> Int64[np.ndarray, " n"]:
    """Returns a number for each row, 0 to the number of distinct rows less 1.

    Column by column, since numpy sorts rows slowly. 0.0 and -0.0 are equal.
    """
    numbers = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        values, of_column = np.unique(column, return_inverse=True)
        _, numbers = np.unique(numbers * len(values) + of_column, return_inverse=True)
    return numbers
