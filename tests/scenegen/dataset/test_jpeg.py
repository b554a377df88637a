"""JPEG files come close to the pixels, without chroma subsampling, and show every damage."""

import io
import struct
import zlib

import numpy as np
import pytest
from jaxtyping import UInt8
from PIL import Image

from scenegen.dataset.jpeg import decode_jpeg, encode_jpeg
from schemas.errors import DatasetError
from schemas.seeds import rng_for

RED_AND_BLUE = np.tile(np.array([[255, 0, 0], [0, 0, 255]], np.uint8), (16, 8, 1))
"""Columns of one pixel each, which subsampled chroma would mix."""


def noise(height_px: int, width_px: int) -> UInt8[np.ndarray, "h w 3"]:
    return rng_for(0, "rgb").integers(0, 256, (height_px, width_px, 3)).astype(np.uint8)


def with_comment(jpeg: bytes) -> bytes:
    """Returns a JPEG of any kind with the comment that ours carry."""
    crc = f"{zlib.crc32(jpeg):08x}".encode()
    return jpeg[:20] + b"\xff\xfe\x00\x10crc32 " + crc + jpeg[20:]


def test_round_trip_comes_close_and_its_array_is_writable() -> None:
    column, row = np.meshgrid(np.arange(70), np.arange(50))
    rgb = np.stack([column, row, 100 + column + row], axis=-1).astype(np.uint8)
    decoded = decode_jpeg(encode_jpeg(rgb, 95))
    assert np.abs(decoded.astype(int) - rgb).max() <= 4
    decoded[0, 0] = 0


def test_colours_are_not_mixed_between_neighbouring_pixels() -> None:
    decoded = decode_jpeg(encode_jpeg(RED_AND_BLUE, 95))
    assert np.abs(decoded.astype(int) - RED_AND_BLUE).max() <= 20


def test_equal_pixels_give_equal_bytes() -> None:
    rgb = noise(24, 33)
    assert encode_jpeg(rgb, 90) == encode_jpeg(np.asfortranarray(rgb), 90)


def test_a_higher_quality_comes_closer() -> None:
    rgb = noise(32, 32)
    errors = [np.abs(decode_jpeg(encode_jpeg(rgb, quality)).astype(int) - rgb).mean() for quality in (1, 50, 95, 100)]
    assert errors == sorted(errors, reverse=True)


def test_any_reader_reads_the_same_pixels() -> None:
    jpeg = encode_jpeg(noise(24, 33), 90)
    np.testing.assert_array_equal(np.array(Image.open(io.BytesIO(jpeg))), decode_jpeg(jpeg))


def test_every_flipped_bit_is_noticed() -> None:
    jpeg = encode_jpeg(noise(8, 8), 50)
    for bit in range(8 * len(jpeg)):
        damaged = bytearray(jpeg)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DatasetError):
            decode_jpeg(bytes(damaged))


def test_every_truncation_is_noticed() -> None:
    jpeg = encode_jpeg(noise(24, 33), 50)
    for length in range(len(jpeg)):
        with pytest.raises(DatasetError):
            decode_jpeg(jpeg[:length])


@pytest.mark.parametrize(("mode", "options"), [("L", {}), ("CMYK", {}), ("RGB", {"progressive": True})])
def test_other_forms_are_refused(mode: str, options: dict[str, bool]) -> None:
    file = io.BytesIO()
    Image.new(mode, (16, 16)).save(file, format="JPEG", **options)
    with pytest.raises(DatasetError, match="JPEG"):
        decode_jpeg(with_comment(file.getvalue()))


def test_a_bomb_is_refused_by_its_header() -> None:
    jpeg = bytearray(encode_jpeg(noise(16, 16), 50))
    size_at = jpeg.index(b"\xff\xc0") + 5
    jpeg[size_at : size_at + 4] = struct.pack(">HH", 60_000, 50_000)
    bare = bytes(jpeg[:20] + jpeg[38:])
    with pytest.raises(DatasetError, match="50000 x 60000"):
        decode_jpeg(with_comment(bare))
