"""Phrases: labels as they stand in a sentence, and labels read from there.

A plain label stands bare, any other in double quotes, escaped as in JSON, so that it can't be taken for the sentence
around it: "TV stand, black" has a comma, "the woman in red" would end before its colour.

A class takes "the" in a sentence, and reading takes it off again; a label that itself begins with "the" is quoted.
A referring expression brings its own determiner and stands as it is; one without is quoted.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from scenegen.encoders.prompts.notation import COLOR_WORD

BARE = r"[^\W_][\w'’ -]*?(?<! in)"
"""Matches a label without quotes, as short a one as what follows allows."""
QUOTED = r'"(?:[^"\\]|\\.)*"'
"""Matches a label in quotes."""

_ARTICLES = {"the", "a", "an"}
_PRONOUNS = {"all", "any", "anything", "both", "each", "every", "everything", "no", "one", "some", "something"}
_POINTERS = {"that", "these", "this", "those", "what", "whatever"}
_NUMBERS = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
_DETERMINERS = _ARTICLES | _PRONOUNS | _POINTERS | _NUMBERS
_MISLEADING = re.compile(rf"\b{COLOR_WORD}(?:$| and )|\bin$")


@dataclass(frozen=True)
class Phrasing:
    """How the labels of a task stand in a sentence."""

    write: Callable[[str], str]
    """A label as part of a sentence."""
    write_key: Callable[[str], str]
    """A label by itself, as in a table."""
    read: Callable[[str], str]
    """Undoes either."""


def quote(label: str) -> str:
    """Returns a label in quotes."""
    return json.dumps(label, ensure_ascii=False)


def write_key(label: str) -> str:
    """Returns a label bare where it is plain, else in quotes."""
    return label if _is_plain(label) else quote(label)


def _write_class(label: str) -> str:
    key = _write_class_key(label)
    return f"the {label}" if key == label and _first_word(label) not in _DETERMINERS else key


def _write_class_key(label: str) -> str:
    return quote(label) if _first_word(label) == "the" else write_key(label)


def _read_class(phrase: str) -> str:
    return read_phrase(phrase) if phrase.startswith('"') else read_phrase(phrase).removeprefix("the ")


def _write_expression(label: str) -> str:
    return write_key(label) if _first_word(label) in _DETERMINERS else quote(label)


def read_phrase(phrase: str) -> str:
    """Returns the label that a phrase writes: undoes quotes, and the capital of a sentence's first word."""
    if phrase.startswith('"'):
        return str(json.loads(phrase))
    first = _first_word(phrase)
    return first.lower() + phrase[len(first) :] if first.lower() in _DETERMINERS else phrase


def _is_plain(label: str) -> bool:
    first = _first_word(label)
    capital = first.lower() in _DETERMINERS and first != first.lower()
    return not capital and re.fullmatch(BARE, label) is not None and not _MISLEADING.search(label)


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]


CLASS = Phrasing(_write_class, _write_class_key, _read_class)
"""Labels without an article: "chair", "office chairs"."""
EXPRESSION = Phrasing(_write_expression, write_key, read_phrase)
"""Labels with their determiner: "the lamp on the desk", "both chairs"."""
