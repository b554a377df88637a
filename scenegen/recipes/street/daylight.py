"""Daylight: the sun, from low to high, and the sky to it.

Outdoor pictures of a catalog are left out: they end at a horizon of their own, with trees and houses too blurred to
stand behind a street.
"""

import math
from dataclasses import dataclass

import numpy as np

from schemas.geometry import aimed
from schemas.scene_plan import Environment, Light, Sky, flat
from schemas.seeds import rng_for


@dataclass(frozen=True)
class Daylight:
    """What lights a street by day."""

    lights: tuple[Light, ...]
    sky: Sky
    environment: Environment | None = None


def plan_daylight(seed: int) -> Daylight:
    """Returns sun and sky of one scene."""
    sun, sky = _sun_and_sky(rng_for(seed, "sun"))
    return Daylight((sun,), sky)


def _sun_and_sky(rng: np.random.Generator) -> tuple[Light, Sky]:
    """A low sun is weaker and warmer."""
    elevation_rad, azimuth_rad = math.radians(float(rng.uniform(10.0, 65.0))), float(rng.uniform(-math.pi, math.pi))
    away = -math.cos(elevation_rad) * math.cos(azimuth_rad), -math.cos(elevation_rad) * math.sin(azimuth_rad)
    shines = aimed((0.0, 0.0, 30.0), (*away, -math.sin(elevation_rad)))
    high = min(1.0, math.sin(elevation_rad) / math.sin(math.radians(35.0)))
    color = 1.0, 0.78 + 0.18 * high, 0.58 + 0.34 * high
    power = float(rng.uniform(4.0, 6.5)) * (0.45 + 0.55 * high)
    sun = Light(kind="sun", light2world=flat(shines), power=power, color=color)
    return sun, Sky(
        sun_elevation_rad=elevation_rad, sun_azimuth_rad=azimuth_rad, strength=float(rng.uniform(0.25, 0.4))
    )
