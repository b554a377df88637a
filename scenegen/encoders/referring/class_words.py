"""ClassWords: what a class is called and what it is for, as the taxonomy has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assets_catalog.taxonomy import load_taxonomy


@dataclass(frozen=True)
class ClassWords:
    """The words for one class."""

    singular: str
    plural: str
    synonyms: tuple[str, ...]
    levels: tuple[str, ...]
    """From the special to the general, itself first: 'armchair', 'chair', 'seat', 'furniture', ..."""
    uses: tuple[str, ...]
    """'to sit on', ..."""


@cache
def class_words() -> Mapping[str, ClassWords]:
    """Returns the words of every class, by its name."""
    classes = load_taxonomy().classes.items()
    return {name: ClassWords(each.words, each.plural, each.synonyms, each.levels, each.uses) for name, each in classes}
