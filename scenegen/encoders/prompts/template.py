"""Template: one sentence structure of a prompt, from which both its writer and its reader come.

`[x]` may be left out, `<a|b|c>` is one of its parts, `{slot}` is filled from a request; the three nest. What one choice
of these leaves is a form: text and slots. The same tree gives a regular expression, so what is written can
be read, and no second list of sentences has to agree with the first.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

_TOKEN = re.compile(r"[\[\]<>|]|\{(\w+)\}|[^\[\]<>|{}]+")
_SLOT = re.compile(r"\{(\w+)\}")
_CLOSING = {"[": "]", "<": ">"}


@dataclass(frozen=True)
class _Slot:
    name: str


@dataclass(frozen=True)
class _Choice:
    options: tuple["_Sequence", ...]


_Sequence = tuple[str | _Slot | _Choice, ...]


@dataclass(frozen=True)
class Template:
    """A sentence structure, parsed."""

    sequence: _Sequence

    def draw_form(self, rng: np.random.Generator) -> str:
        """Returns a form, its slots still in braces; the parts of a choice are equally likely."""
        return _draw(rng, self.sequence)

    def pattern(self, group_of_slot: Callable[[str], str]) -> str:
        """Returns a regular expression for all forms; each slot is a group that `group_of_slot` writes."""
        return _pattern(self.sequence, group_of_slot)


def parse_template(text: str) -> Template:
    """Returns the template that a text writes; raises ValueError where brackets don't pair."""
    if _TOKEN.sub("", text):
        raise ValueError(f"a brace without its partner, or no name in braces, in the template {text!r}")
    options, closing = _parse_options(_TOKEN.finditer(text))
    if closing or len(options) > 1:
        raise ValueError(f"{closing or '|'!r} without its opening bracket in the template {text!r}")
    return Template(options[0])


def _parse_options(tokens: Iterator[re.Match[str]]) -> tuple[tuple[_Sequence, ...], str]:
    """Returns the options up to a closing bracket, and that bracket; an empty one at the text's end."""
    options: list[list[str | _Slot | _Choice]] = [[]]
    for token in tokens:
        text = token[0]
        if text in _CLOSING:
            options[-1].append(_parse_choice(tokens, text))
        elif text == "|":
            options.append([])
        elif text in _CLOSING.values():
            return _frozen(options), text
        else:
            options[-1].append(_Slot(token[1]) if token[1] else text)
    return _frozen(options), ""


def _parse_choice(tokens: Iterator[re.Match[str]], opening: str) -> _Choice:
    options, closing = _parse_options(tokens)
    if closing != _CLOSING[opening]:
        raise ValueError(f"{opening!r} is closed by {closing!r} in a template")
    return _Choice(((), *options) if opening == "[" else options)


def _frozen(options: list[list[str | _Slot | _Choice]]) -> tuple[_Sequence, ...]:
    return tuple(map(tuple, options))


def _draw(rng: np.random.Generator, sequence: _Sequence) -> str:
    parts = []
    for node in sequence:
        if isinstance(node, _Choice):
            parts.append(_draw(rng, node.options[int(rng.integers(len(node.options)))]))
        else:
            parts.append(f"{{{node.name}}}" if isinstance(node, _Slot) else node)
    return "".join(parts)


def _pattern(sequence: _Sequence, group_of_slot: Callable[[str], str]) -> str:
    parts = []
    for node in sequence:
        if isinstance(node, _Choice):
            parts.append(f"(?:{'|'.join(_pattern(option, group_of_slot) for option in node.options)})")
        elif isinstance(node, _Slot):
            parts.append(group_of_slot(node.name))
        else:
            parts.append(re.escape(node))
    return "".join(parts)


def fill(form: str, text_of_slot: Callable[[str], str]) -> str:
    """Returns a form with its slots filled, from left to right."""
    return _SLOT.sub(lambda match: text_of_slot(match[1]), form)
