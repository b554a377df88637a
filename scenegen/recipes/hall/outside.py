"""Outside: what is seen through gates and open sides: a yard or the ground below, walls and trees far off."""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.shell import THICK_M
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import draw_facade, draw_road, draw_terrain
from scenegen.recipes.materials.draw import Stuff
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


def _glaze(rng: np.random.Generator, site: Site, body: Span, heading: float) -> None:
    """Adds rows of windows to the side of a building that looks at the hall."""
    low, high = np.array(body[:3]), np.array(body[3:])
    axis = 0 if abs(math.cos(heading)) > 0.5 else 1
    way = -1 if math.cos(heading) + math.sin(heading) > 0 else 1
    face = float(low[axis] if way < 0 else high[axis])
    edges = sorted((face, face + way * 0.03))
    across = 1 - axis
    pitch, wide, tall = uniform(rng, 2.2, 3.6), uniform(rng, 1.0, 1.8), uniform(rng, 1.2, 1.9)
    boxes: list[Span] = []
    for z in np.arange(low[2] + 1.0, high[2] - tall - 0.4, 3.1).tolist():
        for at in np.arange(low[across] + 1.0, high[across] - wide - 0.6, pitch).tolist():
            start, end = [0.0, 0.0, z], [0.0, 0.0, z + tall]
            start[axis], end[axis] = edges
            start[across], end[across] = at, at + wide
            boxes.append(box((start[0], start[1], start[2]), (end[0], end[1], end[2])))
    if boxes:
        dark = Stuff("plastic", ((0.1, 0.12, 0.14), (0.16, 0.2, 0.24)), roughness=(0.05, 0.15)).drawn(rng)
        site.boxes("window", "windows", boxes, dark)


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
        front = box((x - half[0], y - half[1], top), (x + half[0], y + half[1], top + high))
        _glaze(rng, site, front, heading)
    for _ in range(4 if trees else 0):
        tree, u, v = one(rng, trees), uniform(rng, 10.0, 60.0), uniform(rng, -20.0, 20.0)
        spot = start[0] + c * u - s * v, start[1] + s * u + c * v
        radius = max(tree.size_m[:2]) / 2 * 1.45
        if site.is_free_outside(spot, radius):
            site.outside_m.append((*spot, radius))
            site.add(of_record(tree, (*spot, top + 0.001), uniform(rng, -3.0, 3.0)))
