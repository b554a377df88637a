"""Names of colours, as people use them; and sRGB as linear light, and back.

A name is that of the nearest prototype in OKLab (Ottosson, 2020), a space in which equal distances look about equal.
Each name has several prototypes: brown, for one, is a dark orange, red or yellow, and has no middle. A colour is
judged by itself: what a person calls golden is brown or yellow here.

Linear light has the primaries of Rec. 709 (IEC 61966-2-1).
"""

from functools import cache

import numpy as np
from jaxtyping import Float, Float64

from schemas.surface import Color

_PROTOTYPES = {
    "black": "000000 141414 202022 2a2a2b 1c1817 12161c",
    "white": "ffffff f4f4f4 e9e9e9 e1e1e1 f6f2ea f0ede6 eaf0f3",
    "grey": "323232 3c3c3c 36454f 464646 505050 5e5e5e 6a6a6a 787878 858585 939393 a0a0a0 acacac b8b8b8 "
    "c8c8c8 d6d6d6 555a5e 80868a b4b9bc 8a8580 b3aea8",
    "brown": "32241c 3b2c25 4a3326 5c4033 6b4a32 7a4a2a 8b5a2b 97583a a0693c b07d4c b88d5a 8a6a50 9a7b5f a5672f",
    "beige": "f5f5dc e6dfcf f5e6cc f0e0c0 e8d8b8 d9bf94 d2b48c c8b090 cdb592 e3d2b4 efd9bf dcc4a8 e0b48c",
    "red": "ff0000 dc143c c0392b b22222 a01c1c 8b0000 d94040 6e1414",
    "orange": "ff8000 ffa500 ff9933 e67e22 ff6a2a d2691e f09a50 e8842a",
    "yellow": "ffff00 ffe000 ffd700 f1c40f e6c619 fff27a d4b41e f5e663 fbe27a c9a82c",
    "green": "00ff00 32cd32 008000 2e8b57 556b2f 3f6b35 6f8f4f 90ee90 1f3d25 9acd32 7a7a20 a9c9a0 2f5a3a bfe65a "
    "8fae8c 46594d",
    "turquoise": "40e0d0 00ced1 008080 20b2aa 7fdbd4 00ffff 2a9d8f a8e6e0 0f6f70",
    "blue": "0000ff 000080 1e90ff 87ceeb 4169e1 2f6d8c 1f2a4a a9c3df 5a7a9c 0b1f5c 4682b4 7fa8d8 7d95a8 2f4858 424e66",
    "purple": "800080 8a2be2 4b0082 9370db 6d3b6f c39bd3 a050c8 5a2a6a 7a5aa8",
    "pink": "ffc0cb ff69b4 ff1493 e75480 f4b6c2 ff00ff e8a0b0 d9798f f7d6dc fa8a80",
}
"""Name -> sRGB colours that are so called."""
COLOR_NAMES = tuple(_PROTOTYPES)
"""The names there are."""

LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Shares of red, green and blue in the luminance of linear light."""
_LMS_FROM_RGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB_FROM_LMS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def color_name(color: Color) -> str:
    """Returns what a person would call an sRGB colour: a member of COLOR_NAMES."""
    return color_names(np.array([color], dtype=np.float64))[0]


def color_names(colors: Float64[np.ndarray, "n 3"]) -> tuple[str, ...]:
    """Returns what a person would call each of some sRGB colours."""
    prototypes, rows = _prototypes()
    apart = prototypes - oklab(colors)[:, None]
    nearest = (apart * apart).sum(axis=2).argmin(axis=1).tolist()
    return tuple(COLOR_NAMES[rows[each]] for each in nearest)


def oklab(srgb: Float64[np.ndarray, "*n 3"]) -> Float64[np.ndarray, "*n 3"]:
    """Returns lightness, 0 to 1, and the two coordinates of hue and strength."""
    return np.cbrt(linear(srgb) @ _LMS_FROM_RGB.T) @ _LAB_FROM_LMS.T


def linear(srgb: Float[np.ndarray, "*n"]) -> Float[np.ndarray, "*n"]:
    """Returns the linear light of sRGB, channel by channel."""
    return np.where(srgb <= 0.04045, srgb / 12.92, ((np.maximum(srgb, 0.0) + 0.055) / 1.055) ** 2.4)


def display(light: Float[np.ndarray, "*n"]) -> Float[np.ndarray, "*n"]:
    """Returns the sRGB of linear light, channel by channel, as precise as it is given."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0.0) ** (1 / 2.4) - 0.055)


def linear_channel(channel: float) -> float:
    """Returns the linear light of one channel of sRGB."""
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


@cache
def _prototypes() -> tuple[Float64[np.ndarray, "p 3"], tuple[int, ...]]:
    """Returns all prototypes in OKLab, and the row of each one's name."""
    codes = [(row, code) for row, name in enumerate(COLOR_NAMES) for code in _PROTOTYPES[name].split()]
    srgb = np.array([list(bytes.fromhex(code)) for _, code in codes]) / 255
    return oklab(srgb), tuple(row for row, _ in codes)
