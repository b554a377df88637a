"""Heights: under a table, under a window, above a sofa; by the boxes in the world, where the picture shows it too."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.referring.extents import Extent, gap_m, inside_m, rise_m
from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Answer, Program
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.subject import Subject

_TABLES = frozenset({"table", "piano"})
"""Levels of what has room beneath."""
_INSIDE_M, _OUTSIDE_M = 0.1, 0.25
_ABOVE_M, _FARTHEST_M = 0.02, 1.6
_BEFORE_M, _AWAY_M = 0.4, 1.0
"""Up to the one two things at a wall are over each other, from the other they are not."""
_SHARED = 0.6
"""Of the narrower one's width, that both share in the picture."""
_CLEAR_OF = 0.04


@dataclass(frozen=True)
class Under:
    """Lies beneath a table: its middle is within the table's outline."""

    landmark: Landmark

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'under the desk'."""
        return (f"under {self.landmark.text}",)

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        mark = self.landmark.thing(seen)
        if mark is None or mark.extent is None or thing.extent is None or not _TABLES.intersection(mark.words.levels):
            return None
        if mark is thing or mark.instance_id in seen.carriers(thing):
            return False
        if mark.supported_by == thing.instance_id:
            return True
        if gap_m(thing.extent, mark.extent) >= _OUTSIDE_M or thing.extent.low_m[2] >= mark.extent.high_m[2]:
            return False
        inside = inside_m(thing.extent.middle_m, mark.extent) >= _INSIDE_M and _fits(thing.extent, mark.extent)
        return True if inside else None


@dataclass(frozen=True)
class Over:
    """Hangs above a landmark, or stands below one that hangs; what stands on a table is not said to."""

    landmark: Landmark
    is_above: bool

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'above the sofa'."""
        if self.is_above:
            return f"above {self.landmark.text}", f"over {self.landmark.text}"
        return f"below {self.landmark.text}", f"under {self.landmark.text}"

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        mark = self.landmark.thing(seen)
        if mark is None or mark.extent is None or thing.extent is None:
            return None
        if mark is thing or mark.instance_id in seen.carriers(thing) or thing.instance_id in seen.carriers(mark):
            return False
        upper, lower = (thing, mark) if self.is_above else (mark, thing)
        shared = min(thing.right, mark.right) - max(thing.left, mark.left)
        apart_m, rise = gap_m(thing.extent, mark.extent), _rise_m(upper, lower)
        if shared <= -_CLEAR_OF or apart_m >= _AWAY_M or rise < -_OUTSIDE_M or upper.y >= lower.y:
            return False
        overlaps = shared >= _SHARED * min(thing.right - thing.left, mark.right - mark.left)
        looks_so = overlaps and upper.bottom <= lower.top + _CLEAR_OF and apart_m <= _BEFORE_M
        return (
            True
            if looks_so and _ABOVE_M <= rise <= _FARTHEST_M and not (upper.supported_by or lower.supported_by)
            else None
        )


def _rise_m(upper: Thing, lower: Thing) -> float:
    return rise_m(upper.extent, lower.extent) if upper.extent and lower.extent else 0.0


def _fits(extent: Extent, table: Extent) -> bool:
    """Tells whether it is lower than the table and not much wider."""
    lower = extent.high_m[2] <= table.high_m[2] - _ABOVE_M
    return lower and all(side <= 1.2 * other for side, other in zip(extent.size_m[:2], table.size_m[:2], strict=True))


def over_and_under(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is under, above or below."""
    every = (
        tail
        for landmark in subject.landmarks
        for tail in (Under(landmark), Over(landmark, is_above=True), Over(landmark, is_above=False))
    )
    yield from subject.with_tails(every)
