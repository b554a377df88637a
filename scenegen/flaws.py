"""Flaws: what a real camera does to a picture, in the order of light's way: exposure, colour, lens, sensor, file.

Only the picture that a trainer sees has them. Exposure, white balance and vignetting are applied in linear light, taken
from the display's by the sRGB curve; what was white stays white, as in a picture that is edited after it was taken.
"""

import io
from functools import cache

import numpy as np
from jaxtyping import Float32, UInt8
from PIL import Image
from scipy.ndimage import gaussian_filter

from assets_catalog.colors import display, linear
from schemas.flaws import Flaws

_REFERENCE_PX = 1024
"""Blur is given at this width."""
_WARMEST = (1.25, 1.0, 0.72)
"""Of red, green and blue at a warmth of 1; at -1 the inverse."""
_STEPS = 4096


def flawed(rgb: UInt8[np.ndarray, "h w 3"], flaws: Flaws, rng: np.random.Generator) -> UInt8[np.ndarray, "h w 3"]:
    """Returns display-referred sRGB with the flaws; `rng`, of the view's own stream, draws the noise."""
    if flaws == Flaws():
        return rgb
    picture = _exposed(rgb, flaws) if flaws.exposure_ev or flaws.warmth or flaws.vignette else rgb / np.float32(255)
    if flaws.blur_px:
        sigma_px = flaws.blur_px * rgb.shape[1] / _REFERENCE_PX
        picture = gaussian_filter(picture, (sigma_px, sigma_px, 0), mode="nearest", output=np.float32)
    if flaws.noise:
        picture = picture + rng.normal(0.0, flaws.noise, picture.shape).astype(np.float32)
    shown = np.rint(255 * np.clip(picture, 0, 1)).astype(np.uint8)
    return shown if flaws.jpeg_quality is None else _compressed(shown, flaws.jpeg_quality)


def _exposed(rgb: UInt8[np.ndarray, "h w 3"], flaws: Flaws) -> Float32[np.ndarray, "h w 3"]:
    light = _light_of_code()[rgb]
    light *= np.float32(2.0**flaws.exposure_ev)
    light *= np.array([gain**flaws.warmth for gain in _WARMEST], dtype=np.float32)
    height_px, width_px, _ = rgb.shape
    light *= _falloff(height_px, width_px, flaws.vignette)[..., None]
    steps = np.rint(np.clip(light, 0, 1) * np.float32(_STEPS)).astype(np.uint16)
    return _display_of_step()[steps]


def _falloff(height_px: int, width_px: int, vignette: float) -> Float32[np.ndarray, "h w"]:
    """Returns what is left of the light: all in the middle, 1 - vignette in the corners."""
    y, x = np.meshgrid(*(np.linspace(-1, 1, side, dtype=np.float32) for side in (height_px, width_px)), indexing="ij")
    off_axis = (x * x * width_px**2 + y * y * height_px**2) / np.float32(width_px**2 + height_px**2)
    return 1 - np.float32(vignette) * off_axis


@cache
def _light_of_code() -> Float32[np.ndarray, "256"]:
    return linear(np.arange(256) / 255).astype(np.float32)


@cache
def _display_of_step() -> Float32[np.ndarray, "steps"]:
    return display(np.arange(_STEPS + 1) / _STEPS).astype(np.float32)


def _compressed(rgb: UInt8[np.ndarray, "h w 3"], quality: int) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the picture as a phone's JPEG leaves it: colours at half the resolution."""
    file = io.BytesIO()
    Image.fromarray(rgb).save(file, format="JPEG", quality=quality, subsampling="4:2:0")
    return np.array(Image.open(file))
