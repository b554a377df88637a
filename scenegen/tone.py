"""Tone: linear light as 8-bit sRGB by formula (IEC 61966-2-1), for pictures that people judge assets by.

Frames of a dataset are developed by `scenegen.blender.develop` instead. What is no number becomes black, infinite light
white.
"""

import numpy as np
from jaxtyping import Float32, UInt8

from assets_catalog.colors import display
from scenegen.colors import luminance

_MIDDLE_GREY = 0.18
_DARKEST, _BRIGHTEST = 1e-6, 1e6


def srgb(light: Float32[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns linear Rec.709 as sRGB; 1 is white, and so is all above."""
    return np.rint(display(np.fmin(np.fmax(light, 0.0), 1.0)) * 255).astype(np.uint8)


def tone_mapped(light: Float32[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns a picture of any range: the geometric mean at middle grey, and x / (1 + x) above it (Reinhard 2002)."""
    sound = np.fmin(np.fmax(light, np.float32(0.0)), np.float32(_BRIGHTEST))
    lightness = luminance(sound)
    exposed = sound * np.float32(_MIDDLE_GREY / np.exp(np.log(np.maximum(lightness, _DARKEST)).mean()))
    return srgb(exposed / (1 + exposed) * 1.2)
