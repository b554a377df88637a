"""Totals: what a run made, counted; memory does not grow with it."""

from dataclasses import dataclass, field

from schemas.unit import Receipt, Unit

_MOST_NAMED = 100


@dataclass
class Totals:
    """Of one run of the driver."""

    units: int = 0
    """Committed, by this run or by another that was faster."""
    frames: int = 0
    triplets: int = 0
    failed: int = 0
    """Units set aside."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Name of a unit that was set aside -> why; of the first hundred."""

    def add(self, receipt: Receipt) -> None:
        """Counts a committed unit."""
        self.units += 1
        self.frames += receipt.frames
        self.triplets += receipt.triplets

    def fail(self, unit: Unit, reason: str) -> None:
        """Counts a unit that was set aside."""
        self.failed += 1
        if len(self.reasons) < _MOST_NAMED:
            self.reasons[unit.name] = reason
