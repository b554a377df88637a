"""Places in the picture: left, right, top, bottom, middle and the corners, by the mean of a thing's pixels.

What lies there stays on its side of the picture, and what is left out lies well away.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from scenegen.encoders.referring.program import Answer, agreed, below
from scenegen.encoders.referring.scene import Seen, Thing

_SIDE = (0.36, 0.52)
"""Up to the one it lies at the border from which it is measured, from the other it does not."""
_CORNER = (0.28, 0.45)
_SIDE_END, _CORNER_END = 0.55, 0.5
"""What lies there ends here at the latest."""


@dataclass(frozen=True)
class _Place:
    phrases: tuple[str, ...]
    holds: Callable[[Thing], Answer]


def _near(measured: float, end: float, margins: tuple[float, float], latest: float) -> Answer:
    """Tells whether a thing lies at a border, by the distances of its mean and its far end from there."""
    answer = below(measured, *margins)
    return None if answer and end > latest else answer


def _at_side(side: str, thing: Thing, margins: tuple[float, float] = _SIDE, latest: float = _SIDE_END) -> Answer:
    measured = {
        "left": (thing.x, thing.right),
        "right": (1 - thing.x, 1 - thing.left),
        "top": (thing.y, thing.bottom),
        "bottom": (1 - thing.y, 1 - thing.top),
    }
    return _near(*measured[side], margins, latest)


def _in_corner(one: str, other: str, thing: Thing) -> Answer:
    return agreed(*(_at_side(side, thing, _CORNER, _CORNER_END) for side in (one, other)))


def _in_middle(thing: Thing) -> Answer:
    small = max(thing.right - thing.left, thing.bottom - thing.top) <= 0.5
    answer = agreed(below(abs(thing.x - 0.5), 0.1, 0.22), below(abs(thing.y - 0.5), 0.12, 0.25))
    return answer if small or answer is False else None


def _side(side: str, *phrases: str) -> _Place:
    return _Place(phrases, lambda thing: _at_side(side, thing))


def _corner(one: str, other: str) -> _Place:
    phrases = (f"in the {one} {other} corner of the picture", f"in the {one} {other} corner of the image")
    return _Place(phrases, lambda thing: _in_corner(one, other, thing))


PLACES: Mapping[str, _Place] = {
    "left": _side("left", "on the left", "on the left side of the picture", "on the left of the image"),
    "right": _side("right", "on the right", "on the right side of the picture", "on the right of the image"),
    "top": _side("top", "at the top of the picture", "in the upper part of the image"),
    "bottom": _side("bottom", "at the bottom of the picture", "in the lower part of the image"),
    "middle": _Place(("in the middle of the picture", "in the center of the image"), _in_middle),
    "top left": _corner("top", "left"),
    "top right": _corner("top", "right"),
    "bottom left": _corner("bottom", "left"),
    "bottom right": _corner("bottom", "right"),
}


@dataclass(frozen=True)
class Placed:
    """Lies there."""

    place: str

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns e.g. 'on the left'."""
        return PLACES[self.place].phrases

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether a thing lies there."""
        return PLACES[self.place].holds(thing)


def places_of(thing: Thing) -> Iterator[Placed]:
    """Yields where a thing lies for sure."""
    yield from (Placed(name) for name, place in PLACES.items() if place.holds(thing))
