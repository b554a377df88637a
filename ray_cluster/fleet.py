"""Fleet: Ray actors that make units, and the loop that leases units to them.

A unit whose worker dies, or raises what is not of our error tree, goes to a fresh worker; after its last attempt it is
given up, and so is at once a unit that raises a ScenegenError, while the others go on. An InputError would meet every
unit: it ends the run. Workers are killed, never asked to leave: bpy may hang at exit.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ray_cluster.embedded import embedded_ray, ray
from ray_cluster.events import Failed, Lost, OnEvent
from ray_cluster.leases import Leases
from ray_cluster.worker import Worker
from schemas.errors import InputError, ScenegenError
from schemas.run_record import RunRecord
from schemas.unit import Receipt, Unit

WorkerArguments = tuple[RunRecord, Path, Path | None, int, str]
"""Of `Worker.__init__`."""
_POLL_S = 1.0


class Fleet:
    """At most `size` workers, the units that they are at, and those that wait."""

    def __init__(self, units: Iterable[Unit], size: int, arguments: WorkerArguments, on_event: OnEvent) -> None:
        self.receipts: list[Receipt] = []
        self.failed: dict[str, str] = {}
        """Name of each unit that was given up -> reason."""
        self.logs: Path | None = None
        """Where the workers' words are, if a unit was given up."""
        self._leases = Leases(units)
        self._size = size
        self._arguments = arguments
        self._on_event = on_event
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, Unit]] = {}
        """The stream of events of each unit that is being made -> (worker, unit)."""

    def run(self) -> None:
        """Returns when every unit is committed or given up; raises the InputError that a worker met."""
        with embedded_ray(self._size) as folder:
            try:
                while self._leases or self._busy:
                    self._set_to_work()
                    ready, _ = ray.wait(list(self._busy), timeout=_POLL_S)
                    for stream in ready:
                        self._step(stream)
            finally:
                for worker in [*self._idle, *(worker for worker, _ in self._busy.values())]:
                    ray.kill(worker)
            if self.failed:
                folder.keep, self.logs = True, folder.logs

    def _set_to_work(self) -> None:
        while self._leases and len(self._busy) < self._size:
            worker = self._idle.pop() if self._idle else self._fresh_worker()
            unit = self._leases.lease()
            self._busy[worker.make.remote(unit)] = worker, unit

    def _fresh_worker(self) -> Any:
        return ray.remote(num_cpus=1, max_restarts=0)(Worker).remote(*self._arguments)

    def _step(self, stream: Any) -> None:
        """Takes one event off a stream that has one, or its end."""
        worker, unit = self._busy[stream]
        try:
            event = ray.get(next(stream))
        except StopIteration:
            del self._busy[stream]
            self._idle.append(worker)
        except ray.exceptions.RayError as error:
            del self._busy[stream]
            self._after_fault(worker, unit, error)
        else:
            if isinstance(event, Receipt):
                self.receipts.append(event)
            self._on_event(event)

    def _after_fault(self, worker: Any, unit: Unit, error: Exception) -> None:
        cause = getattr(error, "cause", None)
        if isinstance(cause, ScenegenError):
            self._idle.append(worker)
        else:
            ray.kill(worker)
        if isinstance(cause, InputError):
            raise cause from error
        reason = _reason(error)
        if isinstance(cause, ScenegenError) or not self._leases.give_back(unit):
            self.failed[unit.name] = reason
            self._on_event(Failed(unit, reason))
        else:
            self._on_event(Lost(unit, reason))


def _reason(error: Exception) -> str:
    """Returns one line."""
    if isinstance(error, ray.exceptions.RayTaskError):
        kind = "" if isinstance(error.cause, ScenegenError) else f"{type(error.cause).__name__}: "
        return kind + " ".join(str(error.cause).split())
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return "its worker was ended because memory was nearly full"
    return "its worker process died"
