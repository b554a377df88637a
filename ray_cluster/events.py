"""Events: what a run tells while it goes on, for a progress bar or a log."""

from collections.abc import Callable
from dataclasses import dataclass

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
class Lost:
    """The attempt failed; the unit goes to a fresh worker."""

    unit: Unit
    reason: str


@dataclass(frozen=True)
class Failed:
    """The unit is given up in this run."""

    unit: Unit
    reason: str


Event = Skipped | FrameDone | Lost | Failed | Receipt
"""A Receipt says that its unit is committed."""

OnEvent = Callable[[Event], None]
"""Is told each event as it happens."""
