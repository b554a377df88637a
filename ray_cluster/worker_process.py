"""A worker's process as its warden sees it: started apart from Ray, asked over a pipe, and ended with its children.

It leads a session of its own, so that all it starts is ended with it. What it inherits is the warden's environment, a
folder for temporary files that is its own, and one end of the pipe. Both ends are ours and no file: what goes through
is a request or an event.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import Pipe
from pathlib import Path

import psutil

from ray_cluster.events import WorkerEvent
from ray_cluster.serving import Request
from ray_cluster.worker import Job

_LEAVE_S = 5.0
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
"""Of libraries, however many workers there are: no sum may depend on how it was shared out. Cycles has a setting of its
own."""


class WorkerProcess:
    """One child process that runs `ray_cluster.serving`."""

    def __init__(self, job: Job, logs: Path, temporary: Path) -> None:
        """`temporary`: an empty folder, in which it runs and keeps its temporary files."""
        self._pipe, theirs = Pipe()
        command = [sys.executable, "-P", "-m", "ray_cluster.serving", str(theirs.fileno())]
        environment = {**os.environ, **ONE_THREAD, **job.environment, "TMPDIR": str(temporary)}
        with _sigterm_blocked():
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                cwd=temporary,
                env=environment,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        theirs.close()
        self._memory = psutil.Process(self.pid)
        self._send((job, logs))

    @property
    def pid(self) -> int:
        """Returns the process's number."""
        return self._process.pid

    def ask(self, request: Request) -> None:
        """Sends what is answered by events, of which the last is nothing."""
        self._send(request)

    def hears(self, limit_s: float) -> bool:
        """Waits for an answer, up to a time; returns whether there is one, be it that the process is gone."""
        return self._pipe.poll(limit_s)

    def hear(self) -> WorkerEvent | None:
        """Returns the next answer, nothing where all is told; raises EOFError where the process is gone."""
        try:
            return self._pipe.recv()
        except ConnectionResetError as error:
            raise EOFError from error

    def resident_bytes(self) -> int:
        """Returns the memory that it holds; none where it is gone."""
        try:
            return self._memory.memory_info().rss
        except psutil.Error:
            return 0

    def notify(self) -> None:
        """Asks it to leave soon: it finishes the commit in hand."""
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def is_gone(self) -> bool:
        """Returns whether it has ended."""
        return self._process.poll() is not None

    def status(self) -> int:
        """Waits for its end; returns the exit status, or minus the number of the signal that ended it."""
        return self._process.wait()

    def leave(self) -> None:
        """Lets it leave by itself, and ends it where it doesn't within seconds."""
        self._send(("leave", None))
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVE_S)
        self.end()

    def end(self) -> None:
        """Ends it with its children, at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self._pipe.close()

    def _send(self, message: object) -> None:
        with suppress(OSError):  # it is gone, which the next answer tells
            self._pipe.send(message)


@contextmanager
def _sigterm_blocked() -> Iterator[None]:
    """Lets what is started inside the block inherit it: libraries start threads as they are imported."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
