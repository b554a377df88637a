"""Words: the class that is meant by the words of a text, such as the name of a file.

A text is cut where letters end and where camel case begins. The name, plural or synonym with the most words wins, the
later one in a tie: English names the thing last ("office chair", "dog bed"), but what begins before "with", "of" or
"on" goes before what begins after it ("bowl with fruit"). A class right before the word for a part is not meant: a
chair leg is no chair. Spelling as one word or as two is the same ("book shelf").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assets_catalog.taxonomy.asset_class import AssetClass

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LETTERS = re.compile(r"[^\W\d_]+")
_AFTER_THE_THING = frozenset({"with", "without", "and", "of", "on", "in", "for", "from", "by", "under"})
_MOST_WORDS = 5


@dataclass(frozen=True)
class Vocabulary:
    """What classes are called, and words that matter beside them."""

    class_of: Mapping[str, str]
    """Phrase without spaces -> class."""
    word_count: Mapping[str, int]
    """Phrase without spaces -> its words."""
    part_words: frozenset[str]
    material_words: frozenset[str]

    def class_in(self, text: str) -> str | None:
        """Returns the class that a text names, or None."""
        words = words_of(text)
        head_ends = next((row for row, word in enumerate(words) if row and word in _AFTER_THE_THING), len(words))
        best = max(self._matches(words), key=lambda match: self._rank(words, match, head_ends), default=None)
        return None if best is None else self.class_of["".join(words[slice(*best)])]

    def _matches(self, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yields where a class stands, from its first word to behind its last."""
        for end in range(1, len(words) + 1):
            is_part = end < len(words) and words[end] in self.part_words
            for start in range(max(0, end - _MOST_WORDS), end):
                if not is_part and "".join(words[start:end]) in self.class_of:
                    yield start, end

    def _rank(self, words: Sequence[str], match: tuple[int, int], head_ends: int) -> tuple[bool, bool, int, int, int]:
        start, end = match
        phrase = "".join(words[start:end])
        count = max(end - start, self.word_count[phrase])
        return phrase not in self.material_words, start < head_ends, count, end, -start


def words_of(text: str) -> list[str]:
    """Returns the words of a text in lower case: 'old_woodenChair-02' -> old, wooden, chair."""
    return [word.lower() for word in _LETTERS.findall(_CAMEL.sub(" ", text))]


def vocabulary(
    classes: Mapping[str, AssetClass], part_words: Iterable[str] = (), material_words: Iterable[str] = ()
) -> Vocabulary:
    """Returns what the classes are called. Raises ValueError where a phrase names two of them."""
    class_of: dict[str, str] = {}
    word_count: dict[str, int] = {}
    for leaf in classes.values():
        for phrase in phrases(leaf):
            words = words_of(phrase)
            other = class_of.setdefault("".join(words), leaf.name)
            word_count["".join(words)] = len(words)
            if other != leaf.name:
                raise ValueError(f"'{phrase}' names both '{other}' and '{leaf.name}'")
    return Vocabulary(class_of, word_count, frozenset(part_words), frozenset(material_words))


def phrases(leaf: AssetClass) -> tuple[str, ...]:
    """Returns all that a class is called: name, plural, synonyms and their plurals."""
    return leaf.words, leaf.plural, *leaf.synonyms, *(plural_of(synonym) for synonym in leaf.synonyms)


def plural_of(words: str) -> str:
    """Returns the regular plural of a singular: 'coffee table' -> 'coffee tables'."""
    if re.search(r"(?:s|x|z|ch|sh)$", words):
        return f"{words}es"
    return f"{words[:-1]}ies" if re.search(r"[^aeiou]y$", words) else f"{words}s"
