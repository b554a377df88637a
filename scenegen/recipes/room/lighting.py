"""Lighting: the hour's sun and sky, or a picture of the catalog in their place, and the lamps of a room.

By day light comes in through the windows and some lamps are on; at dusk the lamps carry the room before blue windows;
by night they alone, in dim rooms a single one. The light at a window stands in for the sky's, which few paths would
find: it hangs 6 cm inside the wall's face.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.record import AssetRecord, EnvironmentRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.environments import Outlook, draw_outlook
from scenegen.recipes.light.bulbs import bulb_lights
from scenegen.recipes.light.hours import Hour, draw_hour, draw_hour_name, opening_light
from scenegen.recipes.light.lamps import Lit, draw_lit
from scenegen.recipes.light.sun import sun
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Opening, Shape
from schemas.geometry import Vec3, aimed, pose
from schemas.recipe_specs import HourName
from schemas.scene_plan import Light, Sky, flat

SHARES: Mapping[HourName, float] = {"day": 0.46, "overcast": 0.14, "dusk": 0.25, "night": 0.15}
"""Of rooms whose spec names none."""
_WINDOW_LIGHT_IN_M = 0.06
_SUN_W_M2 = 11.0
"""Of the sun beside a picture that has it."""
_LIT_BY_DAY, _LIT_IN_THE_DARK = 0.4, 0.85
"""Share of the lamps that are on."""
_DIM = 0.45
"""Share of the nights in which one lamp is on alone."""
_STRAY_W = 0.25
"""Of light that a room gets through its door."""
_MOST_CEILING = 4
_DOWN: Vec3 = (0.0, 0.0, -1.0)


@dataclass(frozen=True)
class Daytime:
    """The hour of a room, and the sun as it shines in."""

    hour: Hour
    sun: Light | None
    sun_elevation_rad: float

    @property
    def is_dark(self) -> bool:
        """Whether the lamps carry the room."""
        return self.hour.is_dark


def plan_daytime(rng: np.random.Generator, shape: Shape, hours: Mapping[HourName, float]) -> Daytime:
    """Returns an hour at which, mostly, the sun shines into the room through the main window."""
    name, off_rad = draw_hour_name(rng, hours or SHARES), uniform(rng, -0.9, 0.9)
    azimuth_rad = None
    if rng.random() < 0.85 and shape.windows:
        inward = shape.windows[0].wall.inward
        azimuth_rad = math.atan2(-inward[1], -inward[0]) + off_rad
    hour = draw_hour(rng, name, azimuth_rad)
    return Daytime(hour, hour.sun, hour.sky.sun_elevation_rad)


def plan_outlook(
    rng: np.random.Generator, daytime: Daytime, environments: Mapping[str, EnvironmentRecord]
) -> Outlook | None:
    """Returns what the windows look out on if it is a picture of the catalog."""
    power_w_m2 = daytime.sun.power if daytime.sun else 0.0
    return draw_outlook(rng, environments, daytime.hour.sky, power_w_m2, daytime.hour.name in ("dawn", "dusk"))


def under(daytime: Daytime, outlook: Outlook | None) -> Daytime:
    """Returns the hour with the sun as an outlook has it."""
    if outlook is None:
        return daytime
    up_rad, azimuth_rad = outlook.sun_elevation_rad, daytime.hour.sky.sun_azimuth_rad
    power_w_m2 = daytime.sun.power if daytime.sun else _SUN_W_M2
    shining = sun(up_rad, azimuth_rad, power_w_m2) if outlook.has_sun else None
    return replace(daytime, sun=shining, sun_elevation_rad=up_rad)


def plan_lights(rng: np.random.Generator, shape: Shape, daytime: Daytime, pieces: Sequence[Piece]) -> tuple[Light, ...]:
    """Returns the sun, a light inside each window, one in each bulb that is on, and one at the ceiling."""
    lamps = [piece for piece in pieces if isinstance(piece.thing, AssetRecord) and piece.thing.lights]
    on = _lit_lamps(rng, daytime, lamps)
    windows = [_window_light(rng, window, daytime.hour.sky) for window in shape.windows]
    bulbs = [light for piece, lit in on for light in _bulbs(piece, lit)]
    ceiling = _ceiling_lights(rng, shape, daytime, pieces, [piece for piece, _ in on])
    return (*((daytime.sun,) if daytime.sun else ()), *ceiling, *windows, *bulbs)


def _lit_lamps(rng: np.random.Generator, daytime: Daytime, lamps: Sequence[Piece]) -> list[tuple[Piece, Lit]]:
    """Returns which lamps are on, and how, in the dark at least one."""
    dim, one = rng.random() < _DIM, int(rng.integers(len(lamps))) if lamps else 0
    drawn = [(piece, draw_lit(rng, piece.thing.class_name), rng.random()) for piece in lamps]
    alone = [(piece, lit) for piece, lit, _ in drawn[one : one + 1]]
    if daytime.hour.name == "night" and dim:
        return alone
    share = _LIT_IN_THE_DARK if daytime.is_dark else _LIT_BY_DAY
    on = [(piece, lit) for piece, lit, chance in drawn if chance < share]
    return on or (alone if daytime.is_dark else [])


def _ceiling_lights(
    rng: np.random.Generator, shape: Shape, daytime: Daytime, pieces: Sequence[Piece], on: Sequence[Piece]
) -> list[Light]:
    """Returns a light just under each ceiling lamp, or one under the ceiling of a room that has none.

    By day it is what comes in from elsewhere; in the dark, what a lamp that is on gives beside its bulb. Where others
    are on, next to nothing.
    """
    hung = [piece for piece in pieces if piece.thing.class_name == "ceiling_lamp"][:_MOST_CEILING]
    spots = [(piece.position_m, piece in on) for piece in hung] or [((*shape.middle_m, shape.height_m), not on)]
    lights = []
    for (x, y, low_m), is_on in spots:
        side_m, lit, by_day_w = uniform(rng, 0.5, 0.9), draw_lit(rng, "ceiling_lamp"), uniform(rng, 6.0, 18.0)
        by_night_w = lit.watts if is_on else _STRAY_W
        lights.append(
            Light(
                kind="area",
                light2world=flat(aimed((x, y, low_m - 0.03), _DOWN)),
                power=by_night_w if daytime.is_dark else by_day_w / len(spots),
                color=lit.color,
                size_m=(side_m, side_m),
            )
        )
    return lights


def _window_light(rng: np.random.Generator, window: Opening, sky: Sky) -> Light:
    """Shines in between the curtains."""
    low, high = window.z_m[0] + 0.05, window.z_m[1] - 0.02
    x, y = window.wall.point_m(window.middle_m, _WINDOW_LIGHT_IN_M)
    w_m2, color = opening_light(sky)
    nx, ny = window.wall.inward
    return Light(
        kind="area",
        light2world=flat(aimed((x, y, (low + high) / 2), (nx, ny, 0.0))),
        power=window.width_m * (high - low) * w_m2 * uniform(rng, 0.75, 1.25),
        color=color,
        size_m=(max(window.width_m - 0.3, 0.2), high - low),
    )


def _bulbs(piece: Piece, lit: Lit) -> tuple[Light, ...]:
    assert isinstance(piece.thing, AssetRecord), "only models have bulbs"
    return bulb_lights(piece.thing, pose(piece.position_m, piece.yaw_rad), lit)
