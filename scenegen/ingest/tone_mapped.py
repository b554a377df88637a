"""Tone mapping of Hypersim's linear light, as its scene_generate_images_tonemap.py does it (arXiv:2011.02523).

The 90th percentile of brightness, of the pixels that show a surface, becomes 0.8 after a gamma of 2.2.
"""

import numpy as np
from jaxtyping import Bool, Float32, UInt8

from scenegen.ingest.ingester import FrameError

_GAMMA = 1 / 2.2
_PERCENTILE, _BRIGHTNESS = 90, 0.8
_DARK = 1e-4
_MOST_LIGHT = 65504.0
"""Of half precision; what is brighter was stored as infinity."""


def tone_mapped(light: Float32[np.ndarray, "h w 3"], surface: Bool[np.ndarray, "h w"]) -> UInt8[np.ndarray, "h w 3"]:
    """Returns a picture of linear light; raises FrameError where light is no number."""
    if np.isnan(light).any():
        raise FrameError("color is no number", f"{int(np.isnan(light).any(axis=-1).sum())} pixels")
    light, scale = np.clip(light, 0, _MOST_LIGHT), 1.0
    if surface.any():
        bright = float(np.percentile((light @ np.array([0.3, 0.59, 0.11], np.float32))[surface], _PERCENTILE))
        scale = 0.0 if bright < _DARK else _BRIGHTNESS ** (1 / _GAMMA) / bright
    return np.rint(255 * np.clip((scale * light) ** _GAMMA, 0, 1)).astype(np.uint8)
