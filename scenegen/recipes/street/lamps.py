"""Lamps: the light of a street's lamps by night: of one sort, sodium or LED, where their records have bulbs."""

import numpy as np

from scenegen.recipes.light.bulbs import bulb_lights
from scenegen.recipes.light.lamps import Lit, draw_lit
from scenegen.recipes.street.site import Site
from schemas.scene_plan import Light

_SODIUM = 0.3
_SHADE_M = 0.3
"""Radius of a globe, which is closed around its bulb."""
_USUAL_M = 6.0
"""Height of a lamp that gives what is drawn; a lower one gives less."""
_MOST = 24


def lamp_lights(rng: np.random.Generator, site: Site) -> tuple[Light, ...]:
    """Returns a light for each lamp, as many as there may be, the nearest first."""
    drawn = draw_lit(rng, "sodium_street_lamp" if rng.random() < _SODIUM else "led_street_lamp")
    nearest = sorted(site.lamps, key=lambda lamp: float(np.hypot(*lamp.position_m[:2])))
    lights: list[Light] = []
    for lamp in nearest[:_MOST]:
        if lamp.record and lamp.record.lights:
            share = min(1.0, lamp.record.lights[0].position_m[2] / _USUAL_M)
            lights += bulb_lights(lamp.record, lamp.object2world, Lit(share * drawn.watts, drawn.color), _SHADE_M)
    return tuple(lights)
