"""Rows in an order, each row group read once: what is wanted of it is kept until its turn comes, and no longer.

Row groups that come next are read ahead by threads, so that a bucket's answer is there when it is wanted.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import numpy as np
from jaxtyping import Int64

from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.training.sources import Source

_AHEAD = 2
"""Row groups."""


def rows_in_order(source: Source, order: Int64[np.ndarray, " n"], epoch: int) -> Iterator[DecodedTriplet]:
    """Yields the rows with these numbers as pixels; raises DatasetError where one can't be read."""
    groups = source.row_groups()[order]
    wanted = _wanted(order, groups)
    kept: dict[int, Any] = {}
    with ThreadPoolExecutor(_AHEAD, thread_name_prefix="row-groups") as pool:
        coming: deque[tuple[list[int], Future[Any]]] = deque()
        for row in order.tolist():
            while row not in kept:
                while len(coming) <= _AHEAD and (rows := next(wanted, None)) is not None:
                    coming.append((rows, pool.submit(source.read, rows)))
                rows, read = coming.popleft()
                kept.update(zip(rows, read.result(), strict=True))
            yield source.decoded(kept.pop(row), epoch)


def _wanted(order: Int64[np.ndarray, " n"], groups: Int64[np.ndarray, " n"]) -> Iterator[list[int]]:
    """Yields the rows of each row group, in the order in which the first of each comes."""
    by_group = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[by_group], prepend=-1))
    runs = [run for run in np.split(by_group, starts[1:]) if len(run)]
    for run in sorted(runs, key=lambda run: int(run[0])):
        yield order[run].tolist()
