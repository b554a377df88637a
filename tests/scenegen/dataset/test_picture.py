"""Pictures are stored in the spec's format and read back without being told which."""

import numpy as np
import pytest

from scenegen.dataset.jpeg import encode_jpeg
from scenegen.dataset.picture import decode_picture, encode_picture
from scenegen.dataset.png import encode_png
from schemas.errors import DatasetError
from schemas.run_spec import ImageSpec
from schemas.seeds import rng_for

RGB = rng_for(0, "rgb").integers(0, 256, (24, 33, 3)).astype(np.uint8)


def test_the_spec_chooses_format_and_quality() -> None:
    assert encode_picture(RGB, ImageSpec(format="png")) == encode_png(RGB)
    assert encode_picture(RGB, ImageSpec(format="jpeg", jpeg_quality=70)) == encode_jpeg(RGB, 70)


def test_png_comes_back_exactly() -> None:
    np.testing.assert_array_equal(decode_picture(encode_picture(RGB, ImageSpec(format="png"))), RGB)


def test_jpeg_comes_back_nearly() -> None:
    decoded = decode_picture(encode_picture(RGB, ImageSpec(format="jpeg", jpeg_quality=100)))
    assert np.abs(decoded.astype(int) - RGB).max() <= 4


@pytest.mark.parametrize("file", [b"", b"GIF89a", b"\xff\xd8\xff\xe1 another's JPEG"])
def test_what_is_neither_is_refused(file: bytes) -> None:
    with pytest.raises(DatasetError, match="neither a PNG nor a JPEG"):
        decode_picture(file)
