"""Captions of a contact sheet: a few lines of text, and a legend as squares of colour with their labels, wrapped.

A caption is laid out before it is drawn, so that the sheet knows how high it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from scenegen.encoders.legend import Rgb

INK, GREY, LINE = (28, 31, 36), (92, 98, 107), (208, 212, 218)
TEXT_SIZE = 13
LINE_PX = 17
_SQUARE_PX = 12
_SPACE_PX = 4
_BETWEEN_PX = 10
"""Between two entries of a legend on one line."""
_MOST_CHARACTERS = 400
"""More than any place here has room for: what is over is never measured, for that takes time."""
_MOST_ENTRIES = 40
_BREAKS = re.compile(r"(?<= )|(?<=[a-z]-)(?=[a-z])")
"""Where a line may end: behind a space, or behind a hyphen between words."""


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: squares of colour, and what they stand for."""

    colors: tuple[Rgb, ...]
    label: str


@dataclass(frozen=True)
class Caption:
    """What stands under a picture."""

    text: str = ""
    most_lines: int = 2
    legend: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Mark:
    """A word or line of text, or a square of colour, where it stands in its caption."""

    left_px: int
    line: int
    what: str | Rgb


@dataclass(frozen=True)
class LaidOut:
    """A caption with a place for everything in it."""

    marks: tuple[Mark, ...]
    lines: int

    @property
    def height_px(self) -> int:
        """Returns how much room it takes."""
        return LINE_PX * self.lines

    def draw(self, sheet: Image.Image, corner: tuple[int, int]) -> None:
        """Draws it with its top left corner at `corner`."""
        draw = ImageDraw.Draw(sheet)
        left, top = corner
        for mark in self.marks:
            x, y = left + mark.left_px, top + LINE_PX * mark.line
            if isinstance(mark.what, str):
                draw.text((x, y), mark.what, GREY, font(TEXT_SIZE))
            else:
                draw.rectangle((x, y + 2, x + _SQUARE_PX - 1, y + _SQUARE_PX + 1), mark.what, LINE)


def laid_out(caption: Caption, width_px: int) -> LaidOut:
    """Returns a caption whose lines are at most `width_px` wide."""
    text = [Mark(0, line, words) for line, words in enumerate(_wrapped(caption.text, caption.most_lines, width_px))]
    legend = list(_legend_marks(_shown(caption.legend), len(text), width_px))
    return LaidOut((*text, *legend), max((mark.line + 1 for mark in (*text, *legend)), default=0))


@cache
def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Returns the letters of the sheet."""
    return ImageFont.load_default(size)


def fitting(text: str, width_px: int, size: int = TEXT_SIZE) -> str:
    """Returns a text on one line, cut behind a word where there is one, and with an ellipsis, where it is wider."""
    line, letters = _drawable(text), font(size)
    if letters.getlength(line) <= width_px:
        return line
    while line and letters.getlength(f"{line} ...") > width_px:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line} ..."


def _wrapped(text: str, lines: int, width_px: int) -> list[str]:
    """Returns the text in lines of that width; what is over gives way to an ellipsis."""
    parts = [part for part in _BREAKS.split(_drawable(text)) if part]
    wrapped: list[str] = []
    while parts and len(wrapped) < lines - 1:
        line = parts.pop(0)
        while parts and _length_px(line + parts[0].rstrip()) <= width_px:
            line += parts.pop(0)
        wrapped.append(fitting(line, width_px))
    return [*wrapped, fitting("".join(parts), width_px)] if parts else wrapped


def _shown(legend: Sequence[Entry]) -> list[Entry]:
    """Returns the legend, cut where it is long."""
    more = len(legend) - _MOST_ENTRIES
    return [*legend[:_MOST_ENTRIES], *([Entry((), f"and {more} more")] if more > 0 else [])]


def _legend_marks(legend: Sequence[Entry], line: int, width_px: int) -> Iterator[Mark]:
    """Yields the entries side by side as far as they fit, each whole on its line where one can hold it.

    One that takes several lines has nothing behind it.
    """
    left_px = 0
    for entry in legend:
        parts: list[str | Rgb] = [
            *entry.colors[:_MOST_ENTRIES],
            *(fitting(word, width_px // 2) for word in _drawable(entry.label).split()),
        ]
        if left_px and left_px + sum(map(_part_px, parts)) - _SPACE_PX > width_px:
            left_px, line = 0, line + 1
        first = line
        for part in parts:
            if left_px and left_px + _part_px(part) - _SPACE_PX > width_px:
                left_px, line = _SQUARE_PX + _SPACE_PX, line + 1
            yield Mark(left_px, line, part)
            left_px += _part_px(part)
        left_px = left_px + _BETWEEN_PX - _SPACE_PX if line == first else width_px


def _part_px(part: str | Rgb) -> int:
    """Returns how wide a word or square is, with the space after it."""
    return (_length_px(part) if isinstance(part, str) else _SQUARE_PX) + _SPACE_PX


def _length_px(text: str) -> int:
    return round(font(TEXT_SIZE).getlength(text))


def _drawable(text: str) -> str:
    """Returns the beginning of a text on one line, with marks for bytes that are no UTF-8."""
    return " ".join(text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode().split())
