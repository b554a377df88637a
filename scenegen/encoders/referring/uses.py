"""Uses: things asked for by what they are for, "something to sit on"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scenegen.encoders.referring.program import Answer, Program
from scenegen.encoders.referring.scene import Thing
from scenegen.encoders.referring.subject import Subject


@dataclass(frozen=True)
class _Use:
    alone: tuple[str, ...]
    thing: str
    """What follows "the thing" and "both things"."""
    maybe: frozenset[str]
    """Levels that serve for it too, as some would say."""


def _use(alone: str, thing: str, maybe: str = "") -> _Use:
    return _Use(tuple(alone.split(" / ")), thing, frozenset(maybe.split(", ") if maybe else ()))


_VERB = re.compile(r"that (\w+)")

USES: Mapping[str, _Use] = {
    "to sit on": _use(
        "something to sit on / a place to sit / what you can sit on",
        "to sit on",
        "bed, trunk, ottoman, cushion, mattress, chaise longue, hammock, stairs, side table",
    ),
    "to sleep on": _use("something to sleep on / a place to sleep", "to sleep on", "sofa, chaise longue, hammock, rug"),
    "to read": _use("something to read", "to read", "newspaper, paper, tablet, laptop, monitor, picture"),
    "to eat": _use("something to eat", "to eat"),
    "to keep books in": _use(
        "a place to keep books / somewhere to keep books", "to keep books in", "storage, table, trunk"
    ),
    "to keep clothes in": _use(
        "a place to keep clothes / something to keep clothes in",
        "to keep clothes in",
        "storage, trunk, suitcase, basket",
    ),
    "to watch films on": _use(
        "something to watch films on", "to watch films on", "monitor, laptop, computer, tablet, projector, phone"
    ),
    "to tell the time": _use("something that tells the time", "that tell the time", "phone, tablet, laptop, monitor"),
    "to throw rubbish in": _use("something to throw rubbish in", "to throw rubbish in", "basket, bucket, box, crate"),
    "to put flowers in": _use(
        "something to put flowers in",
        "to put flowers in",
        "jar, bottle, drinkware, bowl, bucket, plant, flowers, teapot",
    ),
    "to drink from": _use("something to drink from", "to drink from", "bottle, bowl, jar, teapot, can"),
    "to light a room": _use(
        "something to light the room",
        "that light the room",
        "candle, candle holder, window, fireplace, television, lantern, light bulb",
    ),
    "to look at oneself in": _use(
        "something to see yourself in / something to look at yourself in", "to see yourself in"
    ),
    "to eat at": _use("somewhere to eat / a place to eat", "to eat at", "table, kitchen island"),
    "to write at": _use("a place to write", "to write at", "table"),
    "to type on": _use("something to type on", "to type on", "laptop, typewriter, phone, computer, tablet"),
    "to make music": _use("something to make music with", "to make music with", "electronics"),
    "to cook in": _use("something to cook in", "to cook in", "bowl, appliance, jar"),
    "to warm a room": _use("something to warm the room", "that warm the room", "oven"),
    "to cool a room": _use("something to cool the room", "that cool the room", "window"),
    "to keep food cold": _use("something to keep food cold", "that keep food cold"),
    "to divide a room": _use("something to divide the room", "that divide the room", "curtain, wall unit"),
    "to ride": _use("something to ride", "to ride", "vehicle, animal"),
    "to dry oneself": _use("something to dry yourself with", "to dry yourself with"),
}
"""A class's use -> how it is asked for; others are too vague."""


@dataclass(frozen=True)
class ByUse:
    """Things that are for something."""

    use: str

    @property
    def singular(self) -> str:
        """Returns e.g. 'thing to sit on'."""
        return "thing " + _VERB.sub(r"that \1s", USES[self.use].thing)

    @property
    def plural(self) -> str:
        """Returns e.g. 'things to sit on'."""
        return f"things {USES[self.use].thing}"

    @property
    def alone(self) -> tuple[str, ...]:
        """Returns e.g. 'something to sit on'."""
        return USES[self.use].alone

    @property
    def counts(self) -> bool:
        """Tells that one may be the nearest."""
        return True

    @property
    def is_plural(self) -> bool:
        """Tells that it is not."""
        return False

    @property
    def is_vague(self) -> bool:
        """Tells that it is what is asked for."""
        return False

    def matches(self, thing: Thing) -> Answer:
        """Tells whether a thing is for it."""
        if USES[self.use].maybe.intersection(thing.words.levels):
            return None if self.use not in thing.words.uses else True
        return self.use in thing.words.uses


def useful(subject: Subject) -> Iterator[Program]:
    """Yields what asks for the thing, and all of its like, by what it is for."""
    for use in subject.thing.words.uses:
        if use in USES:
            noun = ByUse(use)
            yield Program(noun)
            yield from (Program(noun, count=count) for count in (2, 3))
