"""Depths: in front of and behind a landmark.

It is meant as the camera sees it. Where a landmark has a front of its own, as a sofa has, both ways to mean it have to
agree; what is left out is left out both ways.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scenegen.encoders.referring.extents import Extent, gap_m
from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Answer, Program
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.subject import Subject

_APART_M = 0.1
_NEAR_M = 1.5
_SHARED = 0.5
"""Of the narrower one's width in the picture, that both share."""
_COVERED = 0.3
"""Of the thing's own width, so that no wardrobe is behind a lamp."""
_CLEAR_OF = 0.04
"""Of the picture's width: what lies this far beside is left out."""
_FRONTED = frozenset({"seat", "storage", "electronics", "desk", "bed", "piano", "appliance", "fireplace"})
_FLAT_M = 0.06
_LEVEL_M = 0.3
_ASIDE = 0.75


@dataclass(frozen=True)
class Along:
    """Lies before or behind a landmark."""

    way: Literal["in front of", "behind"]
    landmark: Landmark

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'in front of the sofa'."""
        return (f"{self.way} {self.landmark.text}",)

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        mark = self.landmark.thing(seen)
        if mark is None or mark.extent is None or thing.extent is None or mark.extent.size_m[2] < _FLAT_M:
            return None
        if mark is thing or mark.instance_id in seen.carriers(thing):
            return False
        viewed, own = self._viewed(thing, mark), self._own(thing.extent, mark, mark.extent)
        if viewed and own is not False and _are_near(thing.extent, mark.extent):
            return True
        return False if viewed is False and not own else None

    def _viewed(self, thing: Thing, mark: Thing) -> Answer:
        shared = min(thing.right, mark.right) - max(thing.left, mark.left)
        near, far = (thing, mark) if self.way == "in front of" else (mark, thing)
        if shared <= -_CLEAR_OF or near.nearest_m >= far.median_m:
            return False
        width = thing.right - thing.left
        lined_up = shared >= max(_SHARED * min(width, mark.right - mark.left), _COVERED * width)
        return True if lined_up and near.median_m <= far.nearest_m - _APART_M else None

    def _own(self, extent: Extent, mark: Thing, mark_extent: Extent) -> Answer:
        """Tells whether it lies there as the landmark faces; unsure beside it, and of what has no front."""
        if not _FRONTED.intersection(mark.words.levels):
            return None
        (x, y), (front_x, front_y) = extent.middle_m, mark.front
        x, y = x - mark_extent.middle_m[0], y - mark_extent.middle_m[1]
        ahead, aside = x * front_x + y * front_y, abs(x * front_y - y * front_x)
        if aside > _ASIDE * max(mark_extent.size_m[:2]) or gap_m(extent, mark_extent) > _NEAR_M:
            return None
        return (ahead > 0) == (self.way == "in front of")


def _are_near(one: Extent, other: Extent) -> bool:
    """Tells whether they are close, and stand at one height."""
    return gap_m(one, other) <= _NEAR_M and abs(one.low_m[2] - other.low_m[2]) <= _LEVEL_M


def along(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is in front of and behind."""
    ways: tuple[Literal["in front of", "behind"], ...] = ("in front of", "behind")
    every = (Along(way, landmark) for way in ways for landmark in subject.landmarks)
    yield from subject.with_tails(every)
