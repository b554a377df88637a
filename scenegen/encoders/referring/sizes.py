"""Size order: the largest, smallest and tallest. A thing has to look so in the picture and be so in the world."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from typing import Literal

from scenegen.encoders.referring.extents import Extent
from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.scene import Thing
from scenegen.encoders.referring.subject import Subject

Extreme = Literal["largest", "smallest", "tallest"]

_PIXELS, _SIDE, _HEIGHT, _HEIGHT_M = 1.3, 1.12, 1.15, 0.06


@dataclass(frozen=True)
class _Order:
    phrases: tuple[str, ...]
    of_two: tuple[str, ...]
    is_more: Callable[[Thing, Thing], bool]
    """Tells whether the one is so beside the other, by a margin."""


def _is_larger(one: Thing, other: Thing) -> bool:
    return one.share >= _PIXELS * other.share and _side_m(one.extent) >= _SIDE * _side_m(other.extent) > 0


def _is_taller(one: Thing, other: Thing) -> bool:
    one_m, other_m = _height_m(one.extent), _height_m(other.extent)
    looks = one.bottom - one.top >= _HEIGHT * (other.bottom - other.top)
    return looks and one_m >= max(_HEIGHT * other_m, other_m + _HEIGHT_M) and other_m > 0


def _side_m(extent: Extent | None) -> float:
    """Returns the side of a cube of the same volume; 0 where it isn't known."""
    return float(prod(extent.own_m) ** (1 / 3)) if extent else 0.0


def _height_m(extent: Extent | None) -> float:
    return extent.own_m[2] if extent else 0.0


_ORDERS: Mapping[Extreme, _Order] = {
    "largest": _Order(("largest", "biggest"), ("larger", "bigger"), _is_larger),
    "smallest": _Order(("smallest",), ("smaller",), lambda one, other: _is_larger(other, one)),
    "tallest": _Order(("tallest",), ("taller",), _is_taller),
}


@dataclass(frozen=True)
class Sized:
    """The largest, smallest or tallest of `among`."""

    extreme: Extreme
    among: int

    @property
    def phrases(self) -> tuple[tuple[str, str], ...]:
        """Returns e.g. 'largest', before the noun."""
        order = _ORDERS[self.extreme]
        return tuple((phrase, "") for phrase in (order.of_two if self.among == 2 else order.phrases))

    def chosen(self, things: tuple[Thing, ...]) -> Thing | None:
        """Returns the one; none where the picture's border cuts one of them."""
        if len(things) != self.among or any(thing.is_cut for thing in things):
            return None
        is_more = _ORDERS[self.extreme].is_more
        first = (one for one in things if all(is_more(one, other) for other in things if other is not one))
        return next(first, None)


def sized(subject: Subject) -> Iterator[Program]:
    """Yields names with the thing's size among its like."""
    for noun, adjectives in subject.described():
        among = len(subject.alike(noun, adjectives))
        if noun.counts and among >= 2:
            yield from (Program(noun, adjectives, pick=Sized(extreme, among)) for extreme in _ORDERS)
