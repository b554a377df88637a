"""Images: files at hand become Blender images, packed, so that no path can be missing.

Blender frees an image with its last user; what a scene alone uses goes with it.
"""

from typing import Literal

import bpy

Space = Literal["sRGB", "Non-Color", "Linear Rec.709"]
"""Colour, data, or light; names of Blender's OpenColorIO configuration."""


def packed_image(name: str, content: bytes, space: Space = "sRGB") -> bpy.types.Image:
    """Returns a new image of a PNG, JPEG or EXR file; Blender decodes it when it is first looked at."""
    image = bpy.data.images.new(name, 1, 1)
    image.pack(data=content, data_len=len(content))
    image.source = "FILE"
    image.colorspace_settings.name = space
    return image
