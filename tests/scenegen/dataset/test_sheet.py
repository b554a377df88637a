"""A sheet keeps its cells apart and within its margins, and its false colours tell ids and distances apart."""

import numpy as np
import pytest

from scenegen.dataset.false_color import NOTHING, depth_rgb, id_color, ids_rgb
from scenegen.dataset.sheet import Cell, draw_sheet
from scenegen.dataset.sheet_caption import Caption, Entry


@pytest.mark.parametrize("text", ["i" * 3_000_000, "word " * 600_000, "\n" * 3_000_000, "\udcff" * 500, ""])
def test_texts_of_any_length_are_drawn_within_their_width(text: str) -> None:
    cell = Cell(text, np.zeros((256, 256, 3), np.uint8), Caption(text, most_lines=4))
    sheet = draw_sheet(text, [[cell]], [])
    margin = sheet[:, -24:]
    assert (margin == 255).all()


def test_no_picture_and_no_caption_covers_another() -> None:
    pictures = [(10 + number, 20, 30) for number in range(14)]
    swatches = [(10 + number, 20, 200) for number in range(14)]
    cells = [
        Cell("head", np.full((256, 256, 3), picture, np.uint8), Caption("many words " * 30, 4, (Entry((swatch,), ""),)))
        for picture, swatch in zip(pictures, swatches, strict=True)
    ]
    sheet = draw_sheet("two frames of seven cells", [cells[:7], cells[7:]], [])
    found, pixels = np.unique(sheet.reshape(-1, 3), axis=0, return_counts=True)
    count = dict(zip(map(tuple, found.tolist()), pixels.tolist(), strict=True))
    assert {count.get(color) for color in pictures} == {256 * 256}
    assert {count.get(color) for color in swatches} == {100}


def test_ids_keep_their_colour_and_are_set_apart_by_an_edge() -> None:
    ids = np.zeros((8, 9), np.int32)
    ids[:, 3:6], ids[:, 6:] = 1, 400
    rgb = ids_rgb(ids)
    assert tuple(rgb[0, 0]) == NOTHING
    assert tuple(rgb[0, 4]) == id_color(1)
    assert tuple(rgb[0, 8]) == id_color(400) != id_color(1)
    assert rgb[0, 5].sum() < rgb[0, 4].sum() / 2


def test_near_is_bright_far_is_dark_and_the_sky_is_neither() -> None:
    rgb = depth_rgb(np.array([[0.5, 1, 2, 4, np.inf]], np.float32))
    luminance = rgb[0] @ (0.2126, 0.7152, 0.0722)
    assert (np.diff(luminance[:4]) < 0).all()
    assert tuple(rgb[0, 4]) == NOTHING
    assert (depth_rgb(np.full((2, 2), np.inf, np.float32)) == NOTHING).all()
    assert len(np.unique(depth_rgb(np.full((2, 2), 3, np.float32)))) == 3
