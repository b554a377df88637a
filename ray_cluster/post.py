"""Post: a worker's process as the driver sees it, with the units that it has in hand."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from ray_cluster.embedded import ray
from ray_cluster.events import Raised, Recycled, WorkerEvent
from ray_cluster.worker import Job, Worker
from schemas.unit import Receipt, Unit

_LEAVE_S = 5.0


class Post:
    """One Ray actor. Of two units at most it has one in the making and one in the commit."""

    def __init__(self, job: Job, logs: Path) -> None:
        self.actor: Any = ray.remote(num_cpus=1, max_restarts=0)(Worker).remote(job, logs)
        self.in_making: Unit | None = None
        self.in_commit: Unit | None = None
        self.is_leaving = False
        """Set when the worker has said farewell."""

    def make(self, unit: Unit) -> Any:
        """Returns the stream of a unit's events, and of those of the one in the commit."""
        self.in_making = unit
        return self.actor.make.remote(unit)

    def finish(self) -> Any:
        """Returns the stream of what became of the unit in the commit."""
        return self.actor.finish.remote()

    def take(self, event: WorkerEvent) -> None:
        """Notes what the event says of the units in hand."""
        if isinstance(event, Recycled):
            self.is_leaving = True
        if isinstance(event, Receipt | Raised):
            if event.unit == self.in_making:
                self.in_making = None
            else:
                self.in_commit = None

    def end_stream(self) -> None:
        """Notes that what was asked is told: a unit that was made is in the commit now."""
        if self.in_making is not None:
            self.in_making, self.in_commit = None, self.in_making


def dismiss(posts: Collection[Post]) -> None:
    """Lets workers that do nothing leave by themselves, and ends those that don't within seconds."""
    farewells = [post.actor.leave.remote() for post in posts]
    if farewells:
        ray.wait(farewells, num_returns=len(farewells), timeout=_LEAVE_S)
    for post in posts:
        ray.kill(post.actor)
