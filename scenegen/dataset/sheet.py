"""A contact sheet as a picture: a block of titled cells for each frame, captions under them, keys at the foot.

The cells of a frame stand in one line, or in several of the same length where there are many.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8
from PIL import Image, ImageDraw

from scenegen.dataset.false_color import NOTHING
from scenegen.dataset.sheet_caption import (
    GREY,
    INK,
    LINE,
    LINE_PX,
    TEXT_SIZE,
    Caption,
    LaidOut,
    fitting,
    font,
    laid_out,
)

CELL_PX = 256
GAP_PX = 14
_MARGIN_PX = 32
_TITLE_PX = 46
_HEAD_PX = 22
_CAPTION_GAP_PX = 4
_LINE_GAP_PX = 16
_BLOCK_GAP_PX = 18
_KEYS_PX = 72
_PAPER = (255, 255, 255)
_TITLE_SIZE, _HEAD_SIZE = 22, 14
_MOST_COLUMNS = 6
_KEY_TEXT_GAP_PX = 10


@dataclass(frozen=True)
class Cell:
    """One picture of the sheet."""

    head: str
    rgb: UInt8[np.ndarray, "h w 3"] | None
    """Already as large as it shall appear; nothing leaves a blank field."""
    caption: Caption


@dataclass(frozen=True)
class Key:
    """How to read a colour: a strip of colours, or any small picture, with labels below it."""

    title: str
    rgb: UInt8[np.ndarray, "h w 3"]
    ticks: tuple[tuple[float, str], ...] = ()
    """Where along the strip, 0 to 1, and what is written there."""
    text: str = ""
    """Written beside the picture."""
    columns: int = 1
    """How many it takes."""


@dataclass(frozen=True)
class _Line:
    """Cells side by side."""

    cells: tuple[Cell, ...]
    captions: tuple[LaidOut, ...]

    @property
    def picture_px(self) -> int:
        return max((cell.rgb.shape[0] for cell in self.cells if cell.rgb is not None), default=CELL_PX)

    @property
    def height_px(self) -> int:
        return _HEAD_PX + self.picture_px + _CAPTION_GAP_PX + max(each.height_px for each in self.captions)


def fitted(rgb: UInt8[np.ndarray, "h w 3"], smooth: bool) -> UInt8[np.ndarray, "h2 w2 3"]:
    """Returns a picture scaled to the width or height of a cell; `smooth` for photographs, exact colours otherwise."""
    height_px, width_px, _ = rgb.shape
    scale = CELL_PX / max(height_px, width_px)
    size = (max(1, round(width_px * scale)), max(1, round(height_px * scale)))
    how = Image.Resampling.LANCZOS if smooth else Image.Resampling.NEAREST
    return np.array(Image.fromarray(rgb).resize(size, how))


def draw_sheet(title: str, frames: Sequence[Sequence[Cell]], keys: Sequence[Key]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the sheet; all frames have as many cells."""
    columns = _columns(max(map(len, frames)))
    blocks = [_block(frame, columns) for frame in frames]
    width_px = 2 * _MARGIN_PX + columns * CELL_PX + (columns - 1) * GAP_PX
    height_px = 2 * _MARGIN_PX + _TITLE_PX + sum(map(_block_px, blocks)) + (_KEYS_PX if keys else 0)
    sheet = Image.new("RGB", (width_px, height_px), _PAPER)
    shown = fitting(title, width_px - 2 * _MARGIN_PX, _TITLE_SIZE)
    ImageDraw.Draw(sheet).text((_MARGIN_PX, _MARGIN_PX - 8), shown, INK, font(_TITLE_SIZE))
    top = _MARGIN_PX + _TITLE_PX
    for block in blocks:
        _draw_block(sheet, block, top)
        top += _block_px(block)
    _draw_keys(sheet, keys, top)
    return np.array(sheet)


def _columns(cells: int) -> int:
    """Returns how many stand side by side, so that the lines of a frame are as long as one another."""
    lines = -(-cells // _MOST_COLUMNS)
    return -(-cells // lines)


def _block(frame: Sequence[Cell], columns: int) -> list[_Line]:
    """Returns the cells of a frame in lines of so many."""
    return [_line(frame[first : first + columns]) for first in range(0, len(frame), columns)]


def _line(cells: Sequence[Cell]) -> _Line:
    return _Line(tuple(cells), tuple(laid_out(cell.caption, CELL_PX) for cell in cells))


def _block_px(block: Sequence[_Line]) -> int:
    return sum(line.height_px for line in block) + (len(block) - 1) * _LINE_GAP_PX + 2 * _BLOCK_GAP_PX


def _left(column: int) -> int:
    return _MARGIN_PX + column * (CELL_PX + GAP_PX)


def _draw_block(sheet: Image.Image, block: Sequence[_Line], top: int) -> None:
    """Draws the cells of one frame, and a rule under them."""
    for line in block:
        for column, (cell, caption) in enumerate(zip(line.cells, line.captions, strict=True)):
            _draw_cell(sheet, cell, (_left(column), top), line.picture_px)
            caption.draw(sheet, (_left(column), top + _HEAD_PX + line.picture_px + _CAPTION_GAP_PX))
        top += line.height_px + _LINE_GAP_PX
    rule = top - _LINE_GAP_PX + _BLOCK_GAP_PX
    ImageDraw.Draw(sheet).line((_MARGIN_PX, rule, sheet.width - _MARGIN_PX, rule), LINE)


def _draw_cell(sheet: Image.Image, cell: Cell, corner: tuple[int, int], picture_px: int) -> None:
    draw = ImageDraw.Draw(sheet)
    left, top = corner
    draw.text((left, top), fitting(cell.head, CELL_PX, _HEAD_SIZE), INK, font(_HEAD_SIZE))
    top += _HEAD_PX
    if cell.rgb is None:
        draw.rectangle((left, top, left + CELL_PX - 1, top + picture_px - 1), NOTHING)
    else:
        sheet.paste(Image.fromarray(cell.rgb), (left, top))
        draw.rectangle((left - 1, top - 1, left + cell.rgb.shape[1], top + cell.rgb.shape[0]), outline=LINE)


def _draw_keys(sheet: Image.Image, keys: Sequence[Key], top: int) -> None:
    column = 0
    for key in keys:
        _draw_key(sheet, key, (_left(column), top))
        column += key.columns


def _draw_key(sheet: Image.Image, key: Key, corner: tuple[int, int]) -> None:
    draw = ImageDraw.Draw(sheet)
    left, top = corner
    draw.text((left, top), key.title, INK, font(_HEAD_SIZE))
    top += _HEAD_PX
    sheet.paste(Image.fromarray(key.rgb), (left, top))
    height_px, width_px, _ = key.rgb.shape
    for where, text in key.ticks:
        x = left + round(where * (width_px - 1))
        draw.line((x, top + height_px, x, top + height_px + 4), INK)
        anchor = "la" if where == 0 else "ra" if where == 1 else "ma"
        draw.text((x, top + height_px + 7), text, GREY, font(TEXT_SIZE), anchor=anchor)
    for line, text in enumerate(key.text.splitlines()):
        draw.text((left + width_px + _KEY_TEXT_GAP_PX, top + LINE_PX * line), text, GREY, font(TEXT_SIZE))
