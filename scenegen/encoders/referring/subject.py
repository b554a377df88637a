"""Subject: a thing that is to be referred to, with the words and landmarks that may serve."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from scenegen.encoders.referring.landmarks import Landmark
from scenegen.encoders.referring.program import Condition, Noun, Program, called
from scenegen.encoders.referring.scene import Seen, Thing
from scenegen.encoders.referring.vocabulary import LOOKS


@dataclass(frozen=True)
class Subject:
    """A thing in its surroundings."""

    seen: Seen
    thing: Thing
    nouns: tuple[Noun, ...]
    """What it can be called."""
    adjectives: tuple[Condition, ...]
    """What is true of its look."""
    landmarks: tuple[Landmark, ...]
    """What it may be described by: others that a few words single out."""

    def described(self) -> Iterator[tuple[Noun, tuple[Condition, ...]]]:
        """Yields the nouns, plain and with one adjective."""
        for noun in self.nouns:
            yield noun, ()
            yield from ((noun, (adjective,)) for adjective in self.adjectives if fits(adjective, noun))

    def with_tails(self, tails: Iterable[Condition]) -> Iterator[Program]:
        """Yields its descriptions, each followed by each of the conditions that are true of the thing."""
        true = [tail for tail in tails if tail.holds(self.seen, self.thing)]
        for noun, adjectives in self.described():
            yield from (Program(noun, adjectives, tail) for tail in true)

    def alike(self, noun: Noun, adjectives: tuple[Condition, ...]) -> tuple[Thing, ...]:
        """Returns all that a noun and adjectives mean for sure."""
        things = called(noun, self.seen).sure
        return tuple(thing for thing in things if all(each.holds(self.seen, thing) for each in adjectives))


def fits(adjective: Condition, noun: Noun) -> bool:
    """Tells whether an adjective says what the noun doesn't: no 'wooden wooden crate', 'fabric burlap sofa'."""
    said = noun.singular.split(" ")
    alike = (words for words in LOOKS if not words.isdisjoint(adjective.phrases))
    return frozenset(adjective.phrases).union(*alike).isdisjoint(said)


Kind: TypeAlias = Callable[[Subject], Iterator[Program]]
"""Yields programs of one kind that may select the subject; `run` tells whether they do."""
