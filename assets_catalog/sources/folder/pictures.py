"""Pictures: textures of foreign files, kept as the PNG or JPEG that they are, else turned into PNG."""

import io

import numpy as np
from PIL import Image

from assets_catalog.pictures import PNG_OR_JPEG, decoded

MOST_PIXELS = 8192 * 8192
_TURNED = ("WEBP", "BMP", "TGA", "GIF", "TIFF")


def usable(data: bytes, name: str, opaque: bool = False) -> bytes:
    """Returns a picture as PNG or JPEG, decoded once to see that it can be. Raises AssetError.

    `opaque`: the file says that the alpha means nothing, so it goes.
    """
    picture = _decoded(data, name)
    if picture.format in PNG_OR_JPEG and not (opaque and picture.has_transparency_data):
        return data
    out = io.BytesIO()
    picture.convert("RGB" if opaque else "RGBA").save(out, "PNG")
    return out.getvalue()


def means(data: bytes, name: str) -> tuple[float, float, float]:
    """Returns the mean of each channel, from 0 to 1, of a picture that holds numbers. Raises AssetError."""
    picture = _decoded(data, name)
    picture.thumbnail((256, 256), Image.Resampling.BOX)
    red, green, blue = np.asarray(picture.convert("RGB"), dtype=np.float64).mean(axis=(0, 1)) / 255.0
    return float(red), float(green), float(blue)


def _decoded(data: bytes, name: str) -> Image.Image:
    return decoded(data, f"texture {name}", MOST_PIXELS, (*PNG_OR_JPEG, *_TURNED))
