"""Pictures: what the camera saw, stored as PNG or JPEG as the spec says; the first bytes of a file tell which."""

import numpy as np
from jaxtyping import UInt8

from scenegen.dataset import jpeg, png
from scenegen.dataset.jpeg import decode_jpeg, encode_jpeg
from scenegen.dataset.png import decode_png, encode_png
from schemas.errors import DatasetError
from schemas.run_spec import ImageSpec


def encode_picture(rgb: UInt8[np.ndarray, "h w 3"], spec: ImageSpec) -> bytes:
    """Returns the picture as a file of the spec's format; equal pixels give equal bytes."""
    return encode_png(rgb) if spec.format == "png" else encode_jpeg(rgb, spec.jpeg_quality)


def decode_picture(picture: bytes) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the pixels of a picture that `encode_picture` wrote; raises DatasetError where the file is off."""
    if picture.startswith(png.SIGNATURE):
        return decode_png(picture)
    if picture.startswith(jpeg.SIGNATURE):
        return decode_jpeg(picture)
    raise DatasetError(f"neither a PNG nor a JPEG of ours: begins with {picture[:8]!r}")
