"""Legends in a prompt: as prose, as a list of keys, or as JSON; each style is a slot.

The background, where it is listed, comes last and is called "everything else" or the like. In prose the colour follows
its label or precedes it; entries are told apart by what stands between label and colour.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Protocol, runtime_checkable

import numpy as np

from scenegen.encoders.legend import Legend, LegendEntry, Rgb
from scenegen.encoders.prompts.notation import ANGLED, COLOR, Notation, read_color
from scenegen.encoders.prompts.phrases import BARE, QUOTED, Phrasing, quote
from scenegen.encoders.prompts.request import (
    BACKGROUND_KEYS,
    BACKGROUND_PHRASES,
    ParsedPrompt,
    check_labels,
    is_background,
)

_PHRASE = f"(?:{QUOTED}|{BARE})"


@runtime_checkable
class _Asked(Protocol):
    @property
    def legend(self) -> Legend: ...


@dataclass(frozen=True)
class Style:
    """How a legend's entries are written; of each tuple one is drawn for a prompt."""

    items: tuple[str, ...]
    """An entry, with LABEL and COLOR in it."""
    separators: tuple[tuple[str, str], ...]
    """What stands between two entries, and between the last two."""
    kind: Literal["prose", "sentences", "keys", "json"] = "prose"
    """prose: labels take an article; sentences: each entry is one; keys: labels as they are; json: all quoted."""
    brackets: str = ""
    """Around the whole."""


_KEYS = ((", ", ", "), ("; ", "; "))
_PROSE = ((", ", " and "), (", ", ", and "))
_STYLES = {
    "paint": Style(("LABEL COLOR",), _PROSE),
    "in": Style(("LABEL in COLOR",), _PROSE),
    "for": Style(("COLOR for LABEL",), _PROSE),
    "marks": Style(("COLOR marks LABEL", "COLOR stands for LABEL", "COLOR means LABEL"), _PROSE),
    "should": Style(
        ("LABEL should be COLOR", "LABEL must be COLOR", "LABEL should be shown in COLOR"), ((". ", ". "),), "sentences"
    ),
    "facts": Style(("COLOR marks LABEL", "COLOR stands for LABEL", "COLOR is for LABEL"), ((". ", ". "),), "sentences"),
    "keys": Style(("LABEL = COLOR", "LABEL -> COLOR"), _KEYS, "keys"),
    "pairs": Style(("LABEL: COLOR",), _KEYS, "keys", "()"),
    "json": Style(("LABEL: COLOR",), ((", ", ", "),), "json", "{}"),
    "json_list": Style(('{"label": LABEL, "color": COLOR}',), ((", ", ", "),), "json", "[]"),
}


