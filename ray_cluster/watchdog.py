"""Watchdog: a small process that ends what Ray leaves behind when its driver is killed.

Ray 2.60's agents notice the death of their raylet at once, then try for 60 s to report it to a server that is dead too.
The watchdog holds a pidfd of each process that Ray started, so that no later process of the same number can be hit, and
waits on a pipe whose other end closes with the driver. Linux only; elsewhere the agents take their 60 s.
A driver that ends of its own accord says so on the pipe, and clears up its folder itself.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_ALIVE = b"alive"


@contextmanager
def watching(pids: Iterable[int], folder: Path) -> Iterator[None]:
    """Ends those of `pids` that still run when the block is left, or when this process dies inside it.

    In the latter case it removes `folder` too.
    """
    if not hasattr(os, "pidfd_open"):
        yield
        return
    command = [sys.executable, "-I", "-S", __file__, str(folder), *map(str, pids)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as watchdog:
        try:
            yield
        finally:
            watchdog.communicate(_ALIVE)


def descendants(pid: int) -> list[int]:
    """Returns the processes below `pid`, from /proc; none on a system without it."""
    parents = {int(stat.parent.name): parent for stat in Path("/proc").glob("[0-9]*/stat") if (parent := _parent(stat))}
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in parents.items() if parent == ancestor]
    return found[1:]


def _parent(stat: Path) -> int | None:
    """Returns the parent from `pid (name) state parent ...`; the name may hold blanks and brackets."""
    with suppress(OSError):
        return int(stat.read_text().rpartition(")")[2].split()[1])
    return None


def _end_when_closed(folder: Path, pids: list[int]) -> None:
    handles = []
    for pid in pids:
        with suppress(ProcessLookupError):
            handles.append(os.pidfd_open(pid))
    died = sys.stdin.buffer.read() != _ALIVE
    for handle in handles:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
    if died:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _end_when_closed(Path(sys.argv[1]), [int(argument) for argument in sys.argv[2:]])
