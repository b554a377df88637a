"""Palettes keep their distance, mix named and random colours, and come to an end."""

import math
from itertools import combinations

import numpy as np
import pytest

from scenegen.encoders.palette import NAME_OF_COLOR, NAMED_COLORS, draw_colors


@pytest.mark.parametrize(("count", "apart"), [(40, 32), (20, 64), (3, 64), (1, 32), (0, 64)])
def test_colors_keep_their_distance_from_one_another_and_from_those_taken(count: int, apart: int) -> None:
    taken = ((0, 0, 0), (128, 130, 127))
    for seed in range(20):
        colors = draw_colors(np.random.default_rng(seed), count, apart, taken)
        assert len(colors) == count
        for one, other in combinations((*taken, *colors), 2):
            assert math.dist(one, other) >= apart


def test_named_and_random_colors_are_mixed() -> None:
    rng = np.random.default_rng(0)
    colors = [color for _ in range(200) for color in draw_colors(rng, 5, 64)]
    assert 0.2 < np.mean([color in NAME_OF_COLOR for color in colors]) < 0.5
    assert len(set(colors)) > 500


def test_the_same_generator_gives_the_same_colors_and_another_one_others() -> None:
    first, again, other = (draw_colors(np.random.default_rng(seed), 12, 32) for seed in (7, 7, 8))
    assert first == again
    assert first != other


def test_a_cube_that_is_full_is_an_error_not_an_endless_search() -> None:
    with pytest.raises(ValueError, match=r"no color is 64 or more from each of \d+ others"):
        draw_colors(np.random.default_rng(0), 300, 64)


def test_what_random_tries_miss_is_found_on_the_lattice() -> None:
    """Only the corner of white is 440 from black; a chance of 64 tries meets it in about half of the cases."""
    for seed in range(50):
        assert draw_colors(np.random.default_rng(seed), 1, 440, taken=((0, 0, 0),)) == ((255, 255, 255),)


def test_two_names_are_never_near_one_another() -> None:
    assert len(NAMED_COLORS) >= 30
    assert min(math.dist(one, other) for one, other in combinations(NAMED_COLORS.values(), 2)) >= 32
    assert all(name.isalpha() and name.islower() for name in NAMED_COLORS)


def test_names_are_those_of_css() -> None:
    pillow = pytest.importorskip("PIL.ImageColor")
    assert {name: pillow.getrgb(name) for name in NAMED_COLORS} == NAMED_COLORS
