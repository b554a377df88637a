"""A contact sheet as a picture: titled columns, a row for each frame, captions under the cells, keys at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageDraw, ImageFont

from scenegen.dataset.false_color import NOTHING

CELL_PX = 256
GAP_PX = 14
_MARGIN_PX = 32
_CAPTION_PX = 40
_TITLE_PX = 46
_HEAD_PX = 28
_KEYS_PX = 96
_PAPER, _INK, _GREY = (255, 255, 255), (28, 31, 36), (110, 116, 125)
_LINE = (208, 212, 218)
_TITLE_SIZE, _HEAD_SIZE, _TEXT_SIZE = 22, 16, 13
_MOST_CHARACTERS = 400
"""More than any place here has room for: what is over is never measured, for that takes time."""


@dataclass(frozen=True)
class Cell:
    """One picture of the sheet."""

    rgb: UInt8[np.ndarray, "h w 3"] | None
    """Already as large as it shall appear; nothing leaves a blank field."""
    caption: str


@dataclass(frozen=True)
class Key:
    """How to read a colour: a strip of colours, or any small picture, with labels below it."""

    title: str
    rgb: UInt8[np.ndarray, "h w 3"]
    ticks: tuple[tuple[float, str], ...] = ()
    """Where along the strip, 0 to 1, and what is written there."""
    text: str = ""
    """Written beside the picture."""
    column: int = 0
    """The column under which it begins."""


def fitted(rgb: UInt8[np.ndarray, "h w 3"], smooth: bool) -> UInt8[np.ndarray, "h2 w2 3"]:
    """Returns a picture scaled to the width or height of a cell; `smooth` for photographs, exact colours otherwise."""
    height_px, width_px, _ = rgb.shape
    scale = CELL_PX / max(height_px, width_px)
    size = (max(1, round(width_px * scale)), max(1, round(height_px * scale)))
    how = Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST
    return np.array(Image.fromarray(rgb).resize(size, how))


def draw_sheet(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]], keys: Sequence[Key]
) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the sheet; each row has a cell for each head."""
    heights = [max((cell.rgb.shape[0] for cell in row if cell.rgb is not None), default=CELL_PX) for row in rows]
    width_px = 2 * _MARGIN_PX + len(heads) * CELL_PX + (len(heads) - 1) * GAP_PX
    height_px = 2 * _MARGIN_PX + _TITLE_PX + _HEAD_PX + sum(heights) + len(rows) * (_CAPTION_PX + GAP_PX) + _KEYS_PX
    sheet = Image.new("RGB", (width_px, height_px), _PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text(
        (_MARGIN_PX, _MARGIN_PX - 8), _fitting(title, width_px - 2 * _MARGIN_PX, _TITLE_SIZE), _INK, _font(_TITLE_SIZE)
    )
    top = _MARGIN_PX + _TITLE_PX
    for column, head in enumerate(heads):
        draw.text((_left(column), top - 4), head, _INK, _font(_HEAD_SIZE))
    top += _HEAD_PX
    for row, row_px in zip(rows, heights, strict=True):
        for column, cell in enumerate(row):
            _draw_cell(sheet, cell, (_left(column), top), row_px)
        top += row_px + _CAPTION_PX + GAP_PX
    for key in keys:
        _draw_key(sheet, key, (_left(key.column), top + 6))
    return np.array(sheet)


def _left(column: int) -> int:
    return _MARGIN_PX + column * (CELL_PX + GAP_PX)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _draw_cell(sheet: Image.Image, cell: Cell, corner: tuple[int, int], row_px: int) -> None:
    draw = ImageDraw.Draw(sheet)
    left, top = corner
    if cell.rgb is None:
        draw.rectangle((left, top, left + CELL_PX - 1, top + row_px - 1), NOTHING)
    else:
        sheet.paste(Image.fromarray(cell.rgb), corner)
        draw.rectangle((left - 1, top - 1, left + cell.rgb.shape[1], top + cell.rgb.shape[0]), outline=_LINE)
    for line, text in enumerate(_wrapped(cell.caption, 2)):
        draw.text((left, top + row_px + 5 + 16 * line), text, _GREY, _font(_TEXT_SIZE))


def _draw_key(sheet: Image.Image, key: Key, corner: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(sheet)
    left, top = corner
    draw.text((left, top), key.title, _INK, _font(_TEXT_SIZE))
    top += 22
    sheet.paste(Image.fromarray(key.rgb), (left, top))
    height_px, width_px, _ = key.rgb.shape
    for where, text in key.ticks:
        x = left + round(where * (width_px - 1))
        draw.line((x, top + height_px, x, top + height_px + 4), _INK)
        anchor = "la" if where == 0 else "ra" if where == 1 else "ma"
        draw.text((x, top + height_px + 7), text, _GREY, _font(_TEXT_SIZE), anchor=anchor)
    for line, text in enumerate(key.text.splitlines()):
        draw.text((left + width_px + 10, top + 2 + 16 * line), text, _GREY, _font(_TEXT_SIZE))


def _wrapped(text: str, lines: int) -> list[str]:
    """Returns the text in lines as wide as a cell; what is over gives way to an ellipsis."""
    font, words = _font(_TEXT_SIZE), _drawable(text).split()
    wrapped: list[str] = []
    while words and len(wrapped) < lines - 1:
        line = words.pop(0)
        while words and font.getlength(f"{line} {words[0]}") <= CELL_PX:
            line = f"{line} {words.pop(0)}"
        wrapped.append(_fitting(line, CELL_PX, _TEXT_SIZE))
    return [*wrapped, _fitting(" ".join(words), CELL_PX, _TEXT_SIZE)] if words else wrapped


def _fitting(line: str, width_px: int, size: int) -> str:
    """Returns the line, cut behind a word where there is one, and with an ellipsis, where it is wider."""
    font, line = _font(size), _drawable(line)
    if font.getlength(line) <= width_px:
        return line
    while line and font.getlength(f"{line} ...") > width_px:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line} ..."


def _drawable(text: str) -> str:
    """Returns the beginning of a text on one line, with marks for bytes that are no UTF-8."""
    return " ".join(text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode().split())
