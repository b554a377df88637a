"""Post: a worker as the driver sees it: the actor that watches over it, and the units that it has in hand."""

import time
from collections.abc import Collection
from typing import Any

from ray_cluster.embedded import ray
from ray_cluster.events import Lease, WorkerEvent
from ray_cluster.hands import Hands
from ray_cluster.places import Place
from ray_cluster.warden import Warden
from schemas.unit import Unit

_LEAVE_S = 8.0
_SILENCE_S = 30.0
"""Past a deadline, which the warden should have seen to."""


class Post:
    """One Ray actor. Of two units at most it has one in the making and one in the commit."""

    def __init__(self, place: Place) -> None:
        # One thread answers, the other hears that it is time to leave.
        actor: Any = ray.remote(max_restarts=0)(Warden).options(max_concurrency=2, **place.options)
        self.actor: Any = actor.remote(place.job, place.logs)
        self._answers = place.answers
        self.hands = Hands()
        self.up: Any = self.actor.hail.remote()
        """Ready once the actor runs: a cluster may take minutes to find room."""
        self._begun = 0.0
        self._deadline_s = 0.0

    def make(self, lease: Lease, deadline_s: float) -> Any:
        """Returns the stream of a unit's events, and of those of the one in the commit."""
        self._expect(deadline_s)
        self.hands.begin(lease.unit)
        return self.actor.make.remote(lease, deadline_s)

    def finish(self, deadline_s: float) -> Any:
        """Returns the stream of what became of the unit in the commit."""
        self._expect(deadline_s)
        return self.actor.finish.remote(deadline_s)

    def stop(self) -> None:
        """Asks the worker to leave once the commit in hand is done; its stream goes on."""
        self.actor.stop.remote()

    def take(self, event: WorkerEvent) -> None:
        """Notes what the event says of the units in hand."""
        self.hands.take(event)

    def end_stream(self) -> tuple[Unit, float] | None:
        """Notes that what was asked is told; returns a unit that was made by it, and its seconds."""
        made = self.hands.making
        self.hands.end_request()
        return None if made is None else (made, self.seconds)

    @property
    def seconds(self) -> float:
        """Returns for how long it has been at what it was asked."""
        return time.monotonic() - self._begun

    @property
    def is_silent(self) -> bool:
        """Returns whether it is so far past its deadline that nobody can be watching there."""
        return self.seconds > self._deadline_s + _SILENCE_S

    def end(self) -> None:
        """Ends the actor at once; its process follows. Where Ray itself is dead, so are its actors."""
        if self._answers():
            ray.kill(self.actor)

    def _expect(self, deadline_s: float) -> None:
        self._begun = time.monotonic()
        self._deadline_s = deadline_s


def dismiss(posts: Collection[Post]) -> None:
    """Lets workers that do nothing leave by themselves, and ends those that don't within seconds."""
    farewells = [post.actor.leave.remote() for post in posts]
    if farewells:
        ray.wait(farewells, num_returns=len(farewells), timeout=_LEAVE_S)
    for post in posts:
        post.end()
