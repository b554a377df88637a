"""Watchdog: a small process that ends what Ray leaves behind when its driver is killed, be it while Ray starts.

Ray 2.60's agents notice the death of their raylet at once, then try for 60 s to report it to a server that is dead too.
The warden of a worker has a watchdog too, with a folder below that of the run where the machine is the driver's.
All that Ray starts inherits a variable that names the run's folder, by which the watchdog knows it. Agents and workers
later write a title over their environment, `ray::...`; they are known by it and by their log files in the folder. A
pidfd is held while it looks, so that no later process of the same number can be hit.
It waits on a pipe whose other end closes with the driver. A driver that ends of its own accord says so on the pipe, and
clears up its folder itself. What the dead had staged in OUT goes too. Linux only; elsewhere the agents take their 60 s.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

VARIABLE = "SCENEGEN_RAY_FOLDER"
_ALIVE = b"alive"
_DETACHED = "detached"
_TITLE = b"ray::"
_QUIET_ROUNDS, _ROUND_S = 5, 0.1
"""A process that was being started while others were ended is found in a later round."""


@contextmanager
def watching(folder: Path, is_detached: bool = False, out: Path | None = None) -> Iterator[None]:
    """Ends what was started inside the block when the block is left, or when this process dies inside it.

    In the latter case it removes `folder` too, and what the dead staged in `out`. `is_detached`: the watchdog is
    nobody's child, and is not waited for: of what Ray starts, Ray ends the children, the watchdog with them.
    """
    if not hasattr(os, "pidfd_open"):
        yield
        return
    command = [sys.executable, "-I", "-S", __file__, str(folder), str(out or ""), *([_DETACHED] if is_detached else [])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True) as watchdog:
        before = os.environ.get(VARIABLE)
        os.environ[VARIABLE] = str(folder)
        try:
            yield
        finally:
            _restore(before)
            watchdog.communicate(_ALIVE)


def _restore(before: str | None) -> None:
    if before is None:
        del os.environ[VARIABLE]
    else:
        os.environ[VARIABLE] = before


def _end_when_closed(folder: Path, out: str) -> None:
    died = sys.stdin.buffer.read() != _ALIVE
    quiet = 0
    while quiet < _QUIET_ROUNDS:
        quiet = 0 if _end_those_of(folder) else quiet + 1
        time.sleep(_ROUND_S)
    if died:
        shutil.rmtree(folder, ignore_errors=True)
        if out:
            _sweep(Path(out))


def _sweep(out: Path) -> None:
    """Imports by a path, of which a script that is started in isolation knows none."""
    sys.path.append(str(Path(__file__).parents[1]))
    from ray_cluster.staging import sweep  # noqa: PLC0415

    with suppress(OSError):
        sweep(out)


def _end_those_of(folder: Path) -> bool:
    """Ends the processes that were started for the folder; returns whether there were any."""
    return sum(_end(int(entry.name), folder) for entry in Path("/proc").glob("[0-9]*")) > 0


def _end(pid: int, folder: Path) -> bool:
    with suppress(OSError):  # it is gone, or another user's
        handle = os.pidfd_open(pid)
        try:
            if _belongs(Path(f"/proc/{pid}"), folder):
                signal.pidfd_send_signal(handle, signal.SIGKILL)
                return True
        finally:
            os.close(handle)
    return False


def _belongs(process: Path, folder: Path) -> bool:
    mark = f"{VARIABLE}={folder}".encode()
    values = (process / "environ").read_bytes().split(b"\0")
    if any(value == mark or value.startswith(mark + b"/") for value in values):
        return True
    if not (process / "cmdline").read_bytes().startswith(_TITLE):
        return False
    return any(os.readlink(handle).startswith(f"{folder}/") for handle in (process / "fd").iterdir())


if __name__ == "__main__":
    if _DETACHED in sys.argv and os.fork():
        os._exit(0)
    _end_when_closed(Path(sys.argv[1]), sys.argv[2])
