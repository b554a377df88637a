"""Pictures of others: PNG and JPEG by Pillow, once their header says that they may be decoded."""

from pathlib import Path

import numpy as np
from jaxtyping import Shaped, UInt8
from PIL import Image

from assets_catalog.pictures import decoded_map
from scenegen.ingest.files import content_of
from scenegen.ingest.ingester import MOST_PIXELS, FrameError
from schemas.errors import AssetError

_OF_8_BITS = ("RGB", "RGBA", "L", "P")


def picture(path: Path, what: str) -> UInt8[np.ndarray, "h w 3"]:
    """Returns a picture of 8 bits a channel, without its alpha; raises FrameError."""
    found = _decoded(path, what)
    if found.mode not in _OF_8_BITS:
        raise FrameError(f"{what} is no picture of 8 bits a channel", found.mode)
    return np.array(found.convert("RGB"))


def numbers(path: Path, what: str) -> Shaped[np.ndarray, "h w"]:
    """Returns a PNG of one whole number a pixel, such as 16 bits of depth or an index; raises FrameError."""
    found = _decoded(path, what)
    pixels = np.array(found)
    if pixels.ndim != 2 or pixels.dtype.kind not in "ui":
        raise FrameError(f"{what} must have one whole number a pixel", found.mode)
    return pixels


def _decoded(path: Path, what: str) -> Image.Image:
    try:
        found = decoded_map(content_of(path, what), what)
    except AssetError as error:
        raise FrameError(f"{what} can't be used", str(error)) from error
    if found.width * found.height > MOST_PIXELS:
        raise FrameError(f"{what} is too large", f"{found.width} x {found.height} pixels, may be {MOST_PIXELS}")
    return found
