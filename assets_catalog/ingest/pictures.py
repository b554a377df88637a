"""Pictures of a texture set: PNG and JPEG files, decoded whole by Pillow once their header says that they may be."""

import io
import struct
import zlib

from PIL import Image

from schemas.errors import AssetError, first_line

MAX_SIDE_PX = 8192
_MIN_SIDE_PX = 8
_FORMATS = ("PNG", "JPEG")
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def open_picture(name: str, content: bytes) -> Image.Image:
    """Returns a decoded picture. Raises AssetError for what is damaged, too large or of another format."""
    try:
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        if not all(_MIN_SIDE_PX <= side_px <= MAX_SIDE_PX for side_px in picture.size):
            width_px, height_px = picture.size
            raise AssetError(
                f"{name} is {width_px} x {height_px} pixels, a side may have {_MIN_SIDE_PX} to {MAX_SIDE_PX}"
            )
        picture.verify()  # the sums of a PNG's chunks; it can't be read on after that
        picture = Image.open(io.BytesIO(content), formats=_FORMATS)
        picture.load()
    except (OSError, SyntaxError, ValueError, struct.error, zlib.error, *_BOMBS) as error:
        raise AssetError(f"{name} is not a sound PNG or JPEG: {first_line(error)}") from error
    return picture


def png(picture: Image.Image) -> bytes:
    """Returns a picture as a PNG file; equal pictures give equal bytes."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def ending(content: bytes) -> str:
    """Returns the ending of a PNG's or a JPEG's name."""
    return ".png" if content.startswith(b"\x89PNG") else ".jpg"
