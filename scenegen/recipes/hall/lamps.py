"""Lamps: rows of fixtures under the ceiling with a light at each, and the daylight that comes in through openings.

A fixture glows, and the light just below it is what lights the hall. The light at an opening stands in for the sky's,
which few paths would find.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import PARAPET_M, Grid
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.light.hours import draw_hour, draw_hour_name, opening_light
from scenegen.recipes.light.lamps import draw_lit
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.solid import Vec2
from schemas.geometry import Vec3, aimed
from schemas.recipe_specs import HourName
from schemas.scene_plan import Light, Sky, flat
from schemas.surface import Color

_WHITE = Stuff("plastic", ((0.95, 0.95, 0.94),), roughness=(0.3, 0.4), wear=(0.0, 0.0))
_HANGER = Stuff("metal", ((0.6, 0.6, 0.6),), roughness=(0.4, 0.5), wear=(0.0, 0.0))
_OLD_TUBE: Color = (0.95, 1.0, 0.92)
_GLOW = 0.06
"""Of a fixture's light, by its area: dimmer than it is, as a picture that shows the hall as well has it."""
_MOST = 32
_OUT_OF_ORDER = 0.04
_THICK_M = 0.06
_DOWN: Vec3 = (0.0, 0.0, -1.0)
_FROM_ABOVE = 0.8
_FAINT_W = 1.0
"""An opening that gives less, as by night, has no light of its own."""
SHARES: Mapping[HourName, float] = {"day": 0.5, "overcast": 0.3, "dusk": 0.08, "night": 0.12}
"""Of halls whose spec names none."""


@dataclass(frozen=True)
class Lamps:
    """What lights a hall."""

    lights: tuple[Light, ...]
    sky: Sky


def hang_lamps(rng: np.random.Generator, site: Site, grid: Grid, lines_m: tuple[float, ...]) -> tuple[Light, ...]:
    """Hangs lamps along each line (a y) between the beams, and returns their lights."""
    hall = site.hall
    drop_m = {"warehouse": uniform(rng, 0.3, 0.9), "shop": uniform(rng, 0.02, 0.5), "parking": 0.04}[hall.kind]
    low_m = hall.height_m - min(drop_m + 0.08, hall.height_m - 2.3)
    color, surface = _tint(rng), _WHITE.drawn(rng)
    across = hall.kind == "warehouse" and rng.random() < 0.3
    size_m = (0.3, 1.5) if across else ((1.5, 0.22) if rng.random() < 0.6 else (1.2, 0.3))
    spots = _spots(grid, lines_m, hall.kind)
    spots = [spot for spot in spots if all(abs(spot[0] - x) > 1.05 for x in site.beams_m)] or spots
    spots = spots or [(0.0, y) for y in lines_m]
    spots = spots[:: math.ceil(len(spots) / _MOST)]
    area_m2 = hall.length_m * hall.width_m
    watts = area_m2 * uniform(rng, 1.3, 2.6) * (hall.height_m / 3.0) ** 0.5 / len(spots)
    glow_w_m2 = _GLOW * watts / (size_m[0] * size_m[1])
    glowing = surface.model_copy(update={"color": color, "glow_w_m2": glow_w_m2})
    lights, hangers = list[Light](), list[Span]()
    for spot in spots:
        x, y = spot
        is_on = rng.random() >= _OUT_OF_ORDER
        site.boxes("ceiling_lamp", "fluorescent light", [_body(spot, size_m, low_m)], glowing if is_on else surface)
        hangers += _hangers(spot, size_m, low_m, hall.height_m)
        if is_on:
            lights.append(_area((x, y, low_m - 0.03), _DOWN, watts, color, size_m))
    site.boxes("ceiling_lamp", "hangers of the lamps", hangers, _HANGER.drawn(rng))
    return tuple(lights)


def _spots(grid: Grid, lines_m: tuple[float, ...], kind: str) -> list[Vec2]:
    """Returns places of lamps between the beams, on each line."""
    each = 1 if kind == "warehouse" else 2
    xs = [a + (b - a) * (i + 0.5) / each for a, b in zip(grid.xs_m, grid.xs_m[1:], strict=False) for i in range(each)]
    return [(x, y) for y in lines_m for x in xs]


def _body(spot: Vec2, size_m: Vec2, low_m: float) -> Span:
    x, y = spot
    hx, hy = size_m[0] / 2, size_m[1] / 2
    return box((x - hx, y - hy, low_m), (x + hx, y + hy, low_m + _THICK_M))


def _hangers(spot: Vec2, size_m: Vec2, low_m: float, ceiling_m: float) -> list[Span]:
    """Returns two rods, or two blocks where the lamp is close to the ceiling."""
    (x, y), (hx, hy), top = spot, (size_m[0] / 2, size_m[1] / 2), low_m + _THICK_M
    rod = 0.006 if ceiling_m - top > 0.12 else 0.05
    middles = [(x + i * hx, y) if hx > hy else (x, y + i * hy) for i in (-0.7, 0.7)]
    return [box((a - rod, b - rod, top), (a + rod, b + rod, ceiling_m - 0.001)) for a, b in middles]


def daylight(rng: np.random.Generator, site: Site, hours: Mapping[HourName, float]) -> Lamps:
    """Returns the hour's sun and sky, and a light inside each opening."""
    hall = site.hall
    hour = draw_hour(rng, draw_hour_name(rng, hours or SHARES))
    w_m2, color = opening_light(hour.sky)
    lights = [hour.sun] if hour.sun else []
    for x0, x1, y0, y1 in site.skylights_m:
        at = (x0 + x1) / 2, (y0 + y1) / 2, hall.height_m - 0.02
        lights.append(_area(at, _DOWN, _FROM_ABOVE * w_m2 * (x1 - x0) * (y1 - y0), color, (x1 - x0, y1 - y0)))
    for end, y0, y1, high in site.gates_m:
        at = end * (hall.half_m[0] - 0.05), (y0 + y1) / 2, high / 2
        lights.append(_area(at, (-float(end), 0.0, 0.0), w_m2 * (y1 - y0) * high, color, (y1 - y0, high)))
    for side in site.open_sides:
        high = hall.height_m - PARAPET_M - 0.3
        at = 0.0, side * (hall.half_m[1] - 0.05), PARAPET_M + high / 2
        size_m = 0.96 * hall.length_m, high
        lights.append(_area(at, (0.0, -float(side), 0.0), 0.6 * w_m2 * hall.length_m * high, color, size_m))
    return Lamps(tuple(light for light in lights if light.kind == "sun" or light.power > _FAINT_W), hour.sky)


def _area(
    at: tuple[float, float, float], toward: tuple[float, float, float], watts: float, color: Color, size_m: Vec2
) -> Light:
    return Light(kind="area", light2world=flat(aimed(at, toward)), power=watts, color=color, size_m=size_m)


def _tint(rng: np.random.Generator) -> Color:
    """Returns the white of fluorescent tubes, or the yellow of sodium lamps, or a greenish old tube."""
    drawn = rng.random()
    if drawn < 0.1:
        return draw_lit(rng, "sodium_street_lamp").color
    return _OLD_TUBE if drawn < 0.2 else draw_lit(rng, "fluorescent_tube").color
