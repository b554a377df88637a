"""Spending: what a run took, as the ledger under OUT has it: processor time by stage, hosts, bytes.

The ledger is written best effort and nothing depends on it. An entry that can't be read is counted and passed over;
units without one are the reader's to count. An attempt that came second to another worker's was for nothing: its time
was spent all the same, its frames are not counted.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pydantic import ValidationError

from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from schemas.ledger import LedgerEntry


@dataclass
class Spending:
    """Sums over entries."""

    entries: int = 0
    unreadable: int = 0
    units: set[str] = field(default_factory=set)
    """Names of those that have an entry of the attempt that was committed."""
    frames: int = 0
    core_s: Counter[str] = field(default_factory=Counter)
    """Stage -> seconds of processor time."""
    wall_s: float = 0.0
    """Of the attempts, one after another."""
    stored_bytes: int = 0
    """As they were published."""
    in_vain: int = 0
    """Attempts that another worker's had come before."""
    in_vain_core_s: float = 0.0
    host_core_s: Counter[str] = field(default_factory=Counter)
    """Host -> seconds of processor time."""
    host_frames: Counter[str] = field(default_factory=Counter)
    """Host -> frames that it committed."""

    @property
    def frames_a_core_hour(self) -> float | None:
        """Returns the frames of one hour of one core, all stages told; nothing where no time is told."""
        total_s = self.core_s.total()
        return 3600 * self.frames / total_s if total_s else None

    def add(self, entry: LedgerEntry) -> None:
        """Adds an attempt."""
        spent_s = sum(entry.core_s.values())
        self.entries += 1
        self.wall_s += entry.wall_s
        self.core_s.update(entry.core_s)
        self.host_core_s[entry.host] += spent_s  # type: ignore[assignment]  # Counter is typed for whole numbers
        if entry.already_there:
            self.in_vain += 1
            self.in_vain_core_s += spent_s
            return
        self.units.add(entry.unit)
        self.frames += entry.frames
        self.stored_bytes += entry.stored_bytes
        self.host_frames[entry.host] += entry.frames


def spending(
    root: Located, names: Sequence[str], on_entry: Callable[[int, int], None] = lambda done, of: None
) -> Spending:
    """Returns what the entries of these names, relative to `root`, come to; raises nothing for those that are damaged.

    `on_entry(entries read, entries to read)` is called after each.
    """
    found = Spending()
    for done, entry in enumerate(each_of([root / name for name in names], _entry), start=1):
        if entry is None:
            found.unreadable += 1
        else:
            found.add(entry)
        on_entry(done, len(names))
    return found


def _entry(path: Located) -> LedgerEntry | None:
    try:
        return LedgerEntry.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None