@dataclass(frozen=True)
class LegendSlot:
    """A legend in one style."""

    style: Style
    phrasing: Phrasing

    @cached_property
    def pattern(self) -> str:
        """Matches the whole legend; "and" comes once at most, so there are few ways to try."""
        between, last = self._separators
        lists = (f"{item}(?:{between}{item})*(?:{last}{item})?" for item in map(self._item_pattern, self.style.items))
        return self._bracketed(f"(?:{'|'.join(lists)})")

    def write(self, rng: np.random.Generator, request: _Asked, notation: Notation) -> str:
        """Returns the legend as text."""
        item = self.style.items[int(rng.integers(len(self.style.items)))]
        between, last = self.style.separators[int(rng.integers(len(self.style.separators)))]
        rows = [(self._write_label(entry.label), entry.rgb) for entry in request.legend.entries]
        if request.legend.background is not None:
            rows.append((self._draw_background(rng), request.legend.background))
        entries = [self._capital(_fill(item, label, self._write_color(rgb, notation))) for label, rgb in rows]
        if len(entries) == 2 and last == ", and ":
            last = " and "
        text = last.join([between.join(entries[:-1]), entries[-1]]) if len(entries) > 1 else entries[0]
        return self.style.brackets[:1] + text + self.style.brackets[1:]

    def read(self, parsed: ParsedPrompt, text: str) -> ParsedPrompt:
        """Returns `parsed` with the legend."""
        inside = text[1:-1] if self.style.brackets else text
        for reader in self._readers:
            rows = _split(reader, inside)
            if rows:
                legend = self._legend_of(rows)
                return replace(parsed, legend=legend, background=legend.background)
        raise ValueError(f"the legend {text!r} can't be told apart into labels and colors")

    @cached_property
    def _readers(self) -> tuple[re.Pattern[str], ...]:
        """One entry each, up to the last one, another one or the end."""
        between, last = self._separators
        readers = []
        for item in self.style.items:
            plain = self._item_pattern(item)
            named = _item_pattern(item, f"(?P<label>{self._label_pattern()})", f"(?P<color>{self._color_pattern()})")
            readers.append(re.compile(f"{named}(?:{last}(?={plain}$)|{between}(?={plain})|$)"))
        return tuple(readers)

    def _legend_of(self, rows: Iterable[tuple[str, str]]) -> Legend:
        entries, background = [], None
        for phrase, color in rows:
            rgb = read_color(color.strip('"'))
            if is_background(phrase.strip('"')):
                background = rgb
            else:
                entries.append(LegendEntry(self.phrasing.read(phrase), rgb, ()))
        legend = Legend(tuple(entries), background)
        check_labels(legend)
        return legend

    def _item_pattern(self, item: str) -> str:
        return _item_pattern(item, self._label_pattern(), self._color_pattern())

    def _label_pattern(self) -> str:
        return QUOTED if self.style.kind == "json" else _PHRASE

    def _color_pattern(self) -> str:
        return f'(?:"{COLOR}"|{ANGLED})' if self.style.kind == "json" else COLOR

    @cached_property
    def _separators(self) -> tuple[str, str]:
        """Matches what stands between two entries, and between the last two."""
        between = {between for between, _ in self.style.separators}
        last = {last for _, last in self.style.separators}
        return _any_of(between), _any_of(last)

    def _bracketed(self, pattern: str) -> str:
        return re.escape(self.style.brackets[:1]) + pattern + re.escape(self.style.brackets[1:])

    def _write_label(self, label: str) -> str:
        if self.style.kind == "json":
            return quote(label)
        if self.style.kind == "keys":
            return self.phrasing.write_key(label)
        return self.phrasing.write(label)

    def _draw_background(self, rng: np.random.Generator) -> str:
        listed = BACKGROUND_KEYS if self.style.kind in {"keys", "json"} else BACKGROUND_PHRASES
        phrase = listed[int(rng.integers(len(listed)))]
        return quote(phrase) if self.style.kind == "json" else phrase

    def _write_color(self, rgb: Rgb, notation: Notation) -> str:
        """In JSON a colour is a string, but for <r, g, b>, which stands as it is (arXiv:2604.20329)."""
        color = notation.write(rgb)
        return f'"{color}"' if self.style.kind == "json" and not color.startswith("<") else color

    def _capital(self, entry: str) -> str:
        """Hexadecimal digits come after #, so only words are changed."""
        return entry[0].upper() + entry[1:] if self.style.kind == "sentences" else entry


def legend_slots(phrasing: Phrasing) -> dict[str, LegendSlot]:
    """Returns a slot for each style of legend."""
    return {name: LegendSlot(style, phrasing) for name, style in _STYLES.items()}


def _any_of(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, sorted(texts)))})"


def _item_pattern(item: str, label: str, color: str) -> str:
    return re.escape(item).replace("LABEL", label).replace("COLOR", color)


def _fill(item: str, label: str, color: str) -> str:
    """Replaces both at once: a label may hold the word COLOR."""
    return re.sub("LABEL|COLOR", lambda match: label if match[0] == "LABEL" else color, item)


def _split(entry: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Returns labels and colours; none where an entry can't be read."""
    rows, start = [], 0
    while start < len(text):
        match = entry.match(text, start)
        if not match:
            return []
        rows.append((match["label"], match["color"]))
        start = match.end()
    return rows
