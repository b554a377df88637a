"""Status of a run, from any machine: what its store holds beside what it and its generations plan, told by names alone;
no file is opened but run.json and the records of generations.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scenegen.dataset.contents import contents
from scenegen.dataset.places import Located
from scenegen.dataset.records import read_record, read_records
from schemas.run_record import RunRecord


@dataclass(frozen=True)
class Share:
    """What is done of what is planned."""

    units: int
    units_planned: int
    frames: int
    frames_planned: int


@dataclass(frozen=True)
class Status:
    """Of one run."""

    generations: int
    """Appended to it."""
    splits: dict[str, Share]
    """By split, those that have units."""
    units_set_aside: int
    """Given up, with a file under failures/ that says why."""
    units_with_frames_set_aside: int
    """Committed, with frames that a witness denied and others replaced."""
    units_with_scenes_replaced: int
    """Committed or not: scenes that ended them each time gave way to those of the next seeds."""
    size_bytes: int
    """Of all files."""
    last_activity_s: float
    """When a file was last written; seconds since 1970."""

    @property
    def total(self) -> Share:
        """Returns the sum over the splits."""
        shares = [*self.splits.values()]
        return Share(*(sum(getattr(share, name) for share in shares) for name in Share.__dataclass_fields__))


def run_status(out: Located) -> Status:
    """Returns the status; raises InputError where `out` is no dataset, DatasetError where it can't be listed."""
    read_record(out)
    found = contents(out)
    records = read_records(out)  # afterwards: a generation may be appended meanwhile
    return Status(
        generations=len(records) - 1,
        splits=_shares(records, found.committed),
        units_set_aside=len(found.set_aside),
        units_with_frames_set_aside=found.denied,
        units_with_scenes_replaced=len(found.replaced),
        size_bytes=found.stored_bytes.total(),
        last_activity_s=found.changed_s,
    )


def _shares(records: Sequence[RunRecord], committed: Sequence[int]) -> dict[str, Share]:
    planned, done = Counter[str](), Counter[str]()
    frames_planned, frames = Counter[str](), Counter[str]()
    there = set(committed)
    for unit, spec in ((unit, record.spec) for record in records for unit in record.units):
        count = unit.frame_count(spec)
        planned[unit.split] += 1
        frames_planned[unit.split] += count
        if unit.index in there:
            done[unit.split] += 1
            frames[unit.split] += count
    return {
        split: Share(done[split], planned[split], frames[split], frames_planned[split])
        for split in ("train", "val", "test")
        if planned[split]
    }
