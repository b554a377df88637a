"""Fleet: Ray actors that make units, and the loop that leases units to them.

A worker's process that dies, hangs or eats too much is replaced on its machine by the actor that watches over it; what
becomes of the unit stands in the table of `policies`. An actor that is gone, with its node for instance, is replaced
too. Where workers have nothing to do, units that take far longer than others are leased a second time: whoever commits
first has made them. No more units are in the making than there are workers, and nothing is kept of those committed.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ray_cluster.embedded import embedded_ray, ray
from ray_cluster.events import Event, Failed, Fault, Lease, LeasedTwice, Lost, OnEvent, WorkerEvent
from ray_cluster.leases import Leases
from ray_cluster.metrics import Metrics
from ray_cluster.notice import Notice, Terminated, noticed
from ray_cluster.pace import Pace
from ray_cluster.policies import POLICIES, FaultKind, kind_of
from ray_cluster.post import Post, dismiss
from ray_cluster.totals import Totals
from ray_cluster.worker import Job
from schemas.errors import first_line
from schemas.unit import Receipt, Unit

_POLL_S = 1.0
_FAREWELL_S = 5.0
_NOTICE_S = 18.0
"""For commits in hand, once the run was asked to leave."""


class Fleet:
    """At most `size` workers, the units that they are at, and those that wait."""

    def __init__(self, units: Iterable[Unit], size: int, job: Job, pace: Pace, on_event: OnEvent) -> None:
        self.totals = Totals()
        self.logs = Path()
        """A folder for what is said in each unit, from the start of `run`; it stays if a unit was set aside."""
        self._leases = Leases(units)
        self._size = size
        self._job = job
        self._pace = pace
        self._on_event = on_event
        self._metrics: Metrics | None = None
        """There once Ray runs."""
        self._idle: list[Post] = []
        self._busy: dict[Any, Post] = {}
        """Streams of events that are open."""

    def run(self) -> None:
        """Returns when every unit is committed or set aside.

        Raises the InputError that a worker met, and Terminated after SIGTERM, once the commits in hand are done.
        """
        with embedded_ray(self._size) as folder, noticed() as notice:
            self.logs = folder.unit_logs
            self._metrics = Metrics()
            try:
                self._work(notice)
                dismiss(self._idle)
            finally:
                for post in [*self._idle, *self._busy.values()]:
                    post.end()
            folder.keep = self.totals.failed > 0

    def _tell(self, event: Event) -> None:
        if self._metrics is not None:
            self._metrics.add(event)
        self._on_event(event)

    def _work(self, notice: Notice) -> None:
        while self._leases.unsettled:
            self._set_to_work()
            self._listen(_POLL_S)
            if notice.is_given:
                self._finish_commits()
                raise Terminated
        self._hear_out()

    def _hear_out(self) -> None:
        """Lets workers that made the last units end what they tell; others are at units that are settled."""
        end = time.monotonic() + _FAREWELL_S
        while time.monotonic() < end and any(not post.hands.units for post in self._busy.values()):
            self._listen(_POLL_S)

    def _finish_commits(self) -> None:
        """Takes no more units; lets commits in hand be done, as far as there is time."""
        end = time.monotonic() + _NOTICE_S
        for post in [post for post in self._idle if post.hands.commit]:
            self._idle.remove(post)
            self._busy[self._finishing(post)] = post
        for post in self._busy.values():
            post.stop()
        while self._busy and time.monotonic() < end:
            self._listen(_POLL_S)

    def _listen(self, limit_s: float) -> None:
        """Takes what workers tell, for which it waits up to a time; and ends those that no longer can."""
        ready, _ = ray.wait(list(self._busy), timeout=limit_s)
        for stream in ready:
            self._step(stream)
        for stream in [stream for stream, post in self._busy.items() if post.is_silent]:
            self._after_death(self._busy.pop(stream), "silent", "its worker no longer answered, and was ended")

    def _set_to_work(self) -> None:
        while len(self._busy) < self._size and (work := self._next_work()):
            stream, post = work
            self._busy[stream] = post

    def _next_work(self) -> tuple[Any, Post] | None:
        """Returns a stream for a worker that has something to do: a unit, a commit to tell of, or a straggler."""
        if self._leases:
            post = self._idle.pop() if self._idle else self._hired()
            if post.hands.commit and not self._leases.next_may_follow(post.hands.commit):
                return self._finishing(post), post
            return self._making(post, self._leases.lease()), post
        if committing := next((post for post in self._idle if post.hands.commit), None):
            self._idle.remove(committing)
            return self._finishing(committing), committing
        if unit := self._straggler():
            self._tell(LeasedTwice(unit))
            post = self._idle.pop() if self._idle else self._hired()
            return self._making(post, self._leases.lease_twice(unit)), post
        return None

    def _straggler(self) -> Unit | None:
        """Returns a unit that one worker alone has, for far longer than others take."""
        for post in self._busy.values():
            unit = post.hands.making
            if unit and self._leases.holders(unit) == 1 and self._pace.straggles(unit, post.seconds):
                return unit
        return None

    def _hired(self) -> Post:
        return Post(self._job, self.logs)

    def _making(self, post: Post, lease: Lease) -> Any:
        return post.make(lease, self._pace.deadline_s(lease.unit))

    def _finishing(self, post: Post) -> Any:
        assert post.hands.commit is not None
        return post.finish(self._pace.deadline_s(post.hands.commit))

    def _step(self, stream: Any) -> None:
        """Takes one event off a stream that has one, or its end."""
        post = self._busy[stream]
        try:
            event = ray.get(next(stream))
        except StopIteration:
            del self._busy[stream]
            self._idle.append(post)
            if made := post.end_stream():
                self._pace.add(*made)
        except ray.exceptions.RayTaskError as error:
            del self._busy[stream]
            self._after_death(post, kind_of(error.cause), f"{type(error.cause).__name__}: {first_line(error.cause)}")
        except ray.exceptions.RayError as error:
            del self._busy[stream]
            self._after_death(post, "lost", _reason(error))
        else:
            post.take(event)
            self._on_worker_event(event)

    def _on_worker_event(self, event: WorkerEvent) -> None:
        if isinstance(event, Fault):
            self._after_fault(event)
            return
        if isinstance(event, Receipt):
            if not self._leases.settle(event.unit):
                return  # told before, by another worker that had the unit too
            self.totals.add(event)
        self._tell(event)

    def _after_death(self, post: Post, kind: FaultKind, reason: str) -> None:
        """Gives the units of an actor that is gone to others; of two, the one in the making is presumed the cause."""
        post.end()
        for number, unit in enumerate(post.hands.drop()):
            self._after_fault(Fault(unit, "bystander" if number else kind, reason))

    def _after_fault(self, fault: Fault) -> None:
        if POLICIES[fault.kind].ends_run and fault.error is not None:
            raise fault.error
        is_held = self._leases.holders(fault.unit) > 0
        if faults := self._leases.take_back(fault):
            self.totals.fail(fault.unit, fault.reason)
            self._tell(Failed(fault.unit, fault.reason, tuple(faults)))
        elif is_held:
            self._tell(Lost(fault.unit, fault.reason, fault.kind))


def _reason(error: Exception) -> str:
    """Returns one line."""
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return "its worker was ended because memory was nearly full"
    return "its worker was lost"
