"""White balance: the light's tint, estimated from the picture itself and taken out in part, as a camera does.

Estimate: shades of grey, the mean of the fourth power of each channel (Finlayson and Trezzi 2004), over pixels neither
near black nor burnt; so bright walls and ceilings speak louder than dark wood. It is held to what light does: lamps are
warm, skies a little cool, neither is green or purple. Beyond that it is paint, and a green room stays green.
Adaptation: von Kries in Bradford's cone space (Lam 1985), brightness kept. No pixels to go by: nothing is changed.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64

from schemas.geometry import Vec3

_XYZ_OF_RGB = np.array(
    [[0.4123908, 0.3575843, 0.1804808], [0.2126390, 0.7151687, 0.0721923], [0.0193308, 0.1191948, 0.9505322]]
)
"""Rec.709 with the white D65."""
_CONES_OF_XYZ = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_CONES_OF_RGB = _CONES_OF_XYZ @ _XYZ_OF_RGB
_LUMINANCE = _XYZ_OF_RGB[1]

_WARMTH_EV = (-0.3, 0.9)
"""Half the stops between red and blue: open shade at about 9000 K, and lamps at about 3200 K."""
_GREENNESS_EV = (-0.06, 0.15)
"""Stops of green over red and blue; of warm light it is a little above zero."""


def balance(
    light: Float32[np.ndarray, "h w 3"], usable: Bool[np.ndarray, "h w"], share: float
) -> Float32[np.ndarray, "h w 3"]:
    """Returns linear Rec.709 with `share` of the light's tint taken out; `usable` pixels are asked for it."""
    if share == 0 or not usable.any():
        return light
    return _mapped(light, _adaptation(_powered(light_tint(light, usable), share)))


def light_tint(light: Float32[np.ndarray, "h w 3"], usable: Bool[np.ndarray, "h w"]) -> Vec3:
    """Returns the light's colour, linear Rec.709 of luminance 1, as far as light may be coloured."""
    seen = light[usable]
    squares = seen * seen
    means = np.maximum(np.einsum("nc,nc->c", squares, squares, dtype=np.float64), 1e-12)
    red, green, blue = 0.25 * np.log2(means)
    warmth_ev = _softly_within((red - blue) / 2, _WARMTH_EV)
    greenness_ev = _softly_within(green - (red + blue) / 2, _GREENNESS_EV)
    return _of_luminance_one(2.0 ** np.array([warmth_ev, greenness_ev, -warmth_ev]))


def _softly_within(value: float, limits: tuple[float, float]) -> float:
    """Returns a value that follows the given one near zero and nears a limit far from it."""
    limit = limits[1] if value > 0 else -limits[0]
    return float(limit * np.tanh(value / limit))


def _powered(tint: Vec3, share: float) -> Vec3:
    return _of_luminance_one(np.array(tint) ** share)


def _of_luminance_one(tint: Float64[np.ndarray, " 3"]) -> Vec3:
    red, green, blue = tint / np.dot(tint, _LUMINANCE)
    return float(red), float(green), float(blue)


def _adaptation(tint: Vec3) -> Float64[np.ndarray, "3 3"]:
    """Returns the matrix that makes a tint white."""
    gains = (_CONES_OF_RGB @ np.ones(3)) / (_CONES_OF_RGB @ np.array(tint))
    return np.linalg.inv(_CONES_OF_RGB) @ np.diag(gains) @ _CONES_OF_RGB


def _mapped(light: Float32[np.ndarray, "h w 3"], matrix: Float64[np.ndarray, "3 3"]) -> Float32[np.ndarray, "h w 3"]:
    """Returns every pixel times the matrix, summed in one order whatever the threads; nothing below black."""
    mapped = np.empty_like(light)
    for channel, (red, green, blue) in enumerate(matrix.astype(np.float32)):
        mapped[..., channel] = light[..., 0] * red + light[..., 1] * green + light[..., 2] * blue
    return np.maximum(mapped, 0.0, out=mapped)
