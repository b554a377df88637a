"""Kelvin: a colour temperature as the sRGB colour of a light, its brightest channel 1.

The Planckian locus in CIE xy by the cubic splines of Kim et al. 2002 (US patent 7024034), 1667 to 25000 K. What lies
outside sRGB (below about 1900 K, blue would be negative) is held at its edge.
"""

import numpy as np

from assets_catalog.colors import display
from schemas.surface import Color

RANGE_K = 1667.0, 25000.0
_RGB_OF_XYZ = np.array(
    [[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560], [0.0556434, -0.2040259, 1.0572252]]
)
"""Linear Rec.709 with the white D65."""
_X_BELOW_4000 = -0.2661239, -0.2343589, 0.8776956, 0.179910
_X_ABOVE_4000 = -3.0258469, 2.1070379, 0.2226347, 0.240390
_Y_BELOW_2222 = -1.1063814, -1.34811020, 2.18555832, -0.20219683
_Y_BELOW_4000 = -0.9549476, -1.37418593, 2.09137015, -0.16748867
_Y_ABOVE_4000 = 3.0817580, -5.87338670, 3.75112997, -0.37001483


def kelvin(temperature_k: float) -> Color:
    """Returns the colour of a black body. Raises ValueError outside RANGE_K."""
    x, y = chromaticity(temperature_k)
    light = np.maximum(_RGB_OF_XYZ @ np.array([x / y, 1.0, (1.0 - x - y) / y]), 0.0)
    red, green, blue = display(light / light.max()).tolist()
    return round(red, 4), round(green, 4), round(blue, 4)


def chromaticity(temperature_k: float) -> tuple[float, float]:
    """Returns CIE 1931 x and y of a black body. Raises ValueError outside RANGE_K."""
    if not RANGE_K[0] <= temperature_k <= RANGE_K[1]:
        raise ValueError(f"{temperature_k:g} K is outside {RANGE_K[0]:g} to {RANGE_K[1]:g} K")
    x = float(np.polyval(_X_BELOW_4000 if temperature_k < 4000.0 else _X_ABOVE_4000, 1e3 / temperature_k))
    low, middle = temperature_k < 2222.0, temperature_k < 4000.0
    return x, float(np.polyval(_Y_BELOW_2222 if low else _Y_BELOW_4000 if middle else _Y_ABOVE_4000, x))
