"""The table of mutations: how many of each kind are caught by name, and how many good frames are called bad."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.mutations.buffers import BUFFERS
from bench.mutations.files import FILES
from bench.mutations.planted import Mutation, is_caught
from bench.mutations.rows import ROWS
from bench.mutations.subject import Subject, contents_of, findings_of
from bench.mutations.unstored import PICTURES, picture_verdicts
from schemas.seeds import rng_for

STORED: Mapping[str, Mutation] = {**BUFFERS, **ROWS, **FILES}
"""What is planted in what is stored."""
WALLS = "a camera in a wall"
WALL_GATES = {"inside", "near"}
"""Where walls meet, the face of the next one comes first: that is near."""
LEAST_CAUGHT, MOST_ALARMS = 0.99, 0.005


@dataclass
class Count:
    """Of one kind of defect."""

    caught_by: str
    planted: int = 0
    caught: int = 0
    missed: list[str] = field(default_factory=list)
    """Where, and what was found instead."""

    def add(self, is_right: bool, told: str) -> None:
        """Counts one."""
        self.planted += 1
        self.caught += is_right
        self.missed += [] if is_right else [told]

    @property
    def holds(self) -> bool:
        """Whether enough are caught."""
        return self.planted > 0 and self.caught >= LEAST_CAUGHT * self.planted


def stored_counts(
    subjects: Sequence[Subject], folder: Path, names: Iterable[str] = STORED, most: int = 60
) -> dict[str, Count]:
    """Plants each of the mutations in so many subjects and validates them."""
    return {name: _count(name, STORED[name], subjects, folder, most) for name in names}


def _count(name: str, mutation: Mutation, subjects: Sequence[Subject], folder: Path, most: int) -> Count:
    count = Count(", ".join(mutation.caught_by))
    for subject in subjects:
        if count.planted == most:
            break
        planted = mutation.plant(subject, rng_for("mutations", name, subject.unit.index))
        if planted is None:
            continue
        found = findings_of(subject, planted.contents, folder)
        told = [f"{check}: {fault}" for check, faults in found.faults.items() for fault in faults]
        count.add(is_caught(mutation, planted, found), f"{planted.where[0]}: {told[:3] or 'nothing'}")
    return count


def picture_counts(subjects: Sequence[Subject], most: int = 60) -> dict[str, Count]:
    """Plants each of the defects of light in so many pictures."""
    counts = {}
    for name, mutation in PICTURES.items():
        counts[name] = count = Count(f"gate {mutation.caught_by}")
        for subject in subjects[:most]:
            failed = picture_verdicts(subject.shots[0][1], subject, mutation, subject.unit.index)
            count.add(mutation.caught_by in failed, f"{subject.shots[0][1].frame_id}: {failed or 'nothing'}")
    return counts


def wall_count(verdicts: Iterable[set[str]]) -> Count:
    """Counts views from inside walls."""
    count = Count("gate inside, gate near")
    for failed in verdicts:
        count.add(bool(failed & WALL_GATES), str(failed or "nothing"))
    return count


def alarms(subjects: Sequence[Subject], folder: Path) -> tuple[int, list[str]]:
    """Returns how many good frames were validated, and those of which something is said to be off."""
    frames, told = 0, []
    for subject in subjects:
        found = findings_of(subject, contents_of(subject.files), folder)
        frames += found.frames
        told += [f"{check}: {fault}" for check, faults in found.faults.items() for fault in faults]
    return frames, told
