"""Textures of models: PNG or JPEG, decoded within limits, or refused."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import UInt8

from assets_catalog.mesh import AssetMesh
from assets_catalog.pictures import decoded
from schemas.errors import AssetError

HARD_LIMIT_PX = 4096 * 4096
"""Of one texture."""
HARD_LIMIT_ALL_PX = 4 * HARD_LIMIT_PX
"""Of all textures of a model."""

Pixels = UInt8[np.ndarray, "h w 4"]
"""RGBA, sRGB, top row first."""


def decoded_textures(mesh: AssetMesh) -> Mapping[bytes, Pixels]:
    """Returns the pixels of each texture. Raises AssetError when one is no sound PNG or JPEG, or they are too large."""
    found: dict[bytes, Pixels] = {}
    held_px = 0
    for part in mesh.parts:
        texture = part.material.texture
        if texture is not None and texture not in found:
            found[texture] = _decoded(texture, part.material.name)
            held_px += found[texture].size // 4
            if held_px > HARD_LIMIT_ALL_PX:
                raise AssetError(f"has textures of more than {HARD_LIMIT_ALL_PX} pixels in all")
    return found


def _decoded(texture: bytes, name: str) -> Pixels:
    return np.asarray(decoded(texture, f"the texture of '{name}'", HARD_LIMIT_PX).convert("RGBA"))
