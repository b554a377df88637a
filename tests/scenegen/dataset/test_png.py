"""PNG files hold pixels exactly and show every damage."""

import io
import struct
import zlib

import numpy as np
import pytest
from jaxtyping import UInt8
from PIL import Image

from scenegen.dataset.png import decode_png, encode_png
from schemas.errors import DatasetError
from schemas.seeds import rng_for

RGB = rng_for(0, "rgb").integers(0, 256, (24, 33, 3)).astype(np.uint8)


def test_round_trip_is_exact_and_its_array_is_writable() -> None:
    decoded = decode_png(encode_png(RGB))
    np.testing.assert_array_equal(decoded, RGB)
    decoded[0, 0] = 0


def gradients(height_px: int, width_px: int) -> UInt8[np.ndarray, "h w 3"]:
    column, row = np.meshgrid(np.arange(width_px), np.arange(height_px))
    return np.stack([column + row, 3 * row, 255 - 2 * column + row], axis=-1).astype(np.uint8)


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (9, 1), (2, 2), (61, 47)])
def test_any_reader_reads_the_same_pixels(size: tuple[int, int]) -> None:
    for rgb in (gradients(*size), rng_for(1, "rgb").integers(0, 256, (*size, 3)).astype(np.uint8)):
        read = Image.open(io.BytesIO(encode_png(rgb)))
        assert (read.format, read.mode, read.size) == ("PNG", "RGB", size[::-1])
        np.testing.assert_array_equal(np.array(read), rgb)


def test_the_files_of_other_writers_are_read() -> None:
    for rgb in (gradients(40, 300), RGB):
        file = io.BytesIO()
        Image.fromarray(rgb).save(file, format="PNG")
        np.testing.assert_array_equal(decode_png(file.getvalue()), rgb)


def test_what_neighbours_tell_is_not_stored_again() -> None:
    flat, smooth = np.full((64, 64, 3), 77, np.uint8), gradients(64, 64)
    assert len(encode_png(flat)) < 200
    assert len(encode_png(smooth)) < 0.1 * smooth.size


def test_equal_pixels_give_equal_bytes() -> None:
    assert encode_png(RGB) == encode_png(np.asfortranarray(RGB))


def test_every_flipped_bit_is_noticed() -> None:
    png = encode_png(RGB[:6, :8])
    for bit in range(8 * len(png)):
        damaged = bytearray(png)
        damaged[bit // 8] ^= 1 << bit % 8
        with pytest.raises(DatasetError):
            decode_png(bytes(damaged))


def test_every_truncation_is_noticed() -> None:
    png = encode_png(RGB)
    for length in range(len(png)):
        with pytest.raises(DatasetError):
            decode_png(png[:length])


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "I;16"])
def test_other_pixel_formats_are_refused(mode: str) -> None:
    file = io.BytesIO()
    Image.new(mode, (16, 16)).save(file, format="PNG")
    with pytest.raises(DatasetError, match=r"PNG"):
        decode_png(file.getvalue())


def test_a_bomb_is_refused_by_its_header() -> None:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    with pytest.raises(DatasetError, match="60000 x 60000"):
        decode_png(bomb)
