"""Outside: what is seen through gates and open sides: a yard or the ground below, walls and trees far off."""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import THICK_M
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.hall.spans import box
from scenegen.recipes.materials import draw_facade, draw_road, draw_terrain
from scenegen.recipes.thing import of_record

_REACH_M = 400.0


def lay_outside(rng: np.random.Generator, site: Site, floor_m: float) -> None:
    """Adds the ground `floor_m` above the hall's floor (negative: below), and what stands on it."""
    (x, y), r, top = site.hall.half_m, _REACH_M, floor_m
    x, y = x + THICK_M + 0.01, y + THICK_M + 0.01
    strips = [
        box((-r, -r, top - 0.5), (-x, r, top)),
        box((x, -r, top - 0.5), (r, r, top)),
        box((-x, -r, top - 0.5), (x, -y, top)),
        box((-x, y, top - 0.5), (x, r, top)),
    ]
    site.boxes("ground", "ground", strips, draw_road(rng) if rng.random() < 0.7 else draw_terrain(rng))
    trees = [tree for tree in site.catalog.of_class("tree") if tree.triangles < 40_000]
    for end, y0, y1, _ in site.gates_m:
        _stand_far(rng, site, 0.0 if end > 0 else math.pi, (end * x, (y0 + y1) / 2), top, trees)
    for side in site.open_sides:
        for along in np.linspace(-0.7, 0.7, 4).tolist():
            _stand_far(rng, site, side * math.pi / 2, (along * x, side * y), top, trees)


def _stand_far(  # noqa: PLR0913, PLR0917 - measures
    rng: np.random.Generator,
    site: Site,
    heading: float,
    start: tuple[float, float],
    top: float,
    trees: list[AssetRecord],
) -> None:
    """Puts a building, and a few trees before it, into one direction."""
    away = uniform(rng, 30.0, 90.0)
    c, s = math.cos(heading), math.sin(heading)
    x, y = start[0] + c * away, start[1] + s * away
    wide, deep, high = uniform(rng, 14.0, 24.0) / 2, uniform(rng, 6.0, 12.0) / 2, uniform(rng, 6.0, 22.0)
    half = (deep, wide) if abs(c) > 0.5 else (wide, deep)
    if site.is_free_outside((x, y), max(half) + 1.0):
        site.outside_m.append((x, y, max(half) + 1.0))
        body = [box((x - half[0], y - half[1], top + 0.001), (x + half[0], y + half[1], top + high))]
        site.boxes("building", "building", body, draw_facade(rng))
    for _ in range(4 if trees else 0):
        tree, u, v = one(rng, trees), uniform(rng, 10.0, 60.0), uniform(rng, -20.0, 20.0)
        spot = start[0] + c * u - s * v, start[1] + s * u + c * v
        radius = max(tree.size_m[:2]) / 2 * 1.45
        if site.is_free_outside(spot, radius):
            site.outside_m.append((*spot, radius))
            site.add(of_record(tree, (*spot, top + 0.001), uniform(rng, -3.0, 3.0)))
