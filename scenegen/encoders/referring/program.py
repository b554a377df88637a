"""Program: what an expression means, as a value that can be run against what a frame shows.

A noun selects, adjectives and a tail narrow it down, a pick takes one of what is left. People must agree on every step,
so each answer is yes, no or unsure (True, False, None), each with a margin from the other. What may or may not be meant
is carried along; where such a thing is left, or one too small to be made out, the program selects nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from scenegen.encoders.referring.scene import Seen, Thing

REFERENT_SHARE = 1e-3
"""Of the picture that each referent takes at least."""

Answer = bool | None
"""Yes, no; None: people may differ."""


@dataclass(frozen=True)
class Selection:
    """What is meant, and what may be."""

    sure: tuple[Thing, ...]
    maybe: tuple[Thing, ...] = ()


@runtime_checkable
class Noun(Protocol):
    """What kind of thing is meant."""

    @property
    def singular(self) -> str:
        """Returns e.g. 'office chair'."""

    @property
    def plural(self) -> str:
        """Returns e.g. 'office chairs'."""

    @property
    def alone(self) -> tuple[str, ...]:
        """Returns the ways to say it of one thing without any more words: 'the office chair', 'something to read'."""

    @property
    def counts(self) -> bool:
        """Tells whether it can be 'the second' or 'the largest', and has a plural; 'headphones' can't."""

    @property
    def is_plural(self) -> bool:
        """Tells whether even one stands in the plural: 'the flowers that are on the table'."""

    @property
    def is_vague(self) -> bool:
        """Tells whether people would rather take another word: 'seat'."""

    def matches(self, thing: Thing) -> Answer:
        """Tells whether a thing is called so."""


@runtime_checkable
class Condition(Protocol):
    """An adjective, or what follows the noun."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Returns the ways to say it, equally good."""

    def holds(self, seen: Seen, thing: Thing) -> Answer:
        """Tells whether it is so of a thing."""


@runtime_checkable
class Pick(Protocol):
    """One of several: 'the largest', 'the second from the left'."""

    @property
    def phrases(self) -> tuple[tuple[str, str], ...]:
        """Returns the ways to say it: before adjectives and noun, and after."""

    def chosen(self, things: tuple[Thing, ...]) -> Thing | None:
        """Returns the one; None where people may differ."""


@dataclass(frozen=True)
class Program:
    """Selects `count` things."""

    noun: Noun
    adjectives: tuple[Condition, ...] = ()
    tail: Condition | None = None
    pick: Pick | None = None
    count: int = 1


def run(program: Program, seen: Seen) -> tuple[int, ...]:
    """Returns the ids of what a program selects, ascending; none where people may differ, or it is not `count`."""
    selection = called(program.noun, seen)
    for condition in (*program.adjectives, *((program.tail,) if program.tail else ())):
        selection = _narrowed(selection, condition, seen)
    if selection.maybe:
        return ()
    chosen = (program.pick.chosen(selection.sure),) if program.pick else selection.sure
    referents = tuple(thing.instance_id for thing in chosen if thing and thing.share >= REFERENT_SHARE)
    return referents if len(referents) == len(chosen) == program.count else ()


def called(noun: Noun, seen: Seen) -> Selection:
    """Returns what a noun selects; nothing where what it means is too small to be made out."""
    if noun not in seen.called:
        answers = [(thing, noun.matches(thing)) for thing in seen.things]
        unclear = any(answer and not thing.is_clear for thing, answer in answers)
        selection = _sorted(() if unclear else answers)
        seen.called[noun] = selection.sure, selection.maybe
    return Selection(*seen.called[noun])


def _narrowed(selection: Selection, condition: Condition, seen: Seen) -> Selection:
    sure = _sorted((thing, condition.holds(seen, thing)) for thing in selection.sure)
    maybe = (thing for thing in selection.maybe if condition.holds(seen, thing) is not False)
    return Selection(sure.sure, (*sure.maybe, *maybe))


def _sorted(answers: Iterable[tuple[Thing, Answer]]) -> Selection:
    given = list(answers)
    return Selection(
        tuple(thing for thing, answer in given if answer), tuple(thing for thing, answer in given if answer is None)
    )


def agreed(*answers: Answer) -> Answer:
    """Returns yes if all say so, no if one says no, else unsure."""
    if any(answer is False for answer in answers):
        return False
    return True if all(answers) else None


def above(value: float, yes: float, no: float) -> Answer:
    """Returns yes from `yes` on, no up to `no`, which is smaller; unsure between."""
    return True if value >= yes else False if value <= no else None


def below(value: float, yes: float, no: float) -> Answer:
    """Returns yes up to `yes`, no from `no` on, which is greater; unsure between."""
    return above(-value, -yes, -no)
