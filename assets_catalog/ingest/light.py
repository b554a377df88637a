"""Light of an environment: its mean, its brightest place and the contrast of both, each pixel by its solid angle.

Equirectangular: row 0 looks straight up, the middle column along world +x, columns to the left of it toward +y.
"""

import math
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from assets_catalog.colors import LUMINANCE

_NEAR_RAD = math.radians(5.0)
_BRIGHT_SHARE = 0.5


@dataclass(frozen=True)
class Light:
    """What is measured."""

    mean_luminance: float
    contrast: float
    brightest: tuple[float, float]
    """Heading and elevation, radians."""


def measured(radiance: Float32[np.ndarray, "h w 3"]) -> Light:
    """Returns the light of a picture that is not all black."""
    luminance = radiance @ np.array(LUMINANCE, dtype=np.float32)
    solid_angle = solid_angles(*luminance.shape)
    mean = float((luminance.astype(np.float64) * solid_angle).sum() / (4.0 * math.pi))
    return Light(mean, float(luminance.max()) / mean, _brightest(luminance, solid_angle))


def solid_angles(height_px: int, width_px: int) -> Float64[np.ndarray, "h 1"]:
    """Returns the solid angle of a pixel of each row; those of all pixels add up to the sphere."""
    edges = np.cos(np.arange(height_px + 1) * (math.pi / height_px))
    return (-np.diff(edges) * (2.0 * math.pi / width_px))[:, None]


def directions(height_px: int, width_px: int) -> Float64[np.ndarray, "h w 3"]:
    """Returns the world direction of each pixel's centre."""
    elevation = (0.5 - (np.arange(height_px) + 0.5) / height_px) * math.pi
    heading = (0.5 - (np.arange(width_px) + 0.5) / width_px) * 2.0 * math.pi
    level = np.cos(elevation)[:, None]
    upward = np.broadcast_to(np.sin(elevation)[:, None], (height_px, width_px))
    return np.stack([level * np.cos(heading), level * np.sin(heading), upward], axis=-1)


def _brightest(luminance: Float32[np.ndarray, "h w"], solid_angle: Float64[np.ndarray, "h 1"]) -> tuple[float, float]:
    """Returns the middle of the bright pixels around the brightest: the sun covers several."""
    toward = directions(*luminance.shape)
    row, column = np.unravel_index(int(luminance.argmax()), luminance.shape)
    near = toward @ toward[row, column] > math.cos(_NEAR_RAD)
    bright = near & (luminance >= _BRIGHT_SHARE * luminance[row, column])
    weights = np.where(bright, luminance * solid_angle, 0.0)
    x, y, z = np.tensordot(weights, toward, axes=2).tolist()
    return math.atan2(y, x), math.atan2(z, math.hypot(x, y))
