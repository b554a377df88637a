"""Textures of models: PNG or JPEG, decoded within limits, or refused."""

import io
import struct
import warnings
import zlib
from collections.abc import Mapping

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from assets_catalog.mesh import AssetMesh
from schemas.errors import AssetError, first_line

HARD_LIMIT_PX = 4096 * 4096
"""Of one texture."""
HARD_LIMIT_ALL_PX = 4 * HARD_LIMIT_PX
"""Of all textures of a model."""
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)

Pixels = UInt8[np.ndarray, "h w 4"]
"""RGBA, sRGB, top row first."""


def decoded_textures(mesh: AssetMesh) -> Mapping[bytes, Pixels]:
    """Returns the pixels of each texture. Raises AssetError when one is no sound PNG or JPEG, or they are too large."""
    decoded: dict[bytes, Pixels] = {}
    pixels = 0
    for part in mesh.parts:
        texture = part.material.texture
        if texture is not None and texture not in decoded:
            decoded[texture] = _decoded(texture, part.material.name)
            pixels += decoded[texture].size // 4
            if pixels > HARD_LIMIT_ALL_PX:
                raise AssetError(f"has textures of more than {HARD_LIMIT_ALL_PX} pixels in all")
    return decoded


def _decoded(texture: bytes, name: str) -> Pixels:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(texture), formats=("PNG", "JPEG"))
            if image.width * image.height > HARD_LIMIT_PX:
                size = f"{image.width} x {image.height}"
                raise AssetError(f"the texture of '{name}' has {size} pixels, {HARD_LIMIT_PX} are allowed")
            return np.asarray(image.convert("RGBA"))
    except _FAULTS as error:
        raise AssetError(f"the texture of '{name}' is no sound PNG or JPEG: {first_line(error)}") from error
