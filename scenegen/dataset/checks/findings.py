"""What the checks of one unit found, to be sent from where it was read and put together with the others'."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from scenegen.dataset.checks.fingerprints import UnitPrints
from scenegen.dataset.checks.table import CHECKS
from schemas.validation import Fault

_MOST_EXCESS = 1e6


class Off(NamedTuple):
    """A line that says what is off, and the check that found it."""

    check: str
    what: str


def off(check: str, lines: Iterable[str]) -> list[Off]:
    """Returns the lines of one check."""
    assert check in CHECKS, check
    return [Off(check, line) for line in lines]


@dataclass
class Findings:
    """What has been found so far in one unit."""

    frames: int = 0
    """Whose rows were read."""
    triplets: int = 0
    looked_at: Counter[str] = field(default_factory=Counter)
    """Check -> how many of what it counts."""
    faults: defaultdict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    """By check."""
    frames_at_fault: Counter[str] = field(default_factory=Counter)
    """Check -> frames with a fault of it; the empty name stands for any."""
    worst_excess: dict[str, float] = field(default_factory=dict)
    """task -> largest error of a target, in units of what rounding to 8 bits allows there; empty without frames."""
    assets: set[str] = field(default_factory=set)
    """Used in the unit's scenes."""
    prints: UnitPrints = field(default_factory=UnitPrints)
    scene_prints: dict[int, bytes] = field(default_factory=dict)
    """Scene -> hash of what it holds."""
    not_rewritten: int = 0
    """Files too large to be written again and compared."""

    @property
    def any_fault(self) -> bool:
        """Whether anything is off."""
        return any(self.faults.values())

    def fault(self, where: str, lines: Iterable[Off]) -> None:
        """Adds what is off in one place."""
        for check, what in lines:
            self.faults[check].append(Fault(where=where, what=what))

    def excess(self, task: str, worst: float) -> None:
        """Adds the largest error of one target; what has no bound counts as very large."""
        self.worst_excess[task] = max(min(worst, _MOST_EXCESS), self.worst_excess.get(task, 0.0))

    @contextmanager
    def one_frame(self) -> Iterator[None]:
        """Counts a frame as at fault by every check that finds something inside the block."""
        before = {check: len(lines) for check, lines in self.faults.items()}
        yield
        hit = [check for check, lines in self.faults.items() if len(lines) > before.get(check, 0)]
        self.frames_at_fault.update([*hit, ""] if hit else [])
