"""Hours: when a scene is seen, and the sun and sky of that hour.

Dusk and dawn go from a sun that stands a few degrees high to one that has set; then the sky is of the strength of the
lamps that are lit below it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.light.sun import sun, sun_w_m2
from schemas.recipe_specs import HOURS, HourName
from schemas.scene_plan import Light, Sky
from schemas.surface import Color

Interval = tuple[float, float]
_ELEVATION_DEG: Mapping[HourName, Interval] = {
    "day": (14.0, 62.0),
    "overcast": (15.0, 55.0),
    "dawn": (-2.0, 11.0),
    "dusk": (-5.0, 7.0),
    "night": (-40.0, -20.0),
}
_STRENGTH: Mapping[HourName, Interval] = {
    "day": (0.25, 0.4),
    "overcast": (0.2, 0.45),
    "dawn": (0.5, 0.9),
    "dusk": (0.6, 1.1),
    "night": (0.5, 1.5),
}
_CLOUDY = 0.6
"""Share of the clear skies that have clouds."""
_MOONLIT, _MOON_W_M2 = 0.5, (0.001, 0.003)
_MOON: Color = (0.86, 0.92, 1.0)
_FAINT_SUN_W_M2 = 0.15
"""A sun of less is left out."""


@dataclass(frozen=True)
class Hour:
    """An hour, with its sky."""

    name: HourName
    sky: Sky
    sun: Light | None
    """By night, the moon. None where it has set, or clouds hide it."""

    @property
    def is_dark(self) -> bool:
        """Whether lamps are lit out of doors."""
        return self.name in ("dusk", "night")


def draw_hour_name(rng: np.random.Generator, shares: Mapping[HourName, float]) -> HourName:
    """Returns an hour by its share; one number from the stream, whatever they are."""
    drawn = float(rng.random())
    names = [name for name in HOURS if name in shares]
    ends = np.cumsum([shares[name] for name in names])
    return names[min(int(np.searchsorted(ends, drawn * ends[-1], side="right")), len(names) - 1)]


def draw_hour(rng: np.random.Generator, name: HourName, azimuth_rad: float | None = None) -> Hour:
    """Returns the hour's sun and sky; `azimuth_rad`: where the sun is, None for anywhere."""
    elevation_rad = math.radians(_within(rng, _ELEVATION_DEG[name]))
    anywhere_rad = float(rng.uniform(-math.pi, math.pi))
    azimuth_rad = anywhere_rad if azimuth_rad is None else azimuth_rad
    strength, haze = _within(rng, _STRENGTH[name]), float(rng.uniform(0.55, 1.0))
    clouds = float(rng.uniform(0.15, 0.75)) if rng.random() < _CLOUDY else 0.0
    sky = Sky(
        sun_elevation_rad=elevation_rad,
        sun_azimuth_rad=azimuth_rad,
        strength=strength,
        weather="overcast" if name == "overcast" else "night" if name == "night" else "clear",
        clouds=clouds if name not in ("overcast", "night") else 0.0,
        variant=int(rng.integers(2**31)),
    )
    if name == "night":
        return Hour(name, sky, _moon(rng, azimuth_rad))
    power_w_m2 = haze * strength * sun_w_m2(elevation_rad)
    shines = sky.weather == "clear" and power_w_m2 > _FAINT_SUN_W_M2
    return Hour(name, sky, sun(elevation_rad, azimuth_rad, power_w_m2) if shines else None)


def _moon(rng: np.random.Generator, azimuth_rad: float) -> Light | None:
    """Returns the moon's light in half of the nights."""
    elevation_rad, power_w_m2, shines = _within(rng, (0.4, 1.0)), _within(rng, _MOON_W_M2), rng.random() < _MOONLIT
    moon = sun(elevation_rad, azimuth_rad, power_w_m2).model_copy(update={"color": _MOON})
    return moon if shines else None


def sky_share(sky: Sky) -> float:
    """Returns how bright a sky is, over a clear one of its strength with the sun 40 degrees high."""
    if sky.weather == "night":
        return 0.0002
    return (
        1.0
        if sky.weather == "overcast"
        else float(np.interp(math.degrees(sky.sun_elevation_rad), _SKY_DEG, _SKY_SHARE))
    )


def opening_light(sky: Sky) -> tuple[float, Color]:
    """Returns what a square metre of window sends in, in watts, and its colour: those of the sky and some ground."""
    low = float(np.interp(math.degrees(sky.sun_elevation_rad), (-4.0, 3.0, 15.0), (1.0, 0.6, 0.0)))
    blue = 0.0 if sky.weather == "overcast" else low
    return _OPENING_W_M2 * sky_share(sky) * sky.strength, (0.92 - 0.32 * blue, 0.96 - 0.2 * blue, 1.0)


_OPENING_W_M2 = 55.0
_SKY_DEG = -8.0, -4.0, -2.0, 0.0, 3.0, 6.0, 10.0, 15.0, 25.0, 40.0, 60.0
_SKY_SHARE = 0.0015, 0.008, 0.03, 0.1, 0.26, 0.4, 0.54, 0.66, 0.83, 1.0, 1.13
"""Of Blender's sky on level ground, by the sun's elevation, over that at 40 degrees: measured."""


def _within(rng: np.random.Generator, interval: Interval) -> float:
    return float(rng.uniform(*interval))
