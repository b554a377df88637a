"""Colours for people, not for training: ids apart from one another, depth by brightness.

Depth runs from yellow (near) to dark violet (far) on the path of Viridis, whose lightness is even to the eye, by its
logarithm. What has no surface is light grey in both.
"""

import colorsys

import numpy as np
from jaxtyping import Float32, Float64, Int32, UInt8

NOTHING = (236, 238, 241)
"""Of what there is nothing to show for: no surface, or no picture."""
_GOLDEN_RATIO = 0.6180339887498949
_LIGHTNESS = (0.56, 0.70, 0.44)
_EDGE = 0.45
_VIRIDIS = np.array(
    [
        (68, 1, 84),
        (71, 45, 123),
        (59, 82, 139),
        (44, 114, 142),
        (33, 145, 140),
        (40, 174, 128),
        (94, 201, 98),
        (173, 220, 48),
        (253, 231, 37),
    ]
)


def id_color(number: int) -> tuple[int, int, int]:
    """Returns the colour of an id; the same in every picture, far from those of its neighbours in number."""
    hue = number * _GOLDEN_RATIO % 1
    red, green, blue = colorsys.hls_to_rgb(hue, _LIGHTNESS[number % 3], 0.62)
    return round(255 * red), round(255 * green), round(255 * blue)


def ids_rgb(ids: Int32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns instances, classes or materials in their colours, darker where one meets another."""
    shown, index = np.unique(ids, return_inverse=True)
    palette = np.array([NOTHING if one == 0 else id_color(one) for one in shown.tolist()])
    rgb = palette[index.reshape(ids.shape)].astype(np.float64)
    edge = np.zeros(ids.shape, dtype=bool)
    edge[:, :-1] |= ids[:, :-1] != ids[:, 1:]
    edge[:-1] |= ids[:-1] != ids[1:]
    rgb[edge] *= _EDGE
    return np.rint(rgb).astype(np.uint8)


def depth_rgb(z_depth_m: Float32[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns depth in false colours, spread over the picture's own finite range."""
    finite = np.isfinite(z_depth_m)
    rgb = np.full((*z_depth_m.shape, 3), NOTHING, dtype=np.uint8)
    if finite.any():
        log = np.log(np.maximum(z_depth_m[finite], 1e-3, dtype=np.float64))
        rgb[finite] = viridis((log.max() - log) / max(np.ptp(log), 1e-9))
    return rgb


def viridis(position: Float64[np.ndarray, "*shape"]) -> UInt8[np.ndarray, "*shape 3"]:
    """Returns the colours at `position`, 0 (dark violet) to 1 (yellow)."""
    stops = np.linspace(0, 1, len(_VIRIDIS))
    return np.stack([np.rint(np.interp(position, stops, channel)) for channel in _VIRIDIS.T], axis=-1).astype(np.uint8)
