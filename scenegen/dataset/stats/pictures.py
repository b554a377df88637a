"""Pictures: how light and how colourful they are, as shown.

Luminance is the weighted sum of sRGB values (weights of Rec. 709) in 256 levels, 0 to 1, as the gates have it.
Saturation and hue are HSV's; where the channels lie within a tenth of one another there is no hue to speak of.
"""

from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Int64, UInt8

from assets_catalog.colors import LUMINANCE
from scenegen.compiled import compiled

HUES = 36
"""Bins of the hue circle, from red over green and blue."""
_LEVELS = 256
_HUED = 26
_RED, _GREEN, _BLUE = LUMINANCE


@dataclass
class Pictures:
    """Figures of each picture, and pixels added up."""

    mean: list[float] = field(default_factory=list)
    """Luminance."""
    p1: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    saturation: list[float] = field(default_factory=list)
    """Mean."""
    pixels: int = 0
    luminance_counts: Int64[np.ndarray, "levels"] = field(default_factory=lambda: np.zeros(_LEVELS, np.int64))
    hue_counts: Int64[np.ndarray, "hues"] = field(default_factory=lambda: np.zeros(HUES, np.int64))
    """Pixels that have a hue."""

    def add(self, rgb: UInt8[np.ndarray, "h w 3"]) -> None:
        """Adds a picture."""
        levels = np.zeros(_LEVELS, np.int64)
        pixels = rgb.reshape(-1, 3)
        saturation = _count_colors(pixels, levels, self.hue_counts)
        below = np.cumsum(levels)
        self.mean.append(float(levels @ np.arange(_LEVELS)) / (_LEVELS - 1) / len(pixels))
        self.p1.append(_level_at(below, 0.01))
        self.p99.append(_level_at(below, 0.99))
        self.saturation.append(saturation / len(pixels))
        self.pixels += len(pixels)
        self.luminance_counts += levels


def _level_at(below: Int64[np.ndarray, "levels"], share: float) -> float:
    return float(np.searchsorted(below, share * below[-1])) / (_LEVELS - 1)


@compiled
def _count_colors(
    pixels: UInt8[np.ndarray, "n 3"], levels: Int64[np.ndarray, "levels"], hues: Int64[np.ndarray, "hues"]
) -> float:
    """Counts luminance and hue; returns the sum of the saturations."""
    saturation = 0.0
    for place in range(pixels.shape[0]):
        red, green, blue = int(pixels[place, 0]), int(pixels[place, 1]), int(pixels[place, 2])
        levels[int(_RED * red + _GREEN * green + _BLUE * blue + 0.5)] += 1
        most = max(red, green, blue)
        chroma = most - min(red, green, blue)
        if chroma == 0:
            continue
        saturation += chroma / most
        if chroma < _HUED:
            continue
        if most == red:
            sixth = (green - blue) / chroma % 6.0
        elif most == green:
            sixth = (blue - red) / chroma + 2.0
        else:
            sixth = (red - green) / chroma + 4.0
        hues[int(sixth / 6.0 * hues.size) % hues.size] += 1
    return saturation
