"""Grammar: the sentence structures of one task and what fills their slots, for writing and for reading."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, Protocol, TypeVar, runtime_checkable

import numpy as np

from scenegen.encoders.prompts.notation import Notation, draw_notation
from scenegen.encoders.prompts.request import ParsedPrompt
from scenegen.encoders.prompts.template import Template, fill, parse_template

AskedT_contra = TypeVar("AskedT_contra", contravariant=True)


@runtime_checkable
class Slot(Protocol[AskedT_contra]):
    """Part of a prompt that depends on the request."""

    @property
    def pattern(self) -> str:
        """Returns a regular expression, without named groups, for all that `write` writes."""

    def write(self, rng: np.random.Generator, request: AskedT_contra, notation: Notation) -> str:
        """Returns the text that stands in the slot."""

    def read(self, parsed: ParsedPrompt, text: str) -> ParsedPrompt:
        """Returns `parsed` with what the slot's text says; raises ValueError where that can't be."""


@dataclass(frozen=True)
class Value(Generic[AskedT_contra]):
    """A slot for one value, from three functions."""

    pattern: str
    write_value: Callable[[AskedT_contra, Notation], str]
    read: Callable[[ParsedPrompt, str], ParsedPrompt]

    def write(self, rng: np.random.Generator, request: AskedT_contra, notation: Notation) -> str:
        """Returns the value as text; nothing is drawn."""
        return self.write_value(request, notation)


@dataclass(frozen=True)
class Case(Generic[AskedT_contra]):
    """Ways to say one thing, equally likely, for the requests that ask for it."""

    applies: Callable[[AskedT_contra], bool]
    templates: tuple[Template, ...]
    says: Callable[[ParsedPrompt], ParsedPrompt] = lambda parsed: parsed
    """What they say beside the values of their slots."""


@dataclass(frozen=True)
class Clause(Generic[AskedT_contra]):
    """A slot that is a small grammar of its own: the first case that applies is written."""

    cases: tuple[Case[AskedT_contra], ...]
    slots: Mapping[str, Slot[AskedT_contra]]

    @cached_property
    def pattern(self) -> str:
        """Matches every template of every case."""
        texts = [_pattern(template, self.slots, "(?:{pattern})") for case in self.cases for template in case.templates]
        return f"(?:{'|'.join(texts)})"

    def write(self, rng: np.random.Generator, request: AskedT_contra, notation: Notation) -> str:
        """Returns one of the ways to say what is requested."""
        case = next(case for case in self.cases if case.applies(request))
        form = _draw_form(rng, case.templates)
        return _fill(rng, form, self.slots, request, notation)

    def read(self, parsed: ParsedPrompt, text: str) -> ParsedPrompt:
        """Returns `parsed` with what the first matching template says."""
        for case, pattern in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                return _read(match, self.slots, case.says(parsed))
        raise ValueError(f"the clause {text!r} can't be read")

    @cached_property
    def _patterns(self) -> tuple[tuple[Case[AskedT_contra], re.Pattern[str]], ...]:
        return tuple((case, _compiled(template, self.slots)) for case in self.cases for template in case.templates)


@dataclass(frozen=True)
class Grammar(Generic[AskedT_contra]):
    """How one task is asked for, in two registers (arXiv:2604.20329), either as likely as the other."""

    task: str
    instructions: tuple[Template, ...]
    """What to do; equally likely."""
    captions: tuple[Template, ...]
    """What the target shows; equally likely."""
    slots: Mapping[str, Slot[AskedT_contra]]

    def draw_form(self, rng: np.random.Generator) -> str:
        """Returns a sentence structure with its choices made, its slots still in braces."""
        return _draw_form(rng, self.instructions if rng.random() < 0.5 else self.captions)

    def draw(self, rng: np.random.Generator, request: AskedT_contra) -> str:
        """Returns a prompt that says what is requested."""
        form = self.draw_form(rng)
        return _fill(rng, form, self.slots, request, draw_notation(rng))

    def readings(self, text: str) -> Iterator[ParsedPrompt]:
        """Yields what a text says in each of the structures that it could have been written with."""
        for pattern in self._patterns:
            match = pattern.fullmatch(text)
            if match:
                yield _read(match, self.slots, ParsedPrompt(self.task))

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(_compiled(template, self.slots) for template in (*self.instructions, *self.captions))


def templates_of(*texts: str) -> tuple[Template, ...]:
    """Returns the templates that texts write."""
    return tuple(map(parse_template, texts))


def _draw_form(rng: np.random.Generator, templates: tuple[Template, ...]) -> str:
    return templates[int(rng.integers(len(templates)))].draw_form(rng)


def _fill(
    rng: np.random.Generator,
    form: str,
    slots: Mapping[str, Slot[AskedT_contra]],
    request: AskedT_contra,
    notation: Notation,
) -> str:
    return fill(form, lambda name: slots[name].write(rng, request, notation))


def _compiled(template: Template, slots: Mapping[str, Slot[AskedT_contra]]) -> re.Pattern[str]:
    return re.compile(_pattern(template, slots, "(?P<{name}>{pattern})"))


def _pattern(template: Template, slots: Mapping[str, Slot[AskedT_contra]], group: str) -> str:
    return template.pattern(lambda name: group.format(name=name, pattern=slots[name].pattern))


def _read(match: re.Match[str], slots: Mapping[str, Slot[AskedT_contra]], parsed: ParsedPrompt) -> ParsedPrompt:
    for name, text in match.groupdict().items():
        if text is not None:
            parsed = slots[name].read(parsed, text)
    return parsed
