"""Labels: what a single object is called, beside its class: 'corner sofa', 'stack of books', 'door handle'."""

import re
from functools import cache

from assets_catalog.taxonomy import AssetClass
from assets_catalog.taxonomy.words import plural_of
from scenegen.encoders.referring.vocabulary import GROUPS_OF

_BEHIND_THE_HEAD = re.compile(r" (?:of|on|with|and|in|for) .*")


def plural_label(label: str) -> str:
    """Returns 'stacks of books' of 'stack of books'."""
    head = head_of(label)
    return plural_of(head) + label[len(head) :]


def head_of(label: str) -> str:
    """Returns what comes before 'of', 'with', ...: 'bowl' of 'bowl of fruit'."""
    return _BEHIND_THE_HEAD.sub("", label)


@cache
def endings_of(label: str) -> tuple[str, ...]:
    """Returns what a label says without words before its head: 'tall house window', 'house window', 'window'."""
    words = head_of(label).split(" ")
    return tuple(" ".join(words[start:]) for start in range(len(words)))


def is_group(label: str, leaf: AssetClass) -> bool:
    """Tells whether an object is several of its class: 'stack of books', 'shelves'."""
    return is_group_label(label) or (leaf.plural != leaf.words and leaf.plural in endings_of(label))


def is_group_label(label: str) -> bool:
    """Tells whether a label names several things by a word for all: 'stack of books'."""
    return label.startswith(GROUPS_OF)


def is_of_class(label: str, leaf: AssetClass) -> bool:
    """Tells whether a label says what its class says; a door handle is of the class door, and is none."""
    return not {leaf.words, leaf.plural, *leaf.synonyms}.isdisjoint(endings_of(label))
