"""Nouns: what things are called, by class at several levels and by label."""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.referring.program import Answer
from scenegen.encoders.referring.scene import Thing
from scenegen.encoders.referring.vocabulary import (
    GROUPS_OF,
    LEVELS,
    SAME,
    UNCOUNTED,
    VAGUE,
    is_plural,
    mixed_up,
    spelled,
)


@dataclass(frozen=True)
class ByLevel:
    """Things of a class or of an upper level, under one of the words for it."""

    level: str
    singular: str
    plural: str

    @property
    def alone(self) -> tuple[str, ...]:
        """Returns e.g. 'the chair'."""
        return (f"the {self.singular}",)

    @property
    def counts(self) -> bool:
        """Tells whether it can be 'the second'."""
        return self.level not in UNCOUNTED

    @property
    def is_plural(self) -> bool:
        """Tells it of 'flowers'."""
        return is_plural(self.singular)

    @property
    def is_vague(self) -> bool:
        """Tells whether people would rather take another word."""
        return self.level in VAGUE

    def matches(self, thing: Thing) -> Answer:
        """Tells whether a thing is called so.

        Unsure where people mix up classes, of groups and shapes with other names, and of a floor of carpet.
        """
        if mixed_up(self.level).intersection(thing.words.levels):
            return None
        if thing.is_structure and thing.look and thing.look.substance == self.singular:
            return None
        if self.level not in thing.words.levels:
            return False
        return None if _is_group(thing) or _is_odd(thing) else True


@dataclass(frozen=True)
class ByLabel:
    """Things of a class that a person would call the same: 'corner sofa'."""

    class_name: str
    label: str

    @property
    def singular(self) -> str:
        """Returns the label."""
        return spelled(self.label)

    @property
    def plural(self) -> str:
        """Returns 'stacks of books' of 'stack of books'; other labels have none."""
        first, _, rest = self.singular.partition(" ")
        return f"{first}s {rest}"

    @property
    def alone(self) -> tuple[str, ...]:
        """Returns e.g. 'the corner sofa'."""
        return (f"the {self.singular}",)

    @property
    def counts(self) -> bool:
        """Tells that it has a plural."""
        return self.label.startswith(GROUPS_OF)

    @property
    def is_plural(self) -> bool:
        """Tells it of 'coat hooks'."""
        return is_plural(self.label)

    @property
    def is_vague(self) -> bool:
        """Tells that it is what people say."""
        return False

    def matches(self, thing: Thing) -> Answer:
        """Tells whether a thing has the label; one of its class with another label may be called so too."""
        if thing.label == self.label:
            return True
        if thing.class_name != self.class_name or self.label.startswith(GROUPS_OF) or thing.is_structure:
            return False
        return None


def nouns_of(thing: Thing) -> Iterator[ByLevel | ByLabel]:
    """Yields what a thing can be called, the most usual first."""
    words, is_odd = thing.words, _is_odd(thing)
    if is_odd and thing.is_structure:
        return
    if is_odd or thing.is_structure or _is_group(thing) or _is_special(thing):
        yield ByLabel(thing.class_name, thing.label)
    if is_odd or thing.is_structure or _is_group(thing):
        return
    yield ByLevel(words.levels[0], spelled(words.singular), spelled(words.plural))
    for synonym in words.synonyms:
        if synonym in SAME:
            yield ByLevel(words.levels[0], spelled(synonym), spelled(SAME[synonym]))
    for level in words.levels[1:]:
        if level in LEVELS:
            yield ByLevel(level, *LEVELS[level])


def _is_group(thing: Thing) -> bool:
    """Tells whether it is several of its class: 'stack of books', 'coat hooks'."""
    return thing.label.startswith(GROUPS_OF) or (is_plural(thing.label) and not is_plural(thing.words.singular))


def _is_special(thing: Thing) -> bool:
    """Tells whether its label is a kind of its class: 'corner sofa'; 'old television' is no kind."""
    names = (thing.words.singular, *thing.words.synonyms)
    first = thing.label.split(" ")[0]
    kind = thing.label in names[1:] or any(thing.label.endswith(f" {name}") for name in names)
    return kind and thing.label != names[0] and first not in ("old", "new", "small", "large", "big", "little")


def _is_odd(thing: Thing) -> bool:
    """Tells whether it is a shape of ours with a label of its own: the frame of a door is of the class door."""
    names = (thing.words.singular, *thing.words.synonyms)
    return thing.is_shape and not _is_group(thing) and thing.label not in names
