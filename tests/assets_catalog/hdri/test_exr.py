"""EXR files of others: read whole or refused."""

import io
import os
from collections.abc import Callable
from typing import Any

import numpy as np
import OpenEXR
import pytest

from assets_catalog.sources.hdri.exr import read_exr
from schemas.errors import AssetError

LOSSLESS = ("NO", "RLE", "ZIPS", "ZIP", "PIZ")


def light(height_px: int = 32, width_px: int = 64) -> np.ndarray:
    """Returns a smooth picture with a bright spot and a negative pixel."""
    rows, columns = np.mgrid[:height_px, :width_px]
    picture = np.stack([2 + np.sin(columns / 9), 2 + np.cos(rows / 7), rows * columns / 500], axis=-1)
    picture[3, 5], picture[4, 4] = 30000.0, -3894.0
    return picture.astype(np.float32)


def file_of(channels: dict[str, Any], compression: str = "ZIP", **header: Any) -> bytes:
    buffer = io.BytesIO()
    kinds = {"compression": getattr(OpenEXR, f"{compression}_COMPRESSION"), "type": OpenEXR.scanlineimage}
    OpenEXR.File(kinds | header, channels, num_threads=1).write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("compression", LOSSLESS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_light_comes_as_it_was_stored(compression: str, dtype: type) -> None:
    stored: np.ndarray = light().astype(dtype)
    assert np.array_equal(read_exr(file_of({"RGB": stored}, compression)), stored.astype(np.float32))


def test_alpha_is_left_out_and_grey_is_grey() -> None:
    with_alpha = np.concatenate([light(), np.ones((32, 64, 1), np.float32)], axis=-1)
    assert np.array_equal(read_exr(file_of({"RGBA": with_alpha})), light())
    assert np.array_equal(read_exr(file_of({"Y": light()[..., 0].copy()})), light()[..., [0, 0, 0]])


@pytest.mark.parametrize("compression", ["ZIP", "ZIPS"])
def test_no_flipped_bit_of_the_pixels_passes(compression: str, capfd: pytest.CaptureFixture[str]) -> None:
    """ZIP has a checksum; what OpenEXR prints of it becomes the reason, and nobody else sees it."""
    sound = file_of({"RGB": light()}, compression)
    rng = np.random.default_rng(0)
    for at in rng.integers(len(sound) // 2, len(sound), 40):
        damaged = bytearray(sound)
        damaged[at] ^= 1 << int(rng.integers(8))
        with pytest.raises(AssetError, match="not a sound EXR"):
            read_exr(bytes(damaged))
    assert capfd.readouterr() == ("", "")


def test_what_openexr_only_says_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    class Talking(OpenEXR.File):  # type: ignore[misc]
        def __init__(self, *args: Any, **how: Any) -> None:
            super().__init__(*args, **how)
            os.write(2, b"<python_buffer>: (EXR_ERR_CORRUPT_CHUNK) Unable to decompress\n")

    sound = file_of({"RGB": light()})
    monkeypatch.setattr(OpenEXR, "File", Talking)
    with pytest.raises(AssetError, match=r"not a sound EXR: \(EXR_ERR_CORRUPT_CHUNK\) Unable to decompress"):
        read_exr(sound)


def test_a_file_that_is_cut_short_is_refused_wherever() -> None:
    sound = file_of({"RGB": light()})
    for length in [0, 3, 8, 100, 300, *range(360, len(sound), 700), len(sound) - 1]:
        with pytest.raises(AssetError):
            read_exr(sound[:length])


def test_a_header_that_claims_too_much_is_refused_before_its_pixels_are_sought() -> None:
    window = np.array([0, 0, 63, 31], dtype="<i4").tobytes()
    huge = np.array([0, 0, 2**20 - 1, 2**19 - 1], dtype="<i4").tobytes()
    claiming = file_of({"RGB": light()}).replace(window, huge)
    with pytest.raises(AssetError, match="1048576 x 524288 pixels, at most 8192"):
        read_exr(claiming)


def test_a_cropped_picture_is_refused() -> None:
    window = np.array([0, 0, 63, 31], dtype="<i4").tobytes()
    larger = np.array([0, 0, 127, 63], dtype="<i4").tobytes()
    head, tail = file_of({"RGB": light()}).split(b"displayWindow")
    with pytest.raises(AssetError, match="cropped"):
        read_exr(head + b"displayWindow" + tail.replace(window, larger, 1))


def two_parts() -> bytes:
    header = {"type": OpenEXR.scanlineimage}
    buffer = io.BytesIO()
    OpenEXR.File([OpenEXR.Part(header | {"name": name}, {"RGB": light()}, name) for name in "ab"]).write(buffer)
    return buffer.getvalue()


WIDE = (0.713, 0.293, 0.165, 0.83, 0.128, 0.044, 0.32168, 0.33767)
ADAPTED = (0.6484, 0.3309, 0.3212, 0.5979, 0.1559, 0.0661, 0.3457, 0.3585)


def test_a_wide_colour_space_is_refused_and_another_white_is_not() -> None:
    read_exr(file_of({"RGB": light()}, chromaticities=ADAPTED))
    with pytest.raises(AssetError, match="linear sRGB"):
        read_exr(file_of({"RGB": light()}, chromaticities=WIDE))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (lambda: b"no picture at all" * 99, "not a sound EXR"),
        (two_parts, "2 parts, must have one"),
        (lambda: file_of({"Z": light()[..., 0].copy()}), "channels Z, must have R, G, B, or Y"),
        (lambda: file_of({"Y": np.ones((32, 64), np.uint32)}), "uint32"),
        (lambda: file_of({f"c{number}": light()[..., 0].copy() for number in range(9)}), "9 channels"),
    ],
)
def test_other_kinds_are_refused_with_the_reason(content: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(AssetError, match=reason):
        read_exr(content())
