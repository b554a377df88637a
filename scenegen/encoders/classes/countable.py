"""Countable classes: those whose objects a person would tell apart one by one, and how gladly.

A stack of books is no book, and the handle of a door no door: a class with such an object in view is not counted, but
stacks are where all are stacks. The building's own shapes, such as walls, are asked for where nothing else is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scenegen.encoders.classes.labels import is_group_label
from scenegen.encoders.classes.names import ClassName, names_of
from scenegen.encoders.classes.nouns import Noun
from scenegen.encoders.classes.shown import Shown, View

MOST_OBJECTS = 40
"""More have no colours that are far enough apart."""

_SINGLE_WEIGHT = 0.12
"""Of a class of which one object is in view, against several."""
_UPPER_WEIGHT = 0.35
"""Of an upper level, against a class by its own name."""
_BARE_WEIGHT = 1e-6

_UNCOUNTED = frozenset({"structure", "vegetation", "natural thing"})
"""Of these, shapes of ours with another name than their class are parts, or stand for many."""


@dataclass(frozen=True)
class Countable:
    """A class in view whose objects can be told apart."""

    name: ClassName
    nouns: tuple[Noun, ...]
    """With a singular and a plural, each fits every object."""
    weight: float
    """How often it should be asked for, against others in the frame."""


def countable_of(view: View) -> tuple[Countable, ...]:
    """Returns the countable classes of a frame, at all levels that have a name."""
    return tuple(_countables(view))


def _countables(view: View) -> Iterator[Countable]:
    for name in names_of(view):
        groups = {each.is_group for each in name.members}
        nouns = tuple(noun for noun in name.nouns if noun.counts and {is_group_label(noun.singular)} == groups)
        if nouns and name.is_clear and len(name.members) <= MOST_OBJECTS and not any(map(_is_part, name.members)):
            yield Countable(name, nouns, _weight(name, view))


def _weight(name: ClassName, view: View) -> float:
    """Prefers several objects to one, and classes whose objects can be made out."""
    clear = sum(each.pixels >= view.least_px for each in name.members) / len(name.members)
    weight = clear**2 * (_SINGLE_WEIGHT if len(name.members) == 1 else 1.0)
    if name.classes != {name.level}:
        weight *= _UPPER_WEIGHT
    return weight * _BARE_WEIGHT if any(map(_is_bare, name.members)) else weight


def _is_bare(shown: Shown) -> bool:
    return shown.is_made and "structure" in shown.levels


def _is_part(shown: Shown) -> bool:
    """Tells whether it is less or more than one of its class: a door handle, a wood, boards around a whole room."""
    if shown.levels[0] == "skirting":
        return True
    return shown.is_odd and (" of " in shown.label or not _UNCOUNTED.isdisjoint(shown.levels))
