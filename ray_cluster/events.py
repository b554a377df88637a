"""Events: what a run tells while it goes on, for a progress bar or a log.

Each names its unit; a worker tells of the unit that it makes and of the one before, which is committed meanwhile.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
    """The attempt failed; the unit goes to a fresh worker."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Failed:
    """The unit is given up in this run."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Recycled:
    """A worker that had its share leaves after the unit; a fresh one takes its place."""

    unit: Unit
    pid: int
    reason: str


Event = Skipped | FrameDone | Rejected | Voided | Lost | Failed | Recycled | Receipt
"""A Receipt says that its unit is committed."""

OnEvent = Callable[[Event], None]
"""Is told each event as it happens."""


@dataclass(frozen=True)
class Raised:
    """A worker's word to its driver: the unit can't be had; the driver decides whether it is tried again."""

    unit: Unit
    error: ScenegenError | None
    """Nothing where nobody foresaw it."""
    reason: str
    """One line."""


WorkerEvent = FrameDone | Rejected | Voided | Recycled | Receipt | Raised
"""What a worker yields."""
