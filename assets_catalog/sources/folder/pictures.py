"""Pictures: textures of foreign files, kept as the PNG or JPEG that they are, else turned into PNG."""

import io
import warnings

import numpy as np
from PIL import Image, UnidentifiedImageError

from schemas.errors import AssetError

MOST_PIXELS = 8192 * 8192
_KEPT = ("PNG", "JPEG")
_TURNED = ("WEBP", "BMP", "TGA", "GIF", "TIFF")


def usable(data: bytes, name: str, opaque: bool = False) -> bytes:
    """Returns a picture as PNG or JPEG, decoded once to see that it can be. Raises AssetError.

    `opaque`: the file says that the alpha means nothing, so it goes.
    """
    picture = decoded(data, name)
    if picture.format in _KEPT and not (opaque and picture.has_transparency_data):
        return data
    out = io.BytesIO()
    picture.convert("RGB" if opaque else "RGBA").save(out, "PNG")
    return out.getvalue()


def means(data: bytes, name: str) -> tuple[float, float, float]:
    """Returns the mean of each channel, from 0 to 1, of a picture that holds numbers. Raises AssetError."""
    picture = decoded(data, name)
    picture.thumbnail((256, 256), Image.Resampling.BOX)
    red, green, blue = np.asarray(picture.convert("RGB"), dtype=np.float64).mean(axis=(0, 1)) / 255.0
    return float(red), float(green), float(blue)


def decoded(data: bytes, name: str) -> Image.Image:
    """Returns a picture decoded. Raises AssetError when it is another format, broken or too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=(*_KEPT, *_TURNED))
            if picture.width * picture.height > MOST_PIXELS:
                raise AssetError(f"texture {name} has {picture.width} x {picture.height} pixels: too large")
            picture.load()
    except UnidentifiedImageError as error:
        raise AssetError(f"texture {name} is no picture: it begins with {data[:8]!r}") from error
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise AssetError(f"texture {name} can't be decoded: {error}") from error
    return picture
