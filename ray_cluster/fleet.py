"""Fleet: Ray actors that make units, and the loop that leases units to them.

A worker's process that dies, hangs or eats too much is replaced on its machine by the actor that watches over it; what
becomes of the unit stands in the table of `policies`. An actor that is gone, with its node for instance, is replaced
too. Where workers have nothing to do, units that take far longer than others are leased a second time: whoever commits
first has made them. No more units are in the making than there are workers, and nothing is kept of those committed.
"""

import time
from collections.abc import Iterable
from typing import Any

from ray_cluster.embedded import ray
from ray_cluster.events import (
    Event,
    Failed,
    Fault,
    FrameDone,
    Lease,
    LeasedTwice,
    Lost,
    OnEvent,
    Rejected,
    Voided,
    WorkerEvent,
)
from ray_cluster.hiring import Hiring
from ray_cluster.leases import Leases
from ray_cluster.metrics import Metrics
from ray_cluster.notice import Notice, Terminated, noticed
from ray_cluster.pace import Pace
from ray_cluster.places import Place
from ray_cluster.policies import POLICIES, FaultKind, kind_of
from ray_cluster.post import Post, dismiss
from ray_cluster.replacing import replacement
from ray_cluster.totals import Totals
from schemas.errors import first_line
from schemas.unit import Receipt, Unit

_POLL_S = 1.0
_FAREWELL_S = 5.0
_NOTICE_S = 18.0
"""For commits in hand, once the run was asked to leave."""


class Fleet:
    """Workers, at most as many as there is room for, the units that they are at, and those that wait. Ray must run."""

    def __init__(self, units: Iterable[Unit], place: Place, pace: Pace, on_event: OnEvent) -> None:
        self.totals = Totals()
        self._leases = Leases(units)
        self._place = place
        self._pace = pace
        self._on_event = on_event
        self._metrics = Metrics()
        self._idle: list[Post] = []
        self._busy: dict[Any, Post] = {}
        """Streams of events that are open."""
        self._hiring = Hiring(place)

    def run(self) -> None:
        """Returns when every unit is committed or set aside.

        Raises the InputError that a worker met, and Terminated after SIGTERM, once the commits in hand are done.
        """
        with noticed() as notice:
            try:
                self._work(notice)
                dismiss(self._idle)
            finally:
                self._hiring.end()
                for post in [*self._idle, *self._busy.values()]:
                    post.end()

    def _tell(self, event: Event) -> None:
        self._metrics.add(event)
        self._on_event(event)

    def _work(self, notice: Notice) -> None:
        while self._leases.unsettled:
            self._set_to_work()
            self._listen(_POLL_S)
            self._place.check()
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
        signs = [*self._busy, *self._hiring.signs]
        if not signs:  # no head to ask for workers
            time.sleep(limit_s)
            return
        ready, _ = ray.wait(signs, timeout=limit_s)
        for told in ready:
            if told in self._hiring:
                if post := self._hiring.welcome(told):
                    self._idle.append(post)
            else:
                self._step(told)
        for stream in [stream for stream, post in self._busy.items() if post.is_silent]:
            self._after_death(self._busy.pop(stream), "silent", "its worker no longer answered, and was ended")

    def _set_to_work(self) -> None:
        while len(self._busy) < self._place.size and (work := self._next_work()):
            stream, post = work
            self._busy[stream] = post
        self._hire()

    def _hire(self) -> None:
        """Asks for as many more workers as there is work for."""
        wanted = len(self._leases) or int(self._straggler() is not None)
        vacant = self._place.size - len(self._busy) - len(self._idle) - len(self._hiring)
        self._hiring.ask(min(vacant, wanted - len(self._idle) - len(self._hiring)))

    def _next_work(self) -> tuple[Any, Post] | None:
        """Returns a stream for a worker that has something to do: a unit, a commit to tell of, or a straggler."""
        if self._leases and self._idle:
            post = self._idle.pop()
            if post.hands.commit and not self._leases.next_may_follow(post.hands.commit):
                return self._finishing(post), post
            return self._making(post, self._leases.lease()), post
        if committing := next((post for post in self._idle if post.hands.commit), None):
            self._idle.remove(committing)
            return self._finishing(committing), committing
        if self._idle and not self._leases and (unit := self._straggler()):
            self._tell(LeasedTwice(unit))
            post = self._idle.pop()
            return self._making(post, self._leases.lease_twice(unit)), post
        return None

    def _straggler(self) -> Unit | None:
        """Returns a unit that one worker alone has, for far longer than others take.

        It may be one in the commit: its receipt is not told while the one in the making hangs.
        """
        for post in self._busy.values():
            for unit in post.hands.units:
                if self._leases.may_be_doubled(unit) and self._pace.straggles(unit, post.seconds):
                    return unit
        return None

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
        if isinstance(event, FrameDone | Rejected | Voided) and not self._leases.holders(event.unit):
            return  # another worker was faster
        if isinstance(event, Receipt):
            if not self._leases.settle(event.unit):
                return  # told before, by another worker that had the unit too
            self.totals.add(event)
        self._tell(event)

    def _after_death(self, post: Post, kind: FaultKind, reason: str) -> None:
        """Gives the units of an actor that is gone to others; of two, the one in the making is presumed the cause."""
        post.end()
        views = self._place.job.record.spec.views_per_scene
        scenes = [post.hands.scene_of(unit, views) for unit in post.hands.units]
        for number, (unit, scene_index) in enumerate(zip(post.hands.drop(), scenes, strict=True)):
            self._after_fault(Fault(unit, "bystander" if number else kind, reason, scene_index=scene_index))

    def _after_fault(self, fault: Fault) -> None:
        if POLICIES[fault.kind].ends_run and fault.error is not None:
            raise fault.error
        is_held = self._leases.holders(fault.unit) > 0
        if faults := self._leases.take_back(fault):
            self._after_last_fault(faults)
        elif is_held:
            self._tell(Lost(fault.unit, fault.reason, fault.kind))

    def _after_last_fault(self, faults: list[Fault]) -> None:
        """Has the unit made with other scenes where the spec asks for that, or sets it aside."""
        last = faults[-1]
        if replaced := replacement(self._place.job.record, faults):
            self._leases.put_back(replaced.unit)
            self._tell(replaced)
        else:
            self.totals.fail(last.unit, last.reason)
            self._tell(Failed(last.unit, last.reason, tuple(faults)))


def _reason(error: Exception) -> str:
    """Returns one line."""
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return "its worker was ended because memory was nearly full"
    return "its worker was lost"
