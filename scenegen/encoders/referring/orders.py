"""Order: the second from the left, the middle one, the left one of two; by the means of what is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.scene import Thing
from scenegen.encoders.referring.subject import Subject

_APART = 0.06
"""Of the picture's width, between neighbours."""
_MOST = 6
_ORDINALS = ("first", "second", "third")


@dataclass(frozen=True)
class Ranked:
    """The `place`-th of `among`, counted from one side."""

    side: Literal["left", "right"]
    place: int
    among: int

    @property
    def phrases(self) -> tuple[tuple[str, str], ...]:
        """Returns e.g. 'second', 'from the left'."""
        if self.among == 2:
            return (self.side, ""), (f"{self.side}-hand", "")
        plain = (_ORDINALS[self.place - 1], f"from the {self.side}")
        if self.place == 1:
            return plain, (f"{self.side}most", ""), ("", f"farthest to the {self.side}")
        return (plain, ("middle", "")) if self.among == 3 else (plain,)

    def chosen(self, things: tuple[Thing, ...]) -> Thing | None:
        """Returns the one, where all lie well apart."""
        row = sorted(things, key=lambda thing: thing.x, reverse=self.side == "right")
        gaps = [abs(one.x - other.x) for one, other in pairwise(row)]
        return row[self.place - 1] if len(row) == self.among and min(gaps) >= _APART else None


def ordered(subject: Subject) -> Iterator[Program]:
    """Yields names with the thing's place in the row of its like."""
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    for noun, adjectives in subject.described():
        among = len(subject.alike(noun, adjectives))
        if noun.counts and 2 <= among <= _MOST:
            places = range(1, (among + 1) // 2 + 1)
            for side in sides:
                yield from (Program(noun, adjectives, pick=Ranked(side, place, among)) for place in places)
