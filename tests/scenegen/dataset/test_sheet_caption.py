"""Captions keep to their width and height, and their squares have exactly the colours of the legend."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from scenegen.dataset.sheet_caption import LINE, LINE_PX, Caption, Entry, laid_out

WIDTH_PX, ROOM_PX = 256, 40
WHITE = (255, 255, 255)

COLORS = st.tuples(*[st.integers(0, 255)] * 3)
LEGENDS = st.lists(st.tuples(st.lists(COLORS, max_size=60), st.text(max_size=60)), max_size=50)


def drawn(caption: Caption) -> np.ndarray:
    """Returns the caption on white paper that goes on to the right of it and below."""
    laid = laid_out(caption, WIDTH_PX)
    paper = Image.new("RGB", (WIDTH_PX + ROOM_PX, laid.height_px + ROOM_PX), WHITE)
    laid.draw(paper, (0, 0))
    return np.array(paper)


def squares_of(caption: Caption) -> list[tuple[int, int, int]]:
    """Returns the colours of the squares in the order of reading."""
    return [mark.what for mark in laid_out(caption, WIDTH_PX).marks if not isinstance(mark.what, str)]


@given(st.text(max_size=200), st.integers(1, 5), LEGENDS)
def test_nothing_is_drawn_past_the_width_or_the_height(
    text: str, most_lines: int, legend: list[tuple[list[tuple[int, int, int]], str]]
) -> None:
    paper = drawn(Caption(text, most_lines, tuple(Entry(tuple(colors), label) for colors, label in legend)))
    assert (paper[:, WIDTH_PX + 4 :] == 255).all()
    assert (paper[-ROOM_PX + 4 :] == 255).all()


def test_squares_have_exactly_the_colours_of_the_legend() -> None:
    colors = ((1, 2, 3), (255, 0, 254), (127, 128, 129))
    paper = drawn(Caption(legend=(Entry(colors[:2], ""), Entry(colors[2:], ""))))
    found, pixels = np.unique(paper.reshape(-1, 3), axis=0, return_counts=True)
    assert set(map(tuple, found.tolist())) == {*colors, LINE, WHITE}
    assert all(count == 100 for color, count in zip(found.tolist(), pixels, strict=True) if tuple(color) in colors)


def test_entries_stand_side_by_side_while_they_fit_and_whole() -> None:
    legend = tuple(Entry(((0, 0, index),), "armchair") for index in range(7))
    marks = laid_out(Caption("one line", legend=legend), WIDTH_PX).marks[1:]
    assert [mark.line for mark in marks] == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3]
    assert len({mark.left_px for mark in marks[::2]}) == 3


def test_a_label_wider_than_the_cell_goes_on_below_its_square() -> None:
    label = "the second armchair from the left in front of the large wooden bookcase by the window"
    legend = (Entry(((9, 9, 9),), label), Entry(((8, 8, 8),), ""))
    square, *words, after = laid_out(Caption(legend=legend), WIDTH_PX).marks
    assert (square.left_px, square.line) == (0, 0)
    assert [word.what for word in words] == label.split()
    assert max(word.line for word in words) == 2
    assert min(word.left_px for word in words) == words[0].left_px > 0
    assert (after.left_px, after.line) == (0, 3)


def test_of_long_legends_the_beginning_is_shown_and_the_rest_counted() -> None:
    legend = tuple(Entry(((0, 0, index),), str(index)) for index in range(60))
    caption = Caption(legend=legend)
    assert squares_of(caption) == [(0, 0, index) for index in range(40)]
    assert [mark.what for mark in laid_out(caption, WIDTH_PX).marks][-3:] == ["and", "20", "more"]


@pytest.mark.parametrize("lines", [1, 2, 4])
def test_a_prompt_takes_the_lines_it_may_and_ends_in_an_ellipsis(lines: int) -> None:
    laid = laid_out(Caption("many words " * 30, lines), WIDTH_PX)
    assert laid.lines == lines
    assert laid.height_px == lines * LINE_PX
    assert str(laid.marks[-1].what).endswith(" ...")


def test_a_prompt_that_fits_is_whole_and_breaks_at_hyphens() -> None:
    prompt = "Depth, in the black-red-yellow-green-cyan-blue-magenta-white palette, from 0-5 m."
    lines = [str(mark.what) for mark in laid_out(Caption(prompt, 4), WIDTH_PX).marks]
    assert "".join(line if line.endswith("-") else f"{line} " for line in lines).split() == prompt.split()
    assert len(lines) == 2
