"""Lettering: what is written fits its room, and no letter is missing."""

import pytest

from scenegen.recipes.street.lettering import made_up, written
from schemas.seeds import rng_for


@pytest.mark.parametrize("number", range(40))
def test_words_fit_their_room_about_its_middle_and_no_letter_is_missing(number: int) -> None:
    text, (wide_m, high_m) = made_up(rng_for(number, "word")), (1.7, 0.3)
    bars = written(text, (wide_m, high_m))
    lefts, rights = [u[0] for u, _ in bars], [u[1] for u, _ in bars]
    assert min(lefts) == pytest.approx(-max(rights))
    assert max(rights) <= wide_m / 2 + 1e-9
    assert max(abs(end) for _, z in bars for end in z) <= high_m / 2 + 1e-9
    assert all(written(letter, (1.0, 1.0)) for letter in text)


def test_digits_differ_from_one_another() -> None:
    shapes = [tuple(sorted(written(digit, (1.0, 1.0)))) for digit in "0123456789"]
    assert len(set(shapes)) == len(shapes)
    assert all(shapes)
