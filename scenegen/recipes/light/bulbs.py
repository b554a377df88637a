"""Bulbs: a lamp's light at each of the places where its record has a bulb."""

import numpy as np
from jaxtyping import Float64

from assets_catalog.record import AssetRecord
from scenegen.recipes.light.lamps import Lit
from schemas.geometry import Vec3, aimed
from schemas.scene_plan import Light, flat

_DOWN: Vec3 = (0.0, 0.0, -1.0)


def bulb_lights(
    record: AssetRecord, object2world: Float64[np.ndarray, "4 4"], lit: Lit, radius_m: float = 0.0
) -> tuple[Light, ...]:
    """Returns a point light for each bulb; `radius_m`: of a shade that is closed around it, which shines as a whole."""
    lights = []
    for bulb in record.lights:
        x, y, z = (object2world[:3, :3] @ bulb.position_m + object2world[:3, 3]).tolist()
        radius = max(bulb.diameter_m / 2, radius_m)
        lights.append(
            Light(
                kind="point",
                light2world=flat(aimed((x, y, z), _DOWN)),
                power=lit.watts / len(record.lights),
                color=lit.color,
                size_m=(radius, radius),
            )
        )
    return tuple(lights)
