"""Sides: left and right of a landmark, as the picture shows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Answer, Program
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.subject import Subject

_APART = 0.08
"""Of the picture's width, between the means."""
_FARTHEST = 0.5
_OVERLAP = 0.02
_BACK = 0.02
"""What is left out lies this far on the other side."""


@dataclass(frozen=True)
class Beyond:
    """Lies to the left or right of a landmark: wholly, more sideways than up or down, and not far off."""

    side: Literal["left", "right"]
    landmark: Landmark

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'to the left of the sofa'."""
        return f"to the {self.side} of {self.landmark.text}", f"{self.side} of {self.landmark.text}"

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        mark = self.landmark.thing(seen)
        if mark is None or mark is thing:
            return None if mark is None else False
        sign = 1 if self.side == "left" else -1
        apart = sign * (mark.x - thing.x)
        between = mark.left - thing.right if self.side == "left" else thing.left - mark.right
        if apart <= -_BACK:
            return False
        level = abs(mark.y - thing.y) <= apart
        return True if _APART <= apart <= _FARTHEST and between >= -_OVERLAP and level else None


def beyond(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is left and right of."""
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    every = (Beyond(side, landmark) for side in sides for landmark in subject.landmarks)
    yield from subject.with_tails(every)
