"""Support: what stands on another thing, on the floor, or hangs on a wall; as the plan has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.referring.extents import gap_m
from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Answer, Condition, Program
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.subject import Subject

_FLOOR_BOUND = frozenset({"furniture", "floor lamp", "covering"})
"""Levels of what is on the floor anyway, so that nobody says it."""
_ON_FLOOR_M, _OFF_FLOOR_M = 0.03, 0.15
_AT_WALL_M, _OFF_WALL_M = 0.08, 0.3
_HANGING_M = 0.4
"""What hangs on a wall ends this far above the floor."""


@dataclass(frozen=True)
class On:
    """Stands or lies on a landmark; unsure where it stands on what stands there."""

    landmark: Landmark

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'on the desk'."""
        return f"on {self.landmark.text}", f"that is on {self.landmark.text}"

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether it carries a thing."""
        carrier = self.landmark.thing(seen)
        if carrier is None:
            return None
        if thing.supported_by == carrier.instance_id:
            return True
        return None if carrier.instance_id in seen.carriers(thing) else False


@dataclass(frozen=True)
class OnFloor:
    """Stands on the floor; unsure of what stands on a rug."""

    phrases: tuple[str, ...] = ("on the floor", "that is on the floor")

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing does."""
        if thing.extent is None or not any(each.class_name == "floor" and each.is_clear for each in seen.things):
            return None
        low_m = thing.extent.low_m[2]
        if low_m <= _ON_FLOOR_M and not thing.supported_by and "covering" not in thing.words.levels:
            return True
        return False if low_m >= _OFF_FLOOR_M else None


@dataclass(frozen=True)
class OnWall:
    """Hangs on a wall that is seen."""

    phrases: tuple[str, ...] = ("on the wall", "that hangs on the wall")

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing does."""
        if thing.extent is None:
            return None
        if thing.supported_by or thing.extent.low_m[2] <= _ON_FLOOR_M:
            return False
        walls = (each.extent for each in seen.things if each.class_name == "wall" and each.is_clear and each.extent)
        gaps_m = [gap_m(thing.extent, wall) for wall in walls]
        hangs = thing.extent.low_m[2] >= _HANGING_M and "covering" not in thing.words.levels
        if hangs and gaps_m and min(gaps_m) <= _AT_WALL_M:
            return True
        return False if gaps_m and min(gaps_m) >= _OFF_WALL_M else None


def supports(subject: Subject) -> Iterator[Condition]:
    """Yields what the thing might be on."""
    yield from (On(landmark) for landmark in subject.landmarks)
    if not _FLOOR_BOUND.intersection(subject.thing.words.levels):
        yield OnFloor()
    yield OnWall()


def supported(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is on; no 'wall shelf on the wall'."""
    for program in subject.with_tails(supports(subject)):
        if not (isinstance(program.tail, OnWall) and "wall" in program.noun.singular.split(" ")):
            yield program
