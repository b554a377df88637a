"""Colours: sRGB of plans and assets becomes the linear light that Blender and glTF take (IEC 61966-2-1).

Linear light has the primaries of Rec. 709.
"""

import numpy as np
from jaxtyping import Float32

from schemas.scene_plan import Color

LUMINANCE = (0.2126, 0.7152, 0.0722)
"""Shares of red, green and blue in the luminance."""


def linear(color: Color) -> tuple[float, float, float]:
    """Returns linear Rec.709 of an sRGB colour."""
    red, green, blue = (_linear_channel(channel) for channel in color)
    return red, green, blue


def linear_rgba(color: Color, factor: float = 1.0) -> tuple[float, float, float, float]:
    """Returns linear RGBA, opaque, with the light scaled by `factor`."""
    red, green, blue = linear(color)
    return red * factor, green * factor, blue * factor, 1.0


def luminance(light: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    """Returns the luminance of linear light."""
    red, green, blue = LUMINANCE
    return light[..., 0] * red + light[..., 1] * green + light[..., 2] * blue


def _linear_channel(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
