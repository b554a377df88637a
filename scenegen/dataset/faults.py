"""What a validation found: faults that name their row, and a report of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass
class Findings:
    """What has been found so far."""

    frames: int = 0
    triplets: int = 0
    faults: list[Fault] = field(default_factory=list)
    worst_excess: dict[str, float] = field(default_factory=dict)

    def fault(self, where: str, *lines: str) -> None:
        """Adds what is off in one place."""
        self.faults += [Fault(where, line) for line in lines]

    def excess(self, task: str, worst: float) -> None:
        """Adds the largest error of one target."""
        self.worst_excess[task] = max(worst, self.worst_excess.get(task, 0.0))

    def report(self) -> ValidationReport:
        """Returns all of it."""
        return ValidationReport(self.frames, self.triplets, tuple(self.faults), self.worst_excess)
