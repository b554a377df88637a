"""Beside: next to a landmark, by the distance between their boxes in the world."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.referring.extents import gap_m, rise_m
from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Answer, Program
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.subject import Subject

_NEXT_M, _AWAY_M = 0.4, 0.9
_OVER_M = 0.3
"""What lies this far above or below is not next to it."""
_FLAT_M = 0.06
"""Rugs are no neighbours."""
_IN_SIGHT = 0.12
"""Of the picture's width or height, between what is seen of both at most."""


@dataclass(frozen=True)
class NextTo:
    """Lies right beside a landmark; small things more closely."""

    landmark: Landmark

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'next to the sofa'."""
        return f"next to {self.landmark.text}", f"beside {self.landmark.text}"

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        mark = self.landmark.thing(seen)
        if mark is None or mark.extent is None or thing.extent is None:
            return None
        if min(thing.extent.size_m[2], mark.extent.size_m[2]) < _FLAT_M:
            return None
        if mark is thing or mark.instance_id in seen.carriers(thing) or thing.instance_id in seen.carriers(mark):
            return False
        apart_m = gap_m(thing.extent, mark.extent)
        over_m = max(rise_m(thing.extent, mark.extent), rise_m(mark.extent, thing.extent))
        if apart_m >= _AWAY_M or over_m >= _OVER_M:
            return False
        near_m = min(_NEXT_M, max(*thing.extent.size_m, *mark.extent.size_m))
        return True if 0 < apart_m <= near_m and over_m <= 0 and _look_near(thing, mark) else None


def _look_near(one: Thing, other: Thing) -> bool:
    across = max(one.left - other.right, other.left - one.right)
    down = max(one.top - other.bottom, other.top - one.bottom)
    return max(across, down) <= _IN_SIGHT


def beside(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is next to."""
    every = (NextTo(landmark) for landmark in subject.landmarks)
    yield from subject.with_tails(every)
