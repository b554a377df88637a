"""Pictures of assets: decoded whole by Pillow, once their header says that they may be, or refused in one line."""

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError

from schemas.errors import AssetError, first_line

PNG_OR_JPEG = ("PNG", "JPEG")
MAX_SIDE_PX = 8192
_MIN_SIDE_PX = 8
"""Of a map of a texture set."""
_DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, Image.DecompressionBombError)
"""What Pillow raises."""


def decoded(content: bytes, name: str, most_px: int, formats: tuple[str, ...] = PNG_OR_JPEG) -> Image.Image:
    """Returns a picture decoded; `name` is what errors call it. Raises AssetError, also for one above `most_px`."""
    with _faults(content, name, formats):
        picture = Image.open(io.BytesIO(content), formats=formats)
        if picture.width * picture.height > most_px:
            raise AssetError(f"{name} has {picture.width} x {picture.height} pixels, {most_px} are allowed")
        picture.load()
    return picture


def decoded_map(content: bytes, name: str) -> Image.Image:
    """Returns a map of a texture set decoded, a PNG or JPEG; as `decoded` does, but that a PNG's sums are checked."""
    with _faults(content, name, PNG_OR_JPEG):
        picture = Image.open(io.BytesIO(content), formats=PNG_OR_JPEG)
        if not all(_MIN_SIDE_PX <= side_px <= MAX_SIDE_PX for side_px in picture.size):
            width_px, height_px = picture.size
            raise AssetError(
                f"{name} is {width_px} x {height_px} pixels, a side may have {_MIN_SIDE_PX} to {MAX_SIDE_PX}"
            )
        picture.verify()  # it can't be read on after that
        picture = Image.open(io.BytesIO(content), formats=PNG_OR_JPEG)
        picture.load()
    return picture


def png(picture: Image.Image) -> bytes:
    """Returns a picture as a PNG file; equal pictures give equal bytes."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def ending(content: bytes) -> str:
    """Returns the ending of a PNG's or a JPEG's name."""
    return ".png" if content.startswith(b"\x89PNG") else ".jpg"


@contextmanager
def _faults(content: bytes, name: str, formats: tuple[str, ...]) -> Iterator[None]:
    """Turns whatever a damaged picture makes Pillow raise, or warn of, into an AssetError."""
    kinds = " or ".join((", ".join(formats[:-1]), formats[-1])) if len(formats) > 1 else formats[0]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except UnidentifiedImageError as error:  # which names an address in memory
        raise AssetError(f"{name} is no {kinds}: it begins with {content[:8]!r}") from error
    except _DAMAGED as error:
        raise AssetError(f"{name} is no sound {kinds}: {first_line(error)}") from error
