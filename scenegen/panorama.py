"""Panorama: the thumbnail of an environment, tone-mapped, straight up at the top and world +x in the middle."""

import io

import numpy as np
import OpenEXR
from jaxtyping import UInt8
from PIL import Image

from scenegen.tone import tone_mapped
from schemas.errors import AssetError


def panorama(exr: bytes, width_px: int) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the picture of an environment that a catalog keeps, half as high as wide; raises AssetError."""
    try:
        with OpenEXR.File(io.BytesIO(exr)) as file:
            light = np.asarray(file.channels()["RGB"].pixels, dtype=np.float32)
    except (OSError, KeyError, ValueError, RuntimeError, TypeError) as error:
        raise AssetError(f"environment can't be read: {error}") from error
    size = (width_px, width_px // 2)
    small = [Image.fromarray(light[..., color].copy()).resize(size, Image.Resampling.BOX) for color in range(3)]
    return tone_mapped(np.stack([np.asarray(channel) for channel in small], axis=-1))
