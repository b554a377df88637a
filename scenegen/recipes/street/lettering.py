"""Lettering: what is written on shops, boards and plates, as flat bars; the words are made up.

A letter stands in a box 4 wide and 6 high, its strokes 1 thick, all of them upright or level.
"""

from collections.abc import Mapping

import numpy as np

from scenegen.recipes.solid import Vec2

_HIGH, _GAP = 6.0, 1.3
_SPACE = 2.2

Bar = tuple[Vec2, Vec2]
"""From where to where to the right, and upward."""

_LEFT, _RIGHT = ((0.0, 1.0), (0.0, 6.0)), ((3.0, 4.0), (0.0, 6.0))
_TOP, _MIDDLE, _FOOT = ((0.0, 4.0), (5.0, 6.0)), ((0.5, 3.5), (2.6, 3.5)), ((0.0, 4.0), (0.0, 1.0))
_STEM = ((1.5, 2.5), (0.0, 6.0))
_HIGH_LEFT, _HIGH_RIGHT = ((0.0, 1.0), (2.6, 6.0)), ((3.0, 4.0), (2.6, 6.0))
_LOW_LEFT, _LOW_RIGHT = ((0.0, 1.0), (0.0, 3.5)), ((3.0, 4.0), (0.0, 3.5))

_LETTERS: Mapping[str, tuple[Bar, ...]] = {
    "A": (_LEFT, _RIGHT, _TOP, _MIDDLE),
    "B": (_LEFT, _TOP, _MIDDLE, _FOOT, ((2.8, 3.8), (0.5, 5.5))),
    "C": (_LEFT, _TOP, _FOOT),
    "D": (_LEFT, ((0.0, 3.6), (5.0, 6.0)), ((0.0, 3.6), (0.0, 1.0)), ((3.0, 4.0), (0.6, 5.4))),
    "E": (_LEFT, _TOP, ((0.5, 3.2), (2.6, 3.5)), _FOOT),
    "F": (_LEFT, _TOP, ((0.5, 3.2), (2.6, 3.5))),
    "G": (_LEFT, _TOP, _FOOT, ((3.0, 4.0), (0.0, 2.8)), ((2.0, 4.0), (2.0, 2.8))),
    "H": (_LEFT, _RIGHT, _MIDDLE),
    "I": (((0.0, 1.0), (0.0, 6.0)),),
    "J": (_RIGHT, _FOOT, ((0.0, 1.0), (0.0, 2.2))),
    "L": (_LEFT, _FOOT),
    "M": (_LEFT, ((4.4, 5.4), (0.0, 6.0)), ((0.5, 5.0), (5.0, 6.0)), ((2.2, 3.2), (2.0, 6.0))),
    "N": (_LEFT, _RIGHT, ((0.5, 3.5), (5.0, 6.0))),
    "O": (_LEFT, _RIGHT, ((0.5, 3.5), (5.0, 6.0)), ((0.5, 3.5), (0.0, 1.0))),
    "P": (_LEFT, _TOP, _MIDDLE, _HIGH_RIGHT),
    "R": (_LEFT, _TOP, _MIDDLE, _HIGH_RIGHT, ((2.4, 3.4), (0.0, 2.8))),
    "S": (_HIGH_LEFT, _LOW_RIGHT, _TOP, _MIDDLE, _FOOT),
    "T": (_STEM, _TOP),
    "U": (_LEFT, _RIGHT, _FOOT),
    "0": (_LEFT, _RIGHT, ((0.5, 3.5), (5.0, 6.0)), ((0.5, 3.5), (0.0, 1.0))),
    "1": (((1.5, 2.5), (0.0, 6.0)),),
    "2": (_HIGH_RIGHT, _LOW_LEFT, _TOP, _MIDDLE, _FOOT),
    "3": (_RIGHT, _TOP, _MIDDLE, _FOOT),
    "4": (_HIGH_LEFT, _RIGHT, _MIDDLE),
    "5": (_HIGH_LEFT, _LOW_RIGHT, _TOP, _MIDDLE, _FOOT),
    "6": (_LEFT, _LOW_RIGHT, _TOP, _MIDDLE, _FOOT),
    "7": (_RIGHT, _TOP),
    "8": (_LEFT, _RIGHT, _TOP, _MIDDLE, _FOOT),
    "9": (_HIGH_LEFT, _RIGHT, _TOP, _MIDDLE, _FOOT),
}

_FIRST = ("B", "C", "D", "F", "G", "H", "J", "L", "M", "N", "P", "R", "S", "T", "ST", "BR", "GL")
_VOWELS = ("A", "E", "I", "O", "U")
_LAST = ("", "", "N", "L", "R", "S", "T")


def made_up(rng: np.random.Generator, syllables: tuple[int, int] = (2, 4)) -> str:
    """Returns a word that can be spoken, of at least so many syllables and fewer than so many."""

    def one(parts: tuple[str, ...]) -> str:
        return parts[int(rng.integers(len(parts)))]

    return "".join(one(_FIRST) + one(_VOWELS) for _ in range(int(rng.integers(*syllables)))) + one(_LAST)


def written(text: str, room_m: Vec2) -> list[Bar]:
    """Returns the strokes of a text as large as it fits into a width and a height, about its middle."""
    bars, at = [], 0.0
    for letter in text:
        strokes = _LETTERS.get(letter, ())
        bars += [((u[0] + at, u[1] + at), z) for u, z in strokes]
        at += (max(u[1] for u, _ in strokes) + _GAP) if strokes else _SPACE
    wide = at - _GAP
    scale = min(room_m[0] / wide, room_m[1] / _HIGH)
    u0, z0 = -wide / 2, -_HIGH / 2
    return [(((u[0] + u0) * scale, (u[1] + u0) * scale), ((z[0] + z0) * scale, (z[1] + z0) * scale)) for u, z in bars]
