"""Events: what a run tells while it goes on, for a progress bar or a log.

Each names its unit; a worker tells of the unit that it makes and of the one before, which is committed meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ray_cluster.policies import FaultKind
from schemas.errors import ScenegenError
from schemas.unit import Receipt, Unit


@dataclass(frozen=True)
class Skipped:
    """The unit was committed by an earlier run."""

    unit: Unit


@dataclass(frozen=True)
class FrameDone:
    """A worker has one more frame of the unit; nothing is committed yet."""

    unit: Unit
    frame_id: str


@dataclass(frozen=True)
class Rejected:
    """A candidate view of the unit did not pass a gate; another takes its place."""

    unit: Unit
    scene_index: int
    view_index: int
    gate: str
    figure: float


@dataclass(frozen=True)
class Voided:
    """A scene of the unit ran out of candidate views and is drawn anew; its frames so far do not count."""

    unit: Unit
    scene_index: int
    frames: int


@dataclass(frozen=True)
class Lost:
    """The attempt failed; the unit is tried again, as `policies` says."""

    unit: Unit
    reason: str
    kind: FaultKind = "crashed"


@dataclass(frozen=True)
class Failed:
    """The unit is set aside."""

    unit: Unit
    reason: str
    faults: "tuple[Fault, ...]" = ()
    """All that led to it, in their order."""


@dataclass(frozen=True)
class Replaced:
    """The unit had its attempts; the next seeds take the place of a scene of it, or of all, and it is made so."""

    unit: Unit
    """With the scenes replaced."""
    scene_index: int | None
    """Nothing where all of them are."""
    reason: str
    faults: "tuple[Fault, ...]" = ()
    """All that led to it, in their order."""


@dataclass(frozen=True)
class Recycled:
    """A worker that had its share leaves after the unit; a fresh one takes its place."""

    unit: Unit
    pid: int
    reason: str


@dataclass(frozen=True)
class Begun:
    """A process has been asked to make the unit, or to finish it."""

    unit: Unit
    pid: int
    host: str


@dataclass(frozen=True)
class LeasedTwice:
    """The unit takes far longer than others, and a worker has nothing to do: it makes it too."""

    unit: Unit


Event = Skipped | FrameDone | Rejected | Voided | Lost | Failed | Replaced | Recycled | Begun | LeasedTwice | Receipt
"""A Receipt says that its unit is committed."""

OnEvent = Callable[[Event], None]
"""Is told each event as it happens."""


def told_all(*listeners: OnEvent) -> OnEvent:
    """Returns what tells each event to all listeners, in their order."""

    def on_event(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return on_event


@dataclass(frozen=True)
class Lease:
    """What a worker is asked for."""

    unit: Unit
    attempt: int = 1
    """Counts the leases of the unit in this run."""


@dataclass(frozen=True)
class Fault:
    """A worker's word to its driver: the unit can't be had; the driver decides whether it is tried again."""

    unit: Unit
    kind: FaultKind
    reason: str
    """One line."""
    error: ScenegenError | None = None
    """What was raised on purpose, if anything was."""
    signal: str | None = None
    """Name of the signal that ended the process, such as SIGSEGV."""
    traceback: str | None = None
    """Of an exception that nobody foresaw."""
    last_lines: tuple[str, ...] = ()
    """What was said last in the unit's log."""
    host: str | None = None
    scene_index: int | None = None
    """The scene in hand; nothing where it was the unit as a whole, in its commit for instance."""


WorkerEvent = FrameDone | Rejected | Voided | Recycled | Begun | Receipt | Fault
"""What a worker yields."""
