"""Legends are read by the nearest colour, whatever the picture and the legend."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Int32, UInt8

from scenegen.encoders.legend import Rgb
from scenegen.encoders.masks import BACKGROUND, decode_legend

CHANNEL = st.integers(0, 255)
COLOR = st.tuples(CHANNEL, CHANNEL, CHANNEL)


def nearest_one_by_one(rgb: UInt8[np.ndarray, "h w 3"], colors: list[Rgb], background: Rgb) -> Int32[np.ndarray, "h w"]:
    off = rgb[:, :, None].astype(np.int64) - np.array([*colors, background])
    index = (off**2).sum(axis=-1).argmin(axis=-1)
    return np.where(index == len(colors), BACKGROUND, index).astype(np.int32)


@settings(derandomize=True, max_examples=50)
@given(st.integers(0, 2**32 - 1), st.lists(COLOR, max_size=30), COLOR)
def test_any_picture_is_read_by_the_nearest_color(seed: int, colors: list[Rgb], background: Rgb) -> None:
    rgb = np.random.default_rng(seed).integers(0, 256, (37, 41, 3), dtype=np.uint8)  # more than a chunk
    np.testing.assert_array_equal(decode_legend(rgb, colors, background), nearest_one_by_one(rgb, colors, background))


def test_ties_go_to_the_color_that_is_prompted_first_and_last_to_the_background() -> None:
    middle = np.full((1, 1, 3), 10, np.uint8)
    assert decode_legend(middle, [(200, 0, 0), (12, 10, 10), (10, 8, 10)], (10, 10, 12)).item() == 1
    assert decode_legend(middle, [(10, 8, 10), (12, 10, 10)], (10, 10, 11)).item() == BACKGROUND


def test_a_legend_without_colors_leaves_the_background() -> None:
    assert (decode_legend(np.zeros((3, 4, 3), np.uint8), [], (255, 255, 255)) == BACKGROUND).all()


def test_a_picture_may_be_a_view_of_another() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (40, 40, 3), dtype=np.uint8)[::2, ::-3]
    legend: list[Rgb] = [(255, 0, 0), (0, 255, 0)]
    np.testing.assert_array_equal(decode_legend(rgb, legend, (0, 0, 0)), nearest_one_by_one(rgb, legend, (0, 0, 0)))


def test_the_last_of_very_many_colors_is_found_and_one_more_refused() -> None:
    most: list[Rgb] = [(0, 0, 0)] * 4094 + [(255, 255, 255)]
    assert decode_legend(np.full((1, 1, 3), 255, np.uint8), most, (9, 9, 9)).item() == 4094
    with pytest.raises(ValueError, match=r"4096 colors; at most 4095"):
        decode_legend(np.zeros((1, 1, 3), np.uint8), [*most, (1, 1, 1)], (9, 9, 9))
