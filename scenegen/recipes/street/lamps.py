"""Lamps: where the bulbs of a street's lamps are in the world, for whoever lights it by night."""

from dataclasses import dataclass

from scenegen.recipes.street.site import Site
from schemas.geometry import Vec3
from schemas.surface import Color


@dataclass(frozen=True)
class Bulb:
    """One bulb of a lamp."""

    position_m: Vec3
    color: Color
    diameter_m: float


def bulbs_of(site: Site) -> tuple[Bulb, ...]:
    """Returns the bulbs of all street lamps, as their records have them."""
    bulbs = []
    for lamp in site.lamps:
        for light in lamp.record.lights if lamp.record else ():
            turned, moved = lamp.object2world[:3, :3], lamp.object2world[:3, 3]
            x, y, z = (turned @ light.position_m + moved).tolist()
            bulbs.append(Bulb((x, y, z), light.color, light.diameter_m))
    return tuple(bulbs)
