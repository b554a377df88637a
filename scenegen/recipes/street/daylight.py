"""Daylight: the hour of a street, and what is lit at it: the lamps, the windows, the shops.

Outdoor pictures of a catalog are left out: they end at a horizon of their own, with trees and houses too blurred to
stand behind a street.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenegen.recipes.light.hours import draw_hour, draw_hour_name
from scenegen.recipes.street.lamps import lamp_lights
from scenegen.recipes.street.lit import lit_up
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import Thing
from schemas.recipe_specs import HourName
from schemas.scene_plan import Light, Sky
from schemas.seeds import rng_for

SHARES: Mapping[HourName, float] = {"day": 0.5, "overcast": 0.2, "dawn": 0.06, "dusk": 0.12, "night": 0.12}
"""Of streets whose spec names none."""


@dataclass(frozen=True)
class Daylight:
    """What lights a street, and its things in that light."""

    lights: tuple[Light, ...]
    sky: Sky
    things: Sequence[Thing]


def plan_daylight(seed: int, site: Site, hours: Mapping[HourName, float]) -> Daylight:
    """Returns the light of one scene; a street whose lamps have no bulbs has no night."""
    lamps = lamp_lights(rng_for(seed, "bulbs"), site)
    shares = hours or {name: share for name, share in SHARES.items() if name != "night" or lamps}
    hour = draw_hour(rng_for(seed, "sun"), draw_hour_name(rng_for(seed, "hour"), shares))
    things = lit_up(rng_for(seed, "lit windows"), site.things, hour.name)
    sun = (hour.sun,) if hour.sun else ()
    return Daylight((*sun, *lamps) if hour.is_dark else sun, hour.sky, things)
