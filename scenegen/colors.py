"""Colours: sRGB of plans and assets becomes the linear light that Blender and glTF take (IEC 61966-2-1).

Linear light has the primaries of Rec. 709.
"""

import numpy as np
from jaxtyping import Float32

from assets_catalog.colors import LUMINANCE, linear_channel
from schemas.surface import Color


def linear(color: Color) -> tuple[float, float, float]:
    """Returns linear Rec.709 of an sRGB colour."""
    red, green, blue = (linear_channel(channel) for channel in color)
    return red, green, blue


def linear_rgba(color: Color, factor: float = 1.0) -> tuple[float, float, float, float]:
    """Returns linear RGBA, opaque, with the light scaled by `factor`."""
    red, green, blue = linear(color)
    return red * factor, green * factor, blue * factor, 1.0


def luminance(light: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w"]:
    """Returns the luminance of linear light."""
    red, green, blue = LUMINANCE
    return light[..., 0] * red + light[..., 1] * green + light[..., 2] * blue
