"""Radiance pictures: values by the format's own formula, and nothing damaged passes."""

import numpy as np
import pytest

from assets_catalog.sources.hdri.rgbe import read_rgbe
from schemas.errors import AssetError

HEADER = b"#?RADIANCE\n# by hand\nFORMAT=32-bit_rle_rgbe\n%s\n-Y %d +X %d\n"


def pixels(height_px: int = 4, width_px: int = 16) -> np.ndarray:
    """Returns bytes with long and short runs, and none that look like old runs."""
    rng = np.random.default_rng(0)
    drawn = rng.integers(2, 255, (height_px, width_px, 4), dtype=np.uint8)
    drawn[:, 3:11] = 77
    drawn[..., 3] = rng.integers(120, 136, (height_px, width_px))
    return drawn


def coded_plane(plane: bytes) -> bytes:
    """Returns a channel of a row in runs of two and more, and copies."""
    coded, at = b"", 0
    while at < len(plane):
        run = 1
        while at + run < len(plane) and plane[at + run] == plane[at] and run < 127:
            run += 1
        coded += bytes([128 + run, plane[at]]) if run > 1 else bytes([1, plane[at]])
        at += run
    return coded


def coded(drawn: np.ndarray, stated: bytes = b"") -> bytes:
    height_px, width_px, _ = drawn.shape
    start = b"\2\2" + width_px.to_bytes(2, "big")
    rows = [start + b"".join(coded_plane(row[:, channel].tobytes()) for channel in range(4)) for row in drawn]
    return HEADER % (stated, height_px, width_px) + b"".join(rows)


def plain(drawn: np.ndarray) -> bytes:
    return HEADER % (b"", *drawn.shape[:2]) + drawn.tobytes()


def test_radiance_is_the_mantissas_by_their_common_exponent() -> None:
    drawn = np.zeros((1, 8, 4), dtype=np.uint8)
    drawn[0, 0] = (128, 64, 2, 129)
    drawn[0, 1] = (255, 0, 9, 255)
    drawn[0, 2] = (200, 200, 200, 0)
    found = read_rgbe(plain(drawn))[0]
    assert np.allclose(found[0], np.array([128.5, 64.5, 2.5]) / 128)
    assert found[1, 0] == np.float32(255.5 * 2.0**119)
    assert not found[2:].any()


def test_runs_and_plain_rows_hold_the_same() -> None:
    assert np.array_equal(read_rgbe(coded(pixels())), read_rgbe(plain(pixels())))
    assert read_rgbe(coded(pixels())).shape == (4, 16, 3)


def test_exposures_are_taken_out() -> None:
    twice = coded(pixels(), b"EXPOSURE=2.0\nEXPOSURE= 4\n")
    assert np.allclose(read_rgbe(twice) * 8.0, read_rgbe(coded(pixels())))


def test_a_file_that_is_cut_short_is_refused_wherever() -> None:
    for sound in (coded(pixels()), plain(pixels())):
        for length in range(len(sound)):
            with pytest.raises(AssetError):
                read_rgbe(sound[:length])


@pytest.mark.parametrize(
    ("damaged", "reason"),
    [
        (coded(pixels()) + b"more", "4 bytes after its last row"),
        (coded(pixels()).replace(b"-Y 4 +X 16", b"+Y 4 +X 16"), "-Y height"),
        (coded(pixels()).replace(b"-Y 4 +X 16", b"-Y 4 +X 17"), "not as wide"),
        (coded(pixels()).replace(b"-Y 4 +X 16", b"-Y 4000000 +X 8000000"), "at most 8192"),
        (coded(pixels()).replace(b"rgbe", b"xyze"), "FORMAT"),
        (coded(pixels(), b"EXPOSURE=nothing\n"), "EXPOSURE"),
        (coded(pixels(), b"EXPOSURE=0\n"), "EXPOSURE"),
        (HEADER % (b"", 1, 8) + b"\2\2\0\x08\x89\x01" + b"\x88\x01" * 3, "beyond its row"),
        (plain(np.ones((1, 8, 4), np.uint8)), "old kind of runs"),
        (b"#?RADIANCE\n" + b"x" * 20000, "no end"),
        (b"\x89PNG", "not a Radiance picture"),
    ],
)
def test_what_is_off_is_refused_with_the_reason(damaged: bytes, reason: str) -> None:
    with pytest.raises(AssetError, match=reason):
        read_rgbe(damaged)
