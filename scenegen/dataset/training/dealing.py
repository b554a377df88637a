"""Dealing: what of an epoch's order each rank and each of its workers reads, and what is left when they stop.

Ranks get contiguous parts that differ by one row at most. A rank's part is cut into batches, and its workers get
contiguous runs of these, which differ by one at most: so a row group is read by one worker, seldom by two. A rank hands
its workers' batches over in turn, as torch's DataLoader does.

A `Session` is a stretch of an epoch with so many ranks and workers, in which every rank handed over so many batches, or
all that it had. What it left, in its order, is dealt anew by the next: hence any number of them may follow it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64

from scenegen.dataset.training.batches import Batches, batches_of


@dataclass(frozen=True)
class Session:
    """A stretch of an epoch."""

    ranks: int
    workers: int
    """Of each rank; 0, reading in the rank's own process, counts as one."""
    batch_rows: int
    even: bool
    """Whether every rank gets as many batches as the one with the fewest; the others' last are left out."""
    taken: int
    """Batches that each rank handed over."""


@dataclass(frozen=True)
class Deal:
    """What a session's ranks and workers read of some rows."""

    of_ranks: tuple[Batches, ...]
    workers: int
    most: int | None
    """Batches of a rank, where all are to have as many."""

    def of_worker(self, rank: int, worker: int, taken: int = 0) -> Batches:
        """Returns what one worker of a rank reads, in its order.

        Where the rank has handed over `taken` batches before, it is the worker whose turn comes after so many others
        that counts as number 0, and it goes on where it was.
        """
        turn = (worker + taken) % self.workers
        return self._left_of_worker(rank, turn, min(taken, self.count(rank)))

    def count(self, rank: int) -> int:
        """Returns how many batches a rank hands over."""
        return len(self.of_ranks[rank]) if self.most is None else self.most

    def left(self, taken: int) -> Int64[np.ndarray, " m"]:
        """Returns the rows that are left, in their order, once every rank has handed over `taken` batches."""
        parts = [self._left_of_rank(rank, min(taken, self.count(rank))) for rank in range(len(self.of_ranks))]
        return np.concatenate(parts)

    def _left_of_rank(self, rank: int, taken: int) -> Int64[np.ndarray, " m"]:
        left = [self._left_of_worker(rank, worker, taken).rows for worker in range(self.workers)]
        batches = self.of_ranks[rank]
        return np.concatenate([*left, batches.part(self.count(rank), len(batches)).rows])

    def _left_of_worker(self, rank: int, worker: int, taken: int) -> Batches:
        """Returns what a worker still reads after its rank has handed over so many batches."""
        start, stop = _run(self.count(rank), self.workers, worker)
        done = taken // self.workers + (worker < taken % self.workers)
        return self.of_ranks[rank].part(min(start + done, stop), stop)


def dealt(order: Int64[np.ndarray, " m"], session: Session, sizes: Int64[np.ndarray, " all"] | None = None) -> Deal:
    """Returns what the ranks and workers of a session read of the rows in `order`; `sizes` as for `batches_of`."""
    of_ranks = tuple(batches_of(part, session.batch_rows, sizes) for part in np.array_split(order, session.ranks))
    most = min(map(len, of_ranks)) if session.even else None
    return Deal(of_ranks, max(1, session.workers), most)


def left_after(
    order: Int64[np.ndarray, " m"], sessions: Sequence[Session], sizes: Int64[np.ndarray, " all"] | None = None
) -> Int64[np.ndarray, " l"]:
    """Returns the rows that are left of an epoch after some sessions, one after another."""
    for session in sessions:
        order = dealt(order, session, sizes).left(session.taken)
    return order


def _run(count: int, workers: int, worker: int) -> tuple[int, int]:
    """Returns the first batch of a worker and one past its last; the first workers have one more where it must be."""
    each, more = divmod(count, workers)
    start = worker * each + min(worker, more)
    return start, start + each + (worker < more)
