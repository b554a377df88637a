"""Nearness to the camera: the closest and the farthest, by planar depth."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.scene import Thing
from scenegen.encoders.referring.subject import Subject

_RATIO, _APART_M = 1.1, 0.15
"""How much farther the next has to be, by the nearest and by the median depth."""


@dataclass(frozen=True)
class Nearest:
    """The closest of `among` to the camera, or the farthest."""

    among: int
    is_farthest: bool = False

    @property
    def phrases(self) -> tuple[tuple[str, str], ...]:
        """Returns e.g. 'closest' before the noun, or 'closest to the camera' behind it."""
        if self.is_farthest:
            return ("farthest", ""), ("", "farthest from the camera"), ("most distant", "")
        if self.among == 2:
            return ("closer", ""), ("nearer", ""), ("", "that is closer to the camera")
        return ("closest", ""), ("nearest", ""), ("", "closest to the camera"), ("", "nearest to the camera")

    def chosen(self, things: tuple[Thing, ...]) -> Thing | None:
        """Returns the one, where it is well apart from all others."""
        if len(things) != self.among:
            return None
        first, *others = sorted(things, key=lambda thing: thing.median_m, reverse=self.is_farthest)
        pairs = (((other, first) if self.is_farthest else (first, other)) for other in others)
        return first if all(_is_nearer(*pair) for pair in pairs) else None


def _is_nearer(one: Thing, other: Thing) -> bool:
    pairs = ((one.nearest_m, other.nearest_m), (one.median_m, other.median_m))
    return all(far >= max(_RATIO * near, near + _APART_M) for near, far in pairs)


def near_and_far(subject: Subject) -> Iterator[Program]:
    """Yields names with the thing's nearness among its like."""
    for noun, adjectives in subject.described():
        among = len(subject.alike(noun, adjectives))
        if noun.counts and among >= 2:
            yield Program(noun, adjectives, pick=Nearest(among))
            yield Program(noun, adjectives, pick=Nearest(among, is_farthest=True))
