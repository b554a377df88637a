"""Plain names, and names with colours, materials and places, up to three of them."""

from collections.abc import Iterator

from scenegen.encoders.referring.looks import Colored, MadeOf
from scenegen.encoders.referring.places import places_of
from scenegen.encoders.referring.program import Program
from scenegen.encoders.referring.subject import Subject, fits


def named(subject: Subject) -> Iterator[Program]:
    """Yields the thing's names."""
    yield from (Program(noun) for noun in subject.nouns)


def colored(subject: Subject) -> Iterator[Program]:
    """Yields names with the thing's colour."""
    yield from _with(subject, Colored)


def made(subject: Subject) -> Iterator[Program]:
    """Yields names with what the thing is made of."""
    yield from _with(subject, MadeOf)


def placed(subject: Subject) -> Iterator[Program]:
    """Yields names with a place in the picture."""
    for noun in subject.nouns:
        yield from (Program(noun, tail=place) for place in places_of(subject.thing))


def described(subject: Subject) -> Iterator[Program]:
    """Yields names with two or three of these: 'the brown wooden table on the left'."""
    places = (None, *places_of(subject.thing))
    for noun in subject.nouns:
        adjectives = tuple(adjective for adjective in subject.adjectives if fits(adjective, noun))
        for taken in dict.fromkeys((adjectives, adjectives[:1], adjectives[1:])):
            for place in places:
                if len(taken) + (place is not None) >= 2:
                    yield Program(noun, taken, place)


def _with(subject: Subject, sort: type[Colored | MadeOf]) -> Iterator[Program]:
    for noun in subject.nouns:
        for adjective in subject.adjectives:
            if isinstance(adjective, sort) and fits(adjective, noun):
                yield Program(noun, (adjective,))
