"""Warden: watches over one worker's process, passes on what it tells, and ends it when it must.

The driver turns the class into a Ray actor; it knows nothing of Ray itself. It stands on the worker's machine, so that
it can tell by which signal a process ended, end one that is past its deadline or holds more memory than its share, with
its children, and start another. A process that dies costs the unit in the making; the one in the commit is presumed a
bystander. Events are the worker's own, and faults carry the end of the unit's log.
"""

import os
import shutil
import socket
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

from ray_cluster.deaths import Death, death_of
from ray_cluster.events import Begun, Fault, Lease, Recycled, WorkerEvent
from ray_cluster.hands import Hands
from ray_cluster.parent import end_with_parent
from ray_cluster.serving import Request
from ray_cluster.staging import sweep
from ray_cluster.unit_log import last_lines, last_words
from ray_cluster.watchdog import watching
from ray_cluster.worker import Job
from ray_cluster.worker_process import WorkerProcess

_LOOK_S = 0.2
"""Between looks at clock and memory."""
_NOTICE_S = 15.0
"""For a commit in hand, once the process was asked to leave."""


class Warden:
    """Has one process at most, which is started when something is asked for."""

    def __init__(self, job: Job, logs: Path | None) -> None:
        """`logs`: absolute; a folder for what the process says while it makes a unit; without one it has its own."""
        self._job = job
        self._parent = os.getppid()
        self._folder = Path(mkdtemp(prefix="scenegen-worker-"))
        self._logs = logs or self._folder / "units"
        self._watch = ExitStack()
        self._watch.enter_context(watching(self._folder, is_detached=True, out=job.staging_root))
        self._temporary = self._folder
        self._process: WorkerProcess | None = None
        self._hands = Hands()
        self._is_leaving = False
        self._stops_at: float | None = None

    def hail(self) -> None:
        """Answers, which says that the actor runs; from now on it ends with what started it, its node."""
        end_with_parent(self._parent)

    def make(self, lease: Lease, deadline_s: float) -> Iterator[WorkerEvent]:
        """Has a unit made; yields its events, and what became of the one before, whose commit goes on behind."""
        self._hands.begin(lease.unit)
        yield from self._answers(("make", lease), deadline_s)

    def finish(self, deadline_s: float) -> Iterator[WorkerEvent]:
        """Yields what became of the unit in the commit, if there is one, once that is known."""
        yield from self._answers(("finish", None), deadline_s)

    def stop(self) -> None:
        """Asks the process to leave once the commit in hand is done; the rest of what is asked is answered by faults.

        May be called while an answer is under way.
        """
        self._stops_at = time.monotonic() + _NOTICE_S
        if self._process is not None:
            self._process.notify()

    def leave(self) -> None:
        """Lets the process leave, and clears up after it."""
        if self._process is not None:
            self._process.leave()
            self._clear()
        self._watch.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _answers(self, request: Request, deadline_s: float) -> Iterator[WorkerEvent]:
        if not self._hands.units:
            return
        process = self._running()
        yield Begun(self._hands.units[0], process.pid, socket.gethostname())
        process.ask(request)
        death = yield from self._told(process, deadline_s)
        if death is not None:
            process.end()
            yield from self._faults(death)
            self._clear()
            return
        self._hands.end_request()
        if self._is_leaving:
            process.leave()
            self._clear()

    def _told(self, process: WorkerProcess, deadline_s: float) -> Generator[WorkerEvent, None, Death | None]:
        """Yields events until all is told; returns what it died of where it never will be."""
        begun = looked = time.monotonic()
        while True:
            try:
                if process.hears(_LOOK_S):
                    event = process.hear()
                    if event is None:
                        return None
                    yield self._passed_on(event)
            except EOFError:
                return death_of(process.status())
            if time.monotonic() >= looked + _LOOK_S:
                looked = time.monotonic()
                if death := self._sentence(process, looked - begun, deadline_s):
                    return death

    def _sentence(self, process: WorkerProcess, spent_s: float, deadline_s: float) -> Death | None:
        """Returns why a process that lives must be ended, if it must."""
        if self._stops_at is not None and time.monotonic() > self._stops_at:
            return Death("preempted", "its worker was asked to leave")
        if spent_s > deadline_s:
            return Death("hung", f"it was not done within {deadline_s:.0f} s, and its process was ended")
        ceiling, held = self._job.limits.ceiling_bytes, process.resident_bytes()
        if ceiling is not None and held > ceiling:
            words = f"its process held {held / 2**30:.1f} GiB, more than {ceiling / 2**30:.1f} GiB, and was ended"
            return Death("memory", words)
        return None

    def _passed_on(self, event: WorkerEvent) -> WorkerEvent:
        self._hands.take(event)
        if isinstance(event, Recycled):
            self._is_leaving = True
        return self._with_words(event) if isinstance(event, Fault) else event

    def _faults(self, death: Death) -> Iterator[Fault]:
        """Yields a fault for each unit in hand; of two, the one in the making is presumed the cause."""
        scene_index = self._hands.scene_of(self._hands.units[0], self._job.record.spec.views_per_scene)
        guilty, *others = self._hands.drop()
        fault = Fault(guilty, death.kind, death.reason, signal=death.signal, scene_index=scene_index)
        yield self._with_words(fault)
        for unit in others:
            yield Fault(unit, "bystander", f"{death.reason}, before it was committed", host=socket.gethostname())

    def _with_words(self, fault: Fault) -> Fault:
        """Returns a fault with the end of its unit's log."""
        return replace(
            fault,
            reason=fault.reason + last_words(self._logs, fault.unit),
            last_lines=last_lines(self._logs, fault.unit),
            host=socket.gethostname(),
        )

    def _running(self) -> WorkerProcess:
        if self._process is not None and self._process.is_gone() and self._hands.commit is None:
            self._clear()  # it died while nothing was asked of it, and cost nobody anything
        if self._process is None:
            self._temporary = Path(mkdtemp(dir=self._folder))
            self._process = WorkerProcess(self._job, self._logs, self._temporary)
            self._is_leaving = False
        return self._process

    def _clear(self) -> None:
        """Removes what a process that is gone kept in temporary files, and what it had staged."""
        self._process = None
        shutil.rmtree(self._temporary, ignore_errors=True)
        if self._job.staging_root is not None:
            with suppress(OSError):
                sweep(self._job.staging_root)
