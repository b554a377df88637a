"""Fleet: Ray actors that make units, and the loop that leases units to them.

A unit whose worker dies, or raises what is not of our error tree, goes to a fresh worker; after its last attempt it is
given up, and so is at once a unit that raises a ScenegenError, while the others go on. An InputError would meet every
unit: it ends the run. A worker that had its share, or met what nobody foresaw, leaves once it has nothing in hand.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ray_cluster.embedded import embedded_ray, ray
from ray_cluster.events import Failed, Lost, OnEvent, Raised
from ray_cluster.leases import Leases
from ray_cluster.post import Post, dismiss
from ray_cluster.unit_log import last_words
from ray_cluster.worker import Job
from schemas.errors import InputError
from schemas.unit import Receipt, Unit

_POLL_S = 1.0


class Fleet:
    """At most `size` workers, the units that they are at, and those that wait."""

    def __init__(self, units: Iterable[Unit], size: int, job: Job, on_event: OnEvent) -> None:
        self.receipts: list[Receipt] = []
        self.failed: dict[str, str] = {}
        """Name of each unit that was given up -> reason."""
        self.logs = Path()
        """A folder for what is said in each unit, from the start of `run`; it stays if a unit was given up."""
        self._leases = Leases(units)
        self._size = size
        self._job = job
        self._on_event = on_event
        self._idle: list[Post] = []
        self._busy: dict[Any, Post] = {}
        """Streams of events that are open."""

    def run(self) -> None:
        """Returns when every unit is committed or given up; raises the InputError that a worker met."""
        with embedded_ray(self._size) as folder:
            self.logs = folder.unit_logs
            try:
                self._work()
                dismiss(self._idle)
            finally:
                for post in [*self._idle, *self._busy.values()]:
                    ray.kill(post.actor)
            folder.keep = bool(self.failed)

    def _work(self) -> None:
        self._set_to_work()
        while self._busy:
            ready, _ = ray.wait(list(self._busy), timeout=_POLL_S)
            for stream in ready:
                self._step(stream)
            self._set_to_work()

    def _set_to_work(self) -> None:
        while len(self._busy) < self._size and (post := self._next_post()):
            self._busy[self._next_stream(post)] = post

    def _next_post(self) -> Post | None:
        """Returns a post that has something to do; where no unit waits, one with a commit to tell of."""
        if self._leases:
            return self._idle.pop() if self._idle else Post(self._job, self.logs)
        post = next((post for post in self._idle if post.in_commit), None)
        if post is not None:
            self._idle.remove(post)
        return post

    def _next_stream(self, post: Post) -> Any:
        if post.in_commit and not (self._leases and self._leases.next_may_follow(post.in_commit)):
            return post.finish()
        return post.make(self._leases.lease())

    def _step(self, stream: Any) -> None:
        """Takes one event off a stream that has one, or its end."""
        post = self._busy[stream]
        try:
            event = ray.get(next(stream))
        except StopIteration:
            del self._busy[stream]
            self._after_stream(post)
        except ray.exceptions.RayError as error:
            del self._busy[stream]
            ray.kill(post.actor)
            self._after_death(post, _reason(error))
        else:
            post.take(event)
            self._on_worker_event(event)

    def _on_worker_event(self, event: Any) -> None:
        if isinstance(event, Raised):
            self._after_fault(event)
            return
        if isinstance(event, Receipt):
            self.receipts.append(event)
        self._on_event(event)

    def _after_stream(self, post: Post) -> None:
        post.end_stream()
        if post.is_leaving:
            dismiss([post])
        else:
            self._idle.append(post)

    def _after_fault(self, fault: Raised) -> None:
        if isinstance(fault.error, InputError):
            raise fault.error
        reason = fault.reason + last_words(self.logs, fault.unit)
        may_come_back = fault.error is None and self._leases.give_back(fault.unit)
        self._tell_fault(fault.unit, reason, may_come_back)

    def _after_death(self, post: Post, reason: str) -> None:
        """Gives the units of a worker that died to others; of two, the one in the making is presumed the cause."""
        guilty, other = (post.in_making, post.in_commit) if post.in_making else (post.in_commit, None)
        if other is not None:
            self._leases.take_back(other)
            self._tell_fault(other, f"{reason} before it was committed", may_come_back=True)
        if guilty is not None:
            said = reason + last_words(self.logs, guilty)
            self._tell_fault(guilty, said, self._leases.give_back(guilty))

    def _tell_fault(self, unit: Unit, reason: str, may_come_back: bool) -> None:
        if may_come_back:
            self._on_event(Lost(unit, reason))
        else:
            self.failed[unit.name] = reason
            self._on_event(Failed(unit, reason))


def _reason(error: Exception) -> str:
    """Returns one line."""
    if isinstance(error, ray.exceptions.RayTaskError):
        return " ".join(f"{type(error.cause).__name__}: {error.cause}".split())
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return "its worker was ended because memory was nearly full"
    return "its worker process died"
