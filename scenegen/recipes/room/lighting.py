"""Lighting: sun and sky, or a picture of the catalog in their place, lamps where the assets' bulbs are, a soft fill.

By day the sun stands higher and outshines the lamps; in the evening it is low and warm, and the lamps carry the room.
The light at a window stands in for the sky's, which few paths would find: it hangs 6 cm inside the wall's face.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.record import AssetRecord, EnvironmentRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.environments import Outlook, draw_outlook
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Opening, Shape
from schemas.geometry import aimed
from schemas.scene_plan import Light, Sky, flat
from schemas.surface import Color

_WINDOW_LIGHT_IN_M = 0.06
_CANDLE_SHARE = 0.06
_SUN_W_M2 = {True: (2.5, 5.0), False: (11.0, 19.0)}
"""Of the sun, in the evening or not."""


@dataclass(frozen=True)
class Daytime:
    """The hour: where the sun is, and how the lights share the work."""

    evening: bool
    sun_elevation_rad: float
    sun_azimuth_rad: float
    sun_shines: bool = True


def plan_daytime(rng: np.random.Generator, shape: Shape) -> Daytime:
    """Returns an hour at which, mostly, the sun shines into the room through the main window."""
    evening = bool(rng.random() < 0.3)
    elevation_deg = uniform(rng, 15.0, 24.0) if evening else uniform(rng, 22.0, 50.0)
    inward = shape.windows[0].wall.inward
    outward_rad = math.atan2(-inward[1], -inward[0])
    off_rad = uniform(rng, -0.9, 0.9) if rng.random() < 0.85 else uniform(rng, -math.pi, math.pi)
    return Daytime(evening, math.radians(elevation_deg), outward_rad + off_rad)


def plan_sky(rng: np.random.Generator, daytime: Daytime) -> Sky:
    """Returns the sky of the hour."""
    return Sky(
        sun_elevation_rad=daytime.sun_elevation_rad,
        sun_azimuth_rad=daytime.sun_azimuth_rad,
        strength=uniform(rng, 0.12, 0.2) if daytime.evening else uniform(rng, 0.35, 0.6),
    )


def plan_outlook(
    rng: np.random.Generator, daytime: Daytime, sky: Sky, environments: Mapping[str, EnvironmentRecord]
) -> Outlook | None:
    """Returns what the windows look out on if it is a picture of the catalog."""
    sun_w_m2 = sum(_SUN_W_M2[daytime.evening]) / 2
    return draw_outlook(rng, environments, sky, sun_w_m2, daytime.evening)


def under(daytime: Daytime, outlook: Outlook | None) -> Daytime:
    """Returns the hour with the sun as an outlook has it."""
    if outlook is None:
        return daytime
    return replace(daytime, sun_elevation_rad=outlook.sun_elevation_rad, sun_shines=outlook.has_sun)


def plan_lights(rng: np.random.Generator, shape: Shape, daytime: Daytime, pieces: Sequence[Piece]) -> tuple[Light, ...]:
    """Returns the sun, a fill at the ceiling, a light inside each window and one in each bulb."""
    lamps = [light for piece in pieces for light in _bulbs(rng, piece, daytime)]
    windows = [_window_light(rng, window, daytime) for window in shape.windows]
    sun = _sun(rng, daytime)
    return (*((sun,) if daytime.sun_shines else ()), _fill(rng, shape, daytime, pieces), *windows, *lamps)


def _sun(rng: np.random.Generator, daytime: Daytime) -> Light:
    up = math.sin(daytime.sun_elevation_rad)
    flat_part = math.cos(daytime.sun_elevation_rad)
    x, y = flat_part * math.cos(daytime.sun_azimuth_rad), flat_part * math.sin(daytime.sun_azimuth_rad)
    warm: Color = (1.0, 0.86, 0.7) if daytime.evening else (1.0, 0.96, 0.9)
    power = uniform(rng, *_SUN_W_M2[daytime.evening])
    return Light(kind="sun", light2world=flat(aimed((0.0, 0.0, 10.0), (-x, -y, -up))), power=power, color=warm)


def _fill(rng: np.random.Generator, shape: Shape, daytime: Daytime, pieces: Sequence[Piece]) -> Light:
    """Hangs just under the ceiling lamp, or under the ceiling."""
    lamp = next((piece for piece in pieces if piece.thing.class_name == "ceiling_lamp"), None)
    x, y, low_m = lamp.position_m if lamp else (0.0, 0.0, shape.height_m)
    side_m = uniform(rng, 0.5, 0.9)
    return Light(
        kind="area",
        light2world=flat(aimed((x, y, low_m - 0.03), (0.0, 0.0, -1.0))),
        power=uniform(rng, 30.0, 60.0) if daytime.evening else uniform(rng, 9.0, 24.0),
        color=_warm_white(rng),
        size_m=(side_m, side_m),
    )


def _window_light(rng: np.random.Generator, window: Opening, daytime: Daytime) -> Light:
    """Shines in between the curtains, about 24 W for each square metre of window by day."""
    low, high = window.z_m[0] + 0.05, window.z_m[1] - 0.02
    x, y = window.wall.point_m(window.middle_m, _WINDOW_LIGHT_IN_M)
    area_m2 = window.width_m * (high - low)
    share = 0.4 if daytime.evening else 1.0
    nx, ny = window.wall.inward
    return Light(
        kind="area",
        light2world=flat(aimed((x, y, (low + high) / 2), (nx, ny, 0.0))),
        power=share * area_m2 * uniform(rng, 17.0, 30.0),
        color=(0.94, 0.93, 0.92) if daytime.evening else (0.92, 0.96, 1.0),
        size_m=(max(window.width_m - 0.3, 0.2), high - low),
    )


def _bulbs(rng: np.random.Generator, piece: Piece, daytime: Daytime) -> list[Light]:
    """Returns a point light for each bulb of a lamp; by day some lamps are off."""
    if not isinstance(piece.thing, AssetRecord) or not piece.thing.lights:
        return []
    if not daytime.evening and rng.random() < 0.35:
        return []
    watts = uniform(rng, 12.0, 25.0) if daytime.evening else uniform(rng, 5.0, 12.0)
    watts *= _CANDLE_SHARE if piece.thing.class_name == "candle" else 1.0
    return [
        Light(
            kind="point",
            light2world=flat(aimed(piece.world_m(bulb.position_m), (0.0, 0.0, -1.0))),
            power=watts / len(piece.thing.lights),
            color=bulb.color,
            size_m=(bulb.diameter_m / 2, bulb.diameter_m / 2),
        )
        for bulb in piece.thing.lights
    ]


def _warm_white(rng: np.random.Generator) -> Color:
    """Returns about 2900 to 4500 K."""
    warm = uniform(rng, 0.0, 1.0)
    return 1.0, 0.96 - 0.08 * warm, 0.9 - 0.2 * warm
