"""Lamps: rows of fixtures under the ceiling with a light at each, and the daylight that comes in through openings.

A fixture's underside is lit from just below by a light of a few watts that shines upward, since surfaces don't glow.
The light at an opening stands in for the sky's, which few paths would find.
"""

import math
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import PARAPET_M, Grid
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.solid import Vec2
from schemas.geometry import aimed
from schemas.scene_plan import Light, Sky, flat
from schemas.surface import Color

_WHITE = Stuff("plastic", ((0.95, 0.95, 0.94),), roughness=(0.3, 0.4), wear=(0.0, 0.0))
_MOST = 32
_DOWN, _UP = (0.0, 0.0, -1.0), (0.0, 0.0, 1.0)


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
    lights = []
    for spot in spots:
        site.boxes("ceiling_lamp", "fluorescent light", _fixture(spot, size_m, low_m, hall.height_m), surface)
        x, y = spot
        if rng.random() < 0.04:
            continue  # out of order
        lights.append(_area((x, y, low_m - 0.03), _DOWN, watts, color, size_m))
        if hall.near(spot, 22.0):
            lights.append(_area((x, y, low_m - 0.025), _UP, 0.045 * watts, color, size_m))
    return tuple(lights)


def _spots(grid: Grid, lines_m: tuple[float, ...], kind: str) -> list[Vec2]:
    """Returns places of lamps between the beams, on each line."""
    each = 1 if kind == "warehouse" else 2
    xs = [a + (b - a) * (i + 0.5) / each for a, b in zip(grid.xs_m, grid.xs_m[1:], strict=False) for i in range(each)]
    return [(x, y) for y in lines_m for x in xs]


def _fixture(spot: Vec2, size_m: Vec2, low_m: float, ceiling_m: float) -> list[Span]:
    x, y = spot
    hx, hy, top = size_m[0] / 2, size_m[1] / 2, low_m + 0.06
    boxes = [box((x - hx, y - hy, low_m), (x + hx, y + hy, top))]
    rod = 0.006 if ceiling_m - top > 0.12 else 0.05
    for i in (-0.7, 0.7):
        a, b = (x + i * hx, y) if hx > hy else (x, y + i * hy)
        boxes.append(box((a - rod, b - rod, top), (a + rod, b + rod, ceiling_m - 0.001)))
    return boxes


def daylight(rng: np.random.Generator, site: Site) -> Lamps:
    """Returns sun and sky, and a light inside each opening."""
    hall = site.hall
    overcast = rng.random() < 0.35
    elevation_rad, azimuth_rad = math.radians(uniform(rng, 18.0, 60.0)), uniform(rng, -math.pi, math.pi)
    away = -math.cos(elevation_rad) * math.cos(azimuth_rad), -math.cos(elevation_rad) * math.sin(azimuth_rad)
    strength = uniform(rng, 0.1, 0.3)
    sky = Sky(
        sun_elevation_rad=elevation_rad,
        sun_azimuth_rad=azimuth_rad,
        strength=strength,
        weather="overcast" if overcast else "clear",
    )
    cool: Color = (0.93, 0.96, 1.0)
    lights: list[Light] = []
    if not overcast:
        shines = aimed((0.0, 0.0, 30.0), (*away, -math.sin(elevation_rad)))
        lights.append(
            Light(kind="sun", light2world=flat(shines), power=uniform(rng, 2.0, 5.0), color=(1.0, 0.95, 0.88))
        )
    for x0, x1, y0, y1 in site.skylights_m:
        at = (x0 + x1) / 2, (y0 + y1) / 2, hall.height_m - 0.02
        lights.append(_area(at, _DOWN, 30.0 * strength * (x1 - x0) * (y1 - y0), cool, (x1 - x0, y1 - y0)))
    for end, y0, y1, high in site.gates_m:
        at = end * (hall.half_m[0] - 0.05), (y0 + y1) / 2, high / 2
        lights.append(_area(at, (-float(end), 0.0, 0.0), 40.0 * strength * (y1 - y0) * high, cool, (y1 - y0, high)))
    for side in site.open_sides:
        high = hall.height_m - PARAPET_M - 0.3
        at = 0.0, side * (hall.half_m[1] - 0.05), PARAPET_M + high / 2
        lights.append(
            _area(
                at, (0.0, -float(side), 0.0), 25.0 * strength * hall.length_m * high, cool, (hall.length_m * 0.96, high)
            )
        )
    return Lamps(tuple(lights), sky)


def _area(
    at: tuple[float, float, float], toward: tuple[float, float, float], watts: float, color: Color, size_m: Vec2
) -> Light:
    return Light(kind="area", light2world=flat(aimed(at, toward)), power=watts, color=color, size_m=size_m)


def _tint(rng: np.random.Generator) -> Color:
    """Returns about 3500 to 6500 K, or the yellow of sodium lamps, or a greenish old tube."""
    drawn = rng.random()
    if drawn < 0.1:
        return 1.0, 0.84, 0.6
    if drawn < 0.2:
        return 0.95, 1.0, 0.92
    warm = uniform(rng, 0.0, 1.0)
    return 1.0, 0.97 - 0.04 * warm, 0.97 - 0.13 * warm
