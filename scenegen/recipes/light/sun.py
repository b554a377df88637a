"""Sun: its light by how high it stands, beside a clear sky.

Strength: 0.7 ** (air mass ** 0.678) of that above the air (Meinel and Meinel 1976), air mass by Kasten and Young 1989.
Colour: from 2000 K at the horizon to 5600 K.
"""

import math

from scenegen.recipes.light.kelvin import kelvin
from schemas.geometry import aimed
from schemas.scene_plan import Light, flat

_ABOVE_AIR = 80.0
"""W/m2 beside a sky of strength 1: on level ground, the sun gives five times as much as the sky, 40 degrees high."""
_HEIGHT_M = 30.0


def sun_w_m2(elevation_rad: float) -> float:
    """Returns what a plane that faces the sun gets in clear air, beside a sky of strength 1; 0 below the horizon."""
    if elevation_rad <= 0:
        return 0.0
    degrees = math.degrees(elevation_rad)
    air_mass = 1.0 / (math.sin(elevation_rad) + 0.50572 * (degrees + 6.07995) ** -1.6364)
    return float(_ABOVE_AIR * 0.7 ** (air_mass**0.678))


def sun_kelvin(elevation_rad: float) -> float:
    """Returns the colour temperature of the sun, seen through so much air."""
    return 2000.0 + 3600.0 * (1.0 - math.exp(-max(math.degrees(elevation_rad), 0.0) / 11.0))


def sun(elevation_rad: float, azimuth_rad: float, power_w_m2: float) -> Light:
    """Returns the sun's light."""
    level = math.cos(elevation_rad)
    away = -level * math.cos(azimuth_rad), -level * math.sin(azimuth_rad), -math.sin(elevation_rad)
    return Light(
        kind="sun",
        light2world=flat(aimed((0.0, 0.0, _HEIGHT_M), away)),
        power=power_w_m2,
        color=kelvin(sun_kelvin(elevation_rad)),
    )
