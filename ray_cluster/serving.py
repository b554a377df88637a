"""Serving: what runs in a worker's process. It reads requests off a pipe and writes the events of each.

A signal to leave (SIGTERM, as a machine that is taken away sends it) is waited for in a thread, since a render may last
minutes: what is in the commit is finished, told, and the process leaves with status 143; what is in the making is lost.
The kernel, where it is short of memory, ends this process before any other of the run.
"""

import faulthandler
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, TypeAlias

from ray_cluster.deaths import STOPPED
from ray_cluster.events import Lease, WorkerEvent
from ray_cluster.worker import Worker

Request: TypeAlias = tuple[Literal["make"], Lease] | tuple[Literal["finish", "leave"], None]

_TOLD_S = 0.2
"""For the main thread, where it is about to tell of the commit itself."""
_FIRST_TO_GO = Path("/proc/self/oom_score_adj")


class Server:
    """One worker behind one pipe; events are told from two threads, each as a whole."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._speaking = threading.Lock()
        self._worker = Worker(*pipe.recv())

    def serve(self) -> None:
        """Answers requests until the other end is closed, or asks it to leave."""
        with suppress(EOFError, OSError):  # the warden is gone
            while True:
                for event in self._answers(self._pipe.recv()):
                    self._tell(event)
                self._tell(None)

    def leave_when_told(self) -> None:
        """Waits for SIGTERM, which every thread has blocked from the start of the process; ends it."""
        signal.sigwait({signal.SIGTERM})
        with suppress(EOFError, OSError):
            self._worker.wait_for_commit()
            for event in self._worker.finish():
                self._tell(event)
            time.sleep(_TOLD_S)
        os._exit(STOPPED)

    def _answers(self, request: Request) -> Iterator[WorkerEvent]:
        match request:
            case "make", Lease() as lease:
                return self._worker.make(lease)
            case "finish", None:
                return self._worker.finish()
            case _:
                return self._worker.leave()

    def _tell(self, event: WorkerEvent | None) -> None:
        with self._speaking:
            self._pipe.send(event)


def main() -> None:
    """Serves the pipe whose number is the first argument."""
    faulthandler.enable()
    with suppress(OSError):  # no such file, or not allowed
        _FIRST_TO_GO.write_text("1000")
    server = Server(Connection(int(sys.argv[1])))
    threading.Thread(target=server.leave_when_told, daemon=True, name="leaving").start()
    server.serve()
    os._exit(0)


if __name__ == "__main__":
    main()
