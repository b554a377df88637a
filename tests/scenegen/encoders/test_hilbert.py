"""The colour path: its shape, and that any colour finds its nearest point."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from jaxtyping import Int32, UInt8

from scenegen.encoders.hilbert import LAST_LEVEL, PATH_NAMES, look_up, project, walk

COLORS = {
    "black": (0, 0, 0),
    "red": (255, 0, 0),
    "yellow": (255, 255, 0),
    "green": (0, 255, 0),
    "cyan": (0, 255, 255),
    "blue": (0, 0, 255),
    "magenta": (255, 0, 255),
    "white": (255, 255, 255),
}
LEVELS = np.arange(LAST_LEVEL + 1)
PATH = walk(LEVELS / LAST_LEVEL)


def test_the_corners_come_in_the_papers_order() -> None:
    assert tuple(COLORS) == PATH_NAMES
    np.testing.assert_array_equal(PATH[::255], list(COLORS.values()))


def test_neighbouring_levels_differ_by_one_in_one_channel() -> None:
    steps = np.abs(np.diff(PATH.astype(int), axis=0))
    assert PATH.shape == (1786, 3)
    assert (steps.sum(axis=1) == 1).all()


def test_no_colour_of_the_path_comes_twice() -> None:
    assert len(np.unique(PATH, axis=0)) == len(PATH)


def test_a_position_is_rounded_to_the_nearest_level_not_truncated() -> None:
    between = np.array([0.49, 0.51, 300.49, 300.51, 1784.49, 1784.51])
    np.testing.assert_array_equal(walk(between / LAST_LEVEL), PATH[[0, 1, 300, 301, 1784, 1785]])


def test_every_level_projects_onto_itself() -> None:
    np.testing.assert_array_equal(project(PATH), LEVELS)


@settings(derandomize=True, max_examples=200)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_projection_finds_the_nearest_colour_and_on_a_tie_the_nearest_depth(rgb: tuple[int, int, int]) -> None:
    distance = ((PATH.astype(int) - rgb) ** 2).sum(axis=1)
    assert project(np.array(rgb, dtype=np.uint8)) == distance.argmin()


def levels_by_edge(rgb: UInt8[np.ndarray, "n 3"]) -> Int32[np.ndarray, " n"]:
    """Returns the levels again, from the distance to every edge: its nearest point is the colour clipped to it."""
    best = np.full(len(rgb), np.iinfo(np.int32).max, np.int32)
    for edge, (start, stop) in enumerate(pairwise(COLORS.values())):
        distance, level = np.zeros_like(best), np.full_like(best, 255 * edge)
        for channel in range(3):
            value = rgb[:, channel].astype(np.int32)
            nearest = value.clip(min(start[channel], stop[channel]), max(start[channel], stop[channel]))
            distance += (value - nearest) ** 2
            level += np.abs(nearest - start[channel])
        best = np.minimum(best, 2048 * distance + level)
    return best % 2048


def test_every_colour_there_is_finds_the_nearest_edge() -> None:
    axis = np.arange(256, dtype=np.uint8)
    green_and_blue = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    for red in axis:
        rgb = np.insert(green_and_blue, 0, red, axis=1)
        np.testing.assert_array_equal(project(rgb), levels_by_edge(rgb))


def test_a_picture_projects_as_its_pixels_do_and_so_does_a_view_of_it() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (150, 333, 3), dtype=np.uint8)
    whole = project(rgb)
    assert whole.shape == (150, 333)
    np.testing.assert_array_equal(whole, np.stack([project(row) for row in rgb]))
    np.testing.assert_array_equal(project(rgb[::-2, 5::3]), whole[::-2, 5::3])


def test_looking_up_takes_the_value_of_the_level() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (9, 11, 3), dtype=np.uint8)
    of_level = np.random.default_rng(3).random(LAST_LEVEL + 1, dtype=np.float32)
    np.testing.assert_array_equal(look_up(rgb, of_level), of_level[project(rgb)])
