"""JPEG: 8-bit RGB without chroma subsampling, deterministic; the form of input pictures where size counts most.

JFIF as libjpeg writes it, with a comment right after the JFIF segment, "crc32 " and eight hex digits: the CRC-32 of
all other bytes of the file, since JPEG itself has no checksum. https://www.w3.org/Graphics/JPEG/itu-t81.pdf

Edges: decoding verifies that CRC, and looks at the size before it inflates anything.
"""

import io
import zlib

import numpy as np
from jaxtyping import UInt8
from PIL import Image

from schemas.errors import DatasetError
from schemas.ranges import MAX_SIDE_PX

SIGNATURE = b"\xff\xd8\xff\xe0"
_COMMENT_AT = 20
"""Start of image, two bytes, and the JFIF segment, eighteen."""
_COMMENT_START = b"\xff\xfe\x00\x10crc32 "
_REST_AT = _COMMENT_AT + len(_COMMENT_START) + 8
_BASELINE = 0xC0
_SCAN = 0xDA


def encode_jpeg(rgb: UInt8[np.ndarray, "h w 3"], quality: int) -> bytes:
    """Returns the picture as a JPEG file of libjpeg's `quality`, 1 to 100; equal pixels give equal bytes."""
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, format="JPEG", quality=quality, subsampling="4:4:4")
    jpeg = file.getvalue()
    start, rest = jpeg[:_COMMENT_AT], jpeg[_COMMENT_AT:]
    return start + _comment(start, rest) + rest


def decode_jpeg(jpeg: bytes) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the pixels of a JPEG that `encode_jpeg` wrote, in an array of its own; DatasetError where it is off."""
    if not jpeg.startswith(SIGNATURE):
        raise DatasetError(f"not a JPEG of ours: begins with {jpeg[:8]!r}")
    if jpeg[_COMMENT_AT:_REST_AT] != _comment(jpeg[:_COMMENT_AT], jpeg[_REST_AT:]):
        raise DatasetError("JPEG does not match the CRC in its comment")
    _check_frame(_frame(jpeg))
    try:
        return np.array(Image.open(io.BytesIO(jpeg), formats=["JPEG"]))
    except (OSError, SyntaxError, ValueError) as error:
        raise DatasetError(f"JPEG pixels can't be decoded: {error}") from error


def _comment(start: bytes, rest: bytes) -> bytes:
    return _COMMENT_START + f"{zlib.crc32(rest, zlib.crc32(start)):08x}".encode()


def _frame(jpeg: bytes) -> bytes:
    """Returns the content of the baseline frame's header: precision, height, width, components."""
    at = _COMMENT_AT
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != _SCAN:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if jpeg[at + 1] == _BASELINE:
            return jpeg[at + 4 : end]
        at = end
    raise DatasetError("JPEG has no baseline frame before its first scan")


def _check_frame(frame: bytes) -> None:
    if len(frame) != 15 or (frame[0], frame[5]) != (8, 3):
        raise DatasetError(f"JPEG's frame header is {frame[:6].hex(' ')}, must be of 8 bits and 3 components")
    height_px, width_px = int.from_bytes(frame[1:3], "big"), int.from_bytes(frame[3:5], "big")
    if not (0 < width_px <= MAX_SIDE_PX and 0 < height_px <= MAX_SIDE_PX):
        raise DatasetError(f"JPEG is {width_px} x {height_px} pixels, a side may have 1 to {MAX_SIDE_PX}")
