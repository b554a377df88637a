"""Names of colours are those that people would give; sRGB and linear light turn into each other."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from jaxtyping import Float64

from assets_catalog.colors import COLOR_NAMES, color_name, display, linear, linear_channel, oklab
from schemas.surface import Color

CHANNELS = st.floats(0, 1)
CASES = {
    "black": "000000 0a0a0a 1c1c1e 17181a 08090b",
    "white": "ffffff f2f2f2 f4f1ea eaeaea efefec",
    "grey": "808080 404040 a9a9a9 c0c0c0 708090 b9bbbd 36454f",
    "brown": "8b4513 6b4a32 3b2c25 97583a a0522d 8d5524 5c3a28 b8924f b88d5a",
    "beige": "f5f5dc d2b48c deb887 f5deb3 d9bf94 cdb592 f1c9a5 ffdbac",
    "red": "ff0000 b22222 8b0000 dc143c 800020",
    "orange": "ffa500 ff8c00 e67e22 ff7518",
    "yellow": "ffff00 ffd700 f1c40f e1ad01",
    "green": "00ff00 008000 228b22 3f6b35 808000 98ff98 0b3d0b",
    "turquoise": "40e0d0 008080 00ced1 7fffd4",
    "blue": "0000ff 000080 87ceeb 4169e1 3b5a7e",
    "purple": "800080 8a2be2 4b0082 9370db",
    "pink": "ffc0cb ff69b4 ff1493 fa8072",
}


def _color(code: str) -> Color:
    red, green, blue = (channel / 255 for channel in bytes.fromhex(code))
    return red, green, blue


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, codes in CASES.items() for code in codes.split()])
def test_clear_cases_have_the_name_that_people_give(name: str, code: str) -> None:
    assert color_name(_color(code)) == name


def test_every_name_has_clear_cases() -> None:
    assert set(CASES) == set(COLOR_NAMES)


@pytest.mark.parametrize("code", ["b88d5a", "6b4a32", "d9bf94", "d2a66a", "97583a", "3b2c25", "cdb592", "94683c"])
def test_woods_are_brown_or_beige(code: str) -> None:
    assert color_name(_color(code)) in {"brown", "beige"}


@given(st.integers(0, 255))
def test_a_grey_is_black_grey_or_white_in_this_order(level: int) -> None:
    order = ["black", "grey", "white"]
    name = color_name(_color(f"{level:02x}" * 3))
    assert name in order
    if level:
        assert order.index(color_name(_color(f"{level - 1:02x}" * 3))) <= order.index(name)


@given(st.tuples(CHANNELS, CHANNELS, CHANNELS))
def test_every_colour_has_a_name(color: Color) -> None:
    assert color_name(color) in COLOR_NAMES


@given(arrays.arrays(np.float64, (4, 3), elements=CHANNELS))
def test_srgb_turns_into_light_and_back(srgb: Float64[np.ndarray, "n 3"]) -> None:
    assert np.allclose(display(linear(srgb)), srgb, atol=1e-6)
    assert np.allclose(linear(srgb), np.vectorize(linear_channel)(srgb), atol=1e-12)


def test_light_and_lightness_are_those_of_the_standards() -> None:
    assert linear(np.array([0.5])) == pytest.approx(0.21404114)
    assert oklab(np.ones(3)) == pytest.approx(np.array([1.0, 0.0, 0.0]), abs=1e-6)
    assert oklab(np.array([1.0, 0.0, 0.0])) == pytest.approx(np.array([0.627955, 0.224863, 0.125846]), abs=1e-5)
