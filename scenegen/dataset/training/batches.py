"""Batches: rows in their order, cut into batches; where pictures differ in size, each batch holds one size.

A batch is complete with its last row, and batches come in the order in which they are complete; what is left of each
size comes at the end, in batches that are short.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64


@dataclass(frozen=True)
class Batches:
    """Rows, one batch after another."""

    rows: Int64[np.ndarray, " n"]
    cuts: Int64[np.ndarray, " k"]
    """Where batches begin and end: k - 1 batches, the first begins at 0, the last ends at n."""

    def __len__(self) -> int:
        return len(self.cuts) - 1

    def part(self, start: int, stop: int) -> "Batches":
        """Returns some consecutive batches."""
        cuts = self.cuts[start : stop + 1]
        return Batches(self.rows[cuts[0] : cuts[-1]], cuts - cuts[0])

    def batch(self, index: int) -> Int64[np.ndarray, " b"]:
        """Returns the rows of one batch."""
        return self.rows[self.cuts[index] : self.cuts[index + 1]]


def batches_of(
    rows: Int64[np.ndarray, " n"], batch_rows: int, sizes: Int64[np.ndarray, " all"] | None = None
) -> Batches:
    """Returns the rows in batches of `batch_rows`; `sizes` says for every row of the dataset of which kind it is."""
    if sizes is None:
        return Batches(rows, _cuts(len(rows), batch_rows))
    kinds = [np.flatnonzero(sizes[rows] == size) for size in np.unique(sizes[rows])]
    places = [places[start : start + batch_rows] for places in kinds for start in range(0, len(places), batch_rows)]
    places.sort(key=lambda each: (len(each) < batch_rows, each[-1]))
    lengths = np.array([0, *map(len, places)], dtype=np.int64)
    order = np.concatenate([np.zeros(0, np.int64), *places])
    return Batches(rows[order], np.cumsum(lengths))


def _cuts(count: int, batch_rows: int) -> Int64[np.ndarray, " k"]:
    batches = -(-count // batch_rows)
    return np.minimum(np.arange(batches + 1, dtype=np.int64) * batch_rows, count)
