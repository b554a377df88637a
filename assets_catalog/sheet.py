"""The contact sheet of a catalog: thumbnails by class, each with its name and size in metres, on one page or more.

Cells run on from class to class; a class's name stands over its first cell, and over the first of each line after.
Edges: text is put on one line and cut where it is too wide; a thumbnail that is absent or no PNG leaves a blank field.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from assets_catalog.pictures import decoded, png
from assets_catalog.record import AnyRecord, AssetRecord, EnvironmentRecord, TextureRecord
from schemas.errors import AssetError, InputError

Row = tuple[AnyRecord, bytes | None]
"""A record and its thumbnail, a PNG; None leaves a blank field."""

CELL_PX = 208
_LINES_A_PAGE = 12
_GAP_PX, _MARGIN_PX = 12, 28
_TITLE_PX, _HEAD_PX, _TEXT_PX = 34, 24, 16
_LINE_PX = _HEAD_PX + CELL_PX + 3 * _TEXT_PX + _GAP_PX
_PAPER, _INK, _GREY, _BLANK = (255, 255, 255), (28, 31, 36), (110, 116, 125), (232, 234, 238)
_Style = tuple[int, tuple[int, int, int]]
_TITLE, _HEAD, _TEXT, _NOTE = (20, _INK), (15, _INK), (12, _INK), (12, _GREY)
"""Size and colour of what is written."""
_MOST_CHARACTERS = 200
_MOST_SIDE_PX = 4096
_KINDS = ("model", "texture", "environment")


def catalog_sheet(
    rows: Iterable[Row], target: Path, write: Callable[[Path, bytes], object], columns: int = 8
) -> list[Path]:
    """Draws one PNG for `target`, or 'NAME-1.png', 'NAME-2.png' ... where one page is too small; returns their paths.

    Raises InputError where there is nothing to draw, and what `write` raises.
    """
    ordered = sorted(rows, key=lambda row: _order(row[0]))
    if not ordered:
        raise InputError("there is nothing to draw: the catalog has no asset of what was asked for")
    if columns < 1:
        raise InputError(f"a contact sheet in {columns} columns; must be 1 or more")
    pages = _parts(_parts(ordered, columns), _LINES_A_PAGE)
    targets = _targets(target, len(pages))
    for number, (page, path) in enumerate(zip(pages, targets, strict=True), start=1):
        title = f"{len(ordered)} assets, page {number} of {len(pages)}" if len(pages) > 1 else f"{len(ordered)} assets"
        write(path, png(_drawn(title, page, columns)))
    return targets


def _parts(items: Sequence, length: int) -> list[Sequence]:
    return [items[start : start + length] for start in range(0, len(items), length)]


def heading(record: AnyRecord) -> str:
    """Returns the class of a record, for people."""
    if isinstance(record, AssetRecord):
        return record.class_name.replace("_", " ")
    return f"texture: {record.substance}" if isinstance(record, TextureRecord) else f"environment: {record.place}"


def size_text(record: AnyRecord) -> str:
    """Returns how large the asset is, for people."""
    if isinstance(record, EnvironmentRecord):
        return f"{record.width_px} x {record.height_px} px"
    size = " x ".join(f"{side_m:.{2 if side_m >= 0.1 else 3}f}" for side_m in record.size_m)
    return f"{size} m" if isinstance(record, AssetRecord) else f"tile {size} m"


def _order(record: AnyRecord) -> tuple[int, str, str]:
    return _KINDS.index(record.kind), heading(record), record.asset_id


def _targets(target: Path, pages: int) -> list[Path]:
    if pages == 1:
        return [target]
    return [target.with_name(f"{target.stem}-{number}{target.suffix}") for number in range(1, pages + 1)]


def _drawn(title: str, lines: Sequence[Sequence[Row]], columns: int) -> Image.Image:
    width_px = 2 * _MARGIN_PX + columns * CELL_PX + (columns - 1) * _GAP_PX
    page = Image.new("RGB", (width_px, 2 * _MARGIN_PX + _TITLE_PX + len(lines) * _LINE_PX), _PAPER)
    _write_text(page, (_MARGIN_PX, _MARGIN_PX - 8), title, width_px, _TITLE)
    for number, line in enumerate(lines):
        _draw_line(page, line, _MARGIN_PX + _TITLE_PX + number * _LINE_PX)
    return page


def _draw_line(page: Image.Image, line: Sequence[Row], top: int) -> None:
    column = 0
    for name, of_class in groupby(line, key=lambda row: heading(row[0])):
        cells = list(of_class)
        _write_text(page, (_left(column), top), name, _left(len(cells)) - _left(0) - _GAP_PX, _HEAD)
        for place, (record, thumbnail) in enumerate(cells, start=column):
            _draw_cell(page, record, thumbnail, (_left(place), top + _HEAD_PX))
        column += len(cells)


def _left(column: int) -> int:
    return _MARGIN_PX + column * (CELL_PX + _GAP_PX)


def _draw_cell(page: Image.Image, record: AnyRecord, thumbnail: bytes | None, corner: tuple[int, int]) -> None:
    left, top = corner
    ImageDraw.Draw(page).rectangle((left, top, left + CELL_PX - 1, top + CELL_PX - 1), _BLANK)
    picture = _picture(thumbnail)
    if picture is None:
        _write_text(page, (left + 8, top + 8), "no picture", CELL_PX, _NOTE)
    else:
        page.paste(picture, (left + (CELL_PX - picture.width) // 2, top + (CELL_PX - picture.height) // 2))
    captions = ((record.label, _TEXT), (size_text(record), _TEXT), (record.asset_id, _NOTE))
    for number, (text, style) in enumerate(captions):
        _write_text(page, (left, top + CELL_PX + 3 + number * _TEXT_PX), text, CELL_PX, style)


def _picture(thumbnail: bytes | None) -> Image.Image | None:
    """Returns a thumbnail as large as a cell; nothing for what is no PNG of a thumbnail's size."""
    if thumbnail is None:
        return None
    try:
        picture = decoded(thumbnail, "thumbnail", _MOST_SIDE_PX * _MOST_SIDE_PX, ("PNG",))
    except AssetError:
        return None
    scale = CELL_PX / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _write_text(page: Image.Image, corner: tuple[int, int], text: str, width_px: int, style: _Style) -> None:
    size, color = style
    ImageDraw.Draw(page).text(corner, fitting(text, width_px, size), color, _font(size))


def fitting(text: str, width_px: int, size: int) -> str:
    """Returns the beginning of a text that fits, on one line, with an ellipsis where it is cut."""
    font = _font(size)
    line = " ".join(text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode().split())
    line = "".join(mark for mark in line if mark.isprintable())
    if font.getlength(line) <= width_px:
        return line
    while line and font.getlength(f"{line}...") > width_px:
        line = line[:-1]
    return f"{line.rstrip()}..."


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
