"""Landmarks: things that a few words single out, by which others are described: "on the white desk"."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from scenegen.encoders.referring.looks import looks_of
from scenegen.encoders.referring.nouns import nouns_of
from scenegen.encoders.referring.program import Condition, Noun, Program, run
from scenegen.encoders.referring.scene import Seen, Thing

_STRUCTURES = frozenset({"window", "door", "window_sill", "fireplace", "column", "stairs"})
"""Parts of a building by which one says where a thing is."""
_NAMES = 2
"""Of each, at most."""


@dataclass(frozen=True)
class Landmark:
    """One thing, named."""

    noun: Noun
    adjectives: tuple[Condition, ...] = ()

    @property
    def text(self) -> str:
        """Returns e.g. 'the white desk'."""
        return " ".join(("the", *(adjective.phrases[0] for adjective in self.adjectives), self.noun.singular))

    def thing(self, seen: Seen) -> Thing | None:
        """Returns what is named; None where people may differ."""
        if self not in seen.singled_out:
            found = run(Program(self.noun, self.adjectives), seen)
            meant = (thing for thing in seen.things if found == (thing.instance_id,))
            seen.singled_out[self] = next(meant, None)
        return seen.singled_out[self]


def landmarks_of(seen: Seen) -> Iterator[tuple[Landmark, Thing]]:
    """Yields the landmarks of a picture: each thing by its plain name, or with one adjective where that is needed."""
    for thing in seen.things:
        plain = list(islice(_single(seen, thing, _plain(thing)), _NAMES))
        yield from plain or islice(_single(seen, thing, _described(thing)), _NAMES)


def _single(seen: Seen, thing: Thing, names: Iterable[Landmark]) -> Iterator[tuple[Landmark, Thing]]:
    """Yields the names that mean the thing alone."""
    yield from ((name, thing) for name in names if name.thing(seen) is thing)


def _plain(thing: Thing) -> Iterator[Landmark]:
    if not thing.is_structure or thing.class_name in _STRUCTURES:
        yield from (Landmark(noun) for noun in nouns_of(thing))


def _described(thing: Thing) -> Iterator[Landmark]:
    for name in _plain(thing):
        yield from (Landmark(name.noun, (adjective,)) for adjective in looks_of(thing))
