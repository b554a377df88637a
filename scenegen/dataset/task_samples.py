"""Task samples: a few triplets of each task, drawn by a seed from all over a dataset, without reading most of it.

Units are asked in a drawn order, each for one row of the task, and all of them again while there are too few. Of a unit
that is asked the column of tasks is read, and of a row that is taken its row group. What can't be read is passed over:
`validate` names it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from scenegen.dataset.parquet import filled_row, read_index, read_row_group
from scenegen.dataset.places import Located
from scenegen.dataset.triplets import triplet_from_row
from schemas.errors import DatasetError
from schemas.seeds import rng_for
from schemas.triplet import TRIPLET_COLUMNS, Triplet

_ASKED = 64
"""Units, at most."""


def task_samples(
    paths: Sequence[Located], tasks: Sequence[str], count: int, seed: int
) -> Mapping[str, tuple[Triplet, ...]]:
    """Returns task -> up to `count` of its triplets in the triplets files at `paths`."""
    order = rng_for(seed, "task samples").permutation(len(paths))[:_ASKED]
    files = [_File(paths[place]) for place in order.tolist()]
    return {task: tuple(islice(_samples(files, task, seed), count)) for task in tasks}


class _File:
    """A triplets file, of which the tasks of its rows are read once."""

    def __init__(self, path: Located) -> None:
        self._path = path
        self._index: tuple[list[int], list[str]] | None = None

    def rows_of(self, task: str) -> list[int]:
        """Returns the rows of a task; none where that can't be told."""
        if self._index is None:
            try:
                sizes, columns = read_index(self._path, ["task"])
                self._index = sizes, columns["task"].to_pylist()
            except DatasetError:
                self._index = [], []
        return [row for row, name in enumerate(self._index[1]) if name == task]

    def triplet(self, row: int) -> Triplet | None:
        """Returns a row; nothing where it can't be read."""
        assert self._index is not None
        ends = np.cumsum(self._index[0])
        group = int(np.searchsorted(ends, row, side="right"))
        try:
            table = read_row_group(self._path, group, TRIPLET_COLUMNS)
            return triplet_from_row(filled_row(table, row - int(ends[group] - self._index[0][group])))
        except DatasetError:
            return None


def _samples(files: Sequence[_File], task: str, seed: int) -> Iterator[Triplet]:
    """Yields the rows of a task, one of each file, then another of each."""
    rng = rng_for(seed, "task samples", task)
    left: list[tuple[_File, list[int]]] = []
    for file in files:
        rows = rng.permutation(np.array(file.rows_of(task), np.int64)).tolist()
        left.append((file, rows))
        if rows and (triplet := file.triplet(rows.pop())) is not None:
            yield triplet
    while any(rows for _, rows in left):
        for file, rows in left:
            if rows and (triplet := file.triplet(rows.pop())) is not None:
                yield triplet
