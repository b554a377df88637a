"""An environment's panorama shows its colours where they are, whatever its range."""

import io

import numpy as np
import OpenEXR
import pytest
from jaxtyping import Float32

from scenegen.panorama import panorama
from scenegen.tone import srgb, tone_mapped
from schemas.errors import AssetError


def exr(light: Float32[np.ndarray, "h w 3"]) -> bytes:
    file = io.BytesIO()
    OpenEXR.File({"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}, {"RGB": light}).write(file)
    return file.getvalue()


def sky_and_ground(brightness: float) -> Float32[np.ndarray, "h w 3"]:
    """Returns a blue sky with a bright spot at the right, and brown ground."""
    light = np.empty((32, 64, 3), dtype=np.float32)
    light[:16], light[16:] = (0.2, 0.4, 1.0), (0.1, 0.06, 0.03)
    light[4:6, 48:50] = 1e5
    return light * np.float32(brightness)


@pytest.mark.parametrize("brightness", [1e-3, 1.0, 1e3])
def test_a_panorama_shows_sky_ground_and_sun_at_any_brightness(brightness: float) -> None:
    picture = panorama(exr(sky_and_ground(brightness)), 64)
    assert picture.shape == (32, 64, 3)
    sky, ground, sun = picture[10, 10].astype(int), picture[24, 10].astype(int), picture[4, 48]
    assert sky[2] > sky[1] > sky[0] > 40
    assert ground[0] > ground[1] > ground[2] > 10
    assert sun.min() == 255


def test_a_panorama_is_made_smaller() -> None:
    assert panorama(exr(sky_and_ground(1.0)), 16).shape == (8, 16, 3)


@pytest.mark.parametrize("content", [b"", b"v/1\x01" + bytes(60), b"noise"])
def test_what_is_no_environment_is_told(content: bytes) -> None:
    with pytest.raises(AssetError, match="environment can't be read"):
        panorama(content, 64)


def test_srgb_is_that_of_the_standard_and_survives_what_is_no_number() -> None:
    light = np.array([[[0.0, 0.5, 1.0], [np.nan, np.inf, -1.0], [0.002, 0.18, 7.0]]], dtype=np.float32)
    assert srgb(light).tolist() == [[[0, 188, 255], [0, 255, 0], [7, 118, 255]]]
    assert np.isfinite(tone_mapped(light).astype(float)).all()
