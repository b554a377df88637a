"""What a validation found: faults that name their row, and a report of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing that is off."""

    where: str
    """A sample_id, a frame_id, or a path relative to OUT."""
    what: str
    """With figures: what is there, what was planned."""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True)
class ValidationReport:
    """What was read and what was off."""

    frames: int
    """Planned frames of which a row was read."""
    triplets: int
    faults: tuple[Fault, ...]
    worst_excess: Mapping[str, float]
    """task -> largest error of a target, in units of what rounding to 8 bits allows there; empty without frames."""

    @property
    def ok(self) -> bool:
        """Whether nothing is off."""
        return not self.faults
