"""Gates `finite`, `dark` and `burnt`: the light is made of numbers, and the picture of it shows something.

Luminance is the weighted sum of sRGB values as shown (weights of Rec. 709), rounded to one of 256 levels, 0 to 1. A
pixel is burnt out where all three channels are at 255, or nearly.
"""

import numpy as np
from jaxtyping import Float32, Int64, UInt8

from assets_catalog.colors import LUMINANCE
from scenegen.compiled import compiled
from scenegen.gates.gate import Finding, PictureGate, at_least, at_most
from scenegen.stage import Picture
from schemas.run_spec import GateSpec

_BURNT = 253
_RED, _GREEN, _BLUE = LUMINANCE


def _judge_finite(picture: Picture, limits: GateSpec) -> Finding:
    return at_most(_share_not_finite(picture.linear_light), 0.0)


def _judge_dark(picture: Picture, limits: GateSpec) -> Finding:
    below = np.cumsum(_luminance_counts(picture.rgb))
    level = np.searchsorted(below, 0.99 * below[-1])
    return at_least(float(level) / 255, limits.darkest_p99)


def _judge_burnt(picture: Picture, limits: GateSpec) -> Finding:
    return at_most(_share_burnt(picture.rgb), limits.clipped_share)


@compiled
def _share_not_finite(light: Float32[np.ndarray, "h w 3"]) -> float:
    height, width, _ = light.shape
    faults = 0
    for row in range(height):
        for column in range(width):
            total = light[row, column, 0] + light[row, column, 1] + light[row, column, 2]
            faults += not np.isfinite(total)
    return faults / (height * width)


@compiled
def _luminance_counts(rgb: UInt8[np.ndarray, "h w 3"]) -> Int64[np.ndarray, "256"]:
    height, width, _ = rgb.shape
    counts = np.zeros(256, dtype=np.int64)
    for row in range(height):
        for column in range(width):
            red, green, blue = rgb[row, column, 0], rgb[row, column, 1], rgb[row, column, 2]
            counts[int(_RED * red + _GREEN * green + _BLUE * blue + 0.5)] += 1
    return counts


@compiled
def _share_burnt(rgb: UInt8[np.ndarray, "h w 3"]) -> float:
    height, width, _ = rgb.shape
    burnt = 0
    for row in range(height):
        for column in range(width):
            burnt += min(rgb[row, column, 0], rgb[row, column, 1], rgb[row, column, 2]) >= _BURNT
    return burnt / (height * width)


FINITE = PictureGate("share of the pixels whose light is not finite", _judge_finite)
DARK = PictureGate("99th percentile of luminance as shown, 0 to 1", _judge_dark)
BURNT = PictureGate("share of the pixels that are burnt out to white", _judge_burnt)
