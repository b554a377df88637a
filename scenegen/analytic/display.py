"""Display: linear light becomes 8-bit sRGB (IEC 61966-2-1) by one exposure and a shoulder that burns nothing out.

Exposure brings the geometric mean of the luminance to middle grey (0.18); 1 - exp(-x) bends what is brighter.
The spec's colour management is for renderers of light; this picture only has to show what is where.
"""

import numpy as np
from jaxtyping import Float32, UInt8

from assets_catalog.colors import display
from scenegen.colors import luminance

_MIDDLE_GREY = 0.18
_DARKEST = 1e-4


def displayed(linear_light: Float32[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns display-referred sRGB."""
    lightness = np.maximum(luminance(linear_light), _DARKEST)
    exposure = np.float32(_MIDDLE_GREY / np.exp(np.mean(np.log(lightness), dtype=np.float64)))
    return np.rint(255.0 * display(1.0 - np.exp(-exposure * linear_light))).astype(np.uint8)
