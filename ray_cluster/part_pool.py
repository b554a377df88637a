"""Processes that write the parts of an export. Ctrl-C is the parent's to take; they end with it.

They are started anew, not forked: an object store's runtime does not survive a fork.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from ray_cluster.parent import end_with_parent
from scenegen.dataset.trainer_formats.export import Job, Spread, here, write_part
from schemas.errors import ScenegenError

_MANY_ROWS = 1000


def spread_over(workers: int) -> Spread:
    """Returns what has parts written by so many processes; few rows by this one: a process takes seconds to start."""

    def spread(jobs: Sequence[Job]) -> Iterator[int]:
        size = min(workers, len(jobs))
        is_small = size < 2 or sum(len(job.part.rows) for job in jobs) < _MANY_ROWS
        return here(jobs) if is_small else _spread(jobs, size)

    return spread


def _spread(jobs: Sequence[Job], size: int) -> Iterator[int]:
    """Yields the rows of each; raises ScenegenError where a process dies."""
    pool = ProcessPoolExecutor(size, get_context("spawn"), _begin, (os.getpid(),))
    try:
        for done in as_completed([pool.submit(write_part, job) for job in jobs]):
            yield done.result()
    except BrokenProcessPool as error:
        raise ScenegenError("a process that exports was killed; give the same command again to go on") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent(parent)
