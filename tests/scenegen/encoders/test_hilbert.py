"""The colour path: its shape, and that any colour finds its nearest point."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scenegen.encoders.hilbert import LAST_LEVEL, PATH_NAMES, project, walk

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


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_projection_finds_the_nearest_colour_and_on_a_tie_the_nearest_depth(rgb: tuple[int, int, int]) -> None:
    distance = ((PATH.astype(int) - rgb) ** 2).sum(axis=1)
    assert project(np.array(rgb, dtype=np.uint8)) == distance.argmin()


def test_a_picture_larger_than_a_chunk_projects_as_its_pixels_do() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (150, 333, 3), dtype=np.uint8)
    whole = project(rgb)
    assert whole.shape == (150, 333)
    np.testing.assert_array_equal(whole, np.stack([project(row) for row in rgb]))
