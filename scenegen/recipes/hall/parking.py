"""Parking deck: bays with cars on both sides of each lane, columns between, painted lines, open or closed sides."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.lamps import hang_lamps
from scenegen.recipes.hall.markings import arrow, blue_paint, hatching, line, paint, white_paint, yellow_paint
from scenegen.recipes.hall.notices import floor_number
from scenegen.recipes.hall.services import run_services
from scenegen.recipes.hall.shell import PARAPET_M, Grid, build_shell, raise_columns, spread
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.hall.strays import scatter
from scenegen.recipes.hall.wall_things import dress_walls
from scenegen.recipes.materials import draw_concrete
from scenegen.recipes.thing import Thing
from schemas.scene_plan import Light
from schemas.seeds import rng_for

BAY_M = 2.5
_DEEP_M = 5.0
_END_M = 3.0


@dataclass(frozen=True)
class Bays:
    """Rows of bays on both sides of each lane."""

    lanes_m: tuple[float, ...]
    wide_m: float
    """Of a lane with its bays."""
    start_m: float
    count: int

    @property
    def rows(self) -> list[tuple[float, int]]:
        """Returns where bays end at the back (y), and which way they open."""
        return [(lane + side * self.wide_m / 2, -side) for lane in self.lanes_m for side in (-1, 1)]


def fill_parking(seed: int, site: Site) -> tuple[tuple[Light, ...], tuple[float, ...]]:
    """Builds and fills a deck; returns the lamps' lights and the lanes' middles (y)."""
    hall, rng = site.hall, rng_for(seed, "layout")
    half_x, half_y = hall.half_m
    modules = max(int(hall.width_m / 15.0), 1)
    wide = hall.width_m / modules
    lanes = tuple(-half_y + wide * (number + 0.5) for number in range(modules))
    holes = {}
    for name, side in (("south", -1), ("north", 1)):
        if rng.random() < 0.6:
            site.open_sides.append(side)
            edges = spread(-half_x + 0.6, half_x - 0.6, 6.0)
            top = hall.height_m - 0.3
            holes[name] = [(a + 0.2, b - 0.2, PARAPET_M, top) for a, b in pairwise(edges)]
    build_shell(rng_for(seed, "shell"), site, holes)
    beam_m = min(uniform(rng, 0.22, 0.45), hall.height_m - 2.2)
    bays = int((2 * half_x - 2 * _END_M) / BAY_M)
    start = -bays * BAY_M / 2
    every = int(rng.integers(2, 4))
    xs = tuple(start + BAY_M * number for number in range(0, bays + 1, every))
    between = tuple(-half_y + wide * number for number in range(1, modules))
    ys = between or (lanes[0] - wide / 2 + 0.3, lanes[0] + wide / 2 - 0.3)
    grid = Grid((-half_x + 0.3, *xs, half_x - 0.3), ys, uniform(rng, 0.35, 0.55), beam_m)
    inner = Grid(xs, ys, grid.side_m, beam_m)
    raise_columns(rng_for(seed, "columns"), site, inner)
    _band(rng_for(seed, "bands"), site, inner)
    own = Bays(lanes, wide, start, bays)
    _mark(rng_for(seed, "paint"), site, own)
    _park(rng_for(seed, "cars"), site, own)
    dress_walls(rng_for(seed, "walls"), site)
    lights = hang_lamps(rng_for(seed, "lamps"), site, grid, lanes)
    offs = tuple(lane + uniform(rng, 2.2, 3.0) for lane in lanes)
    run_services(rng_for(seed, "services"), site, grid, offs, hall.height_m)
    scatter(rng_for(seed, "strays"), site, [(x, y) for y in lanes for x in (-half_x + 2, half_x - 2)], lanes)
    return lights, lanes


def _band(rng: np.random.Generator, site: Site, grid: Grid) -> None:
    """Paints a band around the columns' feet: yellow, or the deck's colour."""
    if rng.random() < 0.25:
        return
    surface = yellow_paint(rng) if rng.random() < 0.5 else blue_paint(rng)
    low, high, h, t = uniform(rng, 0.0, 0.6) + 0.002, uniform(rng, 1.0, 1.5), grid.side_m / 2, 0.003
    for x in grid.xs_m:
        boxes: list[Span] = []
        for y in grid.ys_m:
            boxes += [box((x + i * h - t, y - h - t, low), (x + i * h + t, y + h + t, high)) for i in (-1, 1)]
            boxes += [box((x - h + t, y + i * h - t, low), (x + h - t, y + i * h + t, high)) for i in (-1, 1)]
        site.boxes("road_marking", "painted band", boxes, surface)


def _mark(rng: np.random.Generator, site: Site, plan: Bays) -> None:
    lanes, wide, start, bays = plan.lanes_m, plan.wide_m, plan.start_m, plan.count
    is_numbered = rng.random() < 0.7
    surface, w = (white_paint if rng.random() < 0.8 else yellow_paint)(rng), 0.05
    for number, (back, way) in enumerate(plan.rows):
        lines = []
        for bay in range(bays + 1):
            x = start + bay * BAY_M
            y0, y1 = sorted((back + way * 0.15, back + way * _DEEP_M))
            lines.append(line((x - w, y0), (x + w, y1)))
        y0, y1 = sorted((back + way * (_DEEP_M + 0.001), back + way * (_DEEP_M + 0.1)))
        if rng.random() < 0.4:
            lines.append(line((start - w, y0), (start + bays * BAY_M + w, y1)))
        paint(site, "parking line", lines, surface)
        if is_numbered:
            spots = [(start + (bay + 0.5) * BAY_M, back + way * (_DEEP_M - 0.35)) for bay in range(bays)]
            first = number * bays + 1
            strips = [each for bay, spot in enumerate(spots) for each in floor_number(first + bay, spot, way)]
            paint(site, "bay numbers", strips, surface)
        if number % 2 == 0:
            for x in np.arange(start + 3.0, -start - 3.0, uniform(rng, 9.0, 16.0)).tolist():
                off = way * (wide / 4 - _DEEP_M / 2)
                middle = lanes[number // 2]
                site.add(
                    arrow((x, middle - off * 0.4), 0.0, surface), arrow((x + 4.5, middle + off * 0.4), math.pi, surface)
                )


def _park(rng: np.random.Generator, site: Site, plan: Bays) -> None:
    """Puts cars into bays, nose or tail first, wheel stops behind, and hatching where none may stand."""
    start, bays = plan.start_m, plan.count
    cars, vans = site.records("car"), site.records("van")
    full, stops, concrete = uniform(rng, 0.5, 0.95), rng.random() < 0.4, draw_concrete(rng, wear=(0.3, 0.8))
    yellow = yellow_paint(rng)
    placed: list[Thing] = []
    for back, way in plan.rows:
        for bay in range(bays):
            x = start + (bay + 0.5) * BAY_M
            drawn = rng.random()
            if drawn < 0.04:
                low, high = sorted((back + way * 0.3, back + way * (_DEEP_M - 0.1)))
                site.add(*hatching((x - BAY_M / 2, low), (x + BAY_M / 2, high), yellow))
                continue
            if stops:
                y = back + way * 0.55
                stop = [box((x - 0.8, y - 0.07, 0.001), (x + 0.8, y + 0.07, 0.1))]
                placed.append(site.boxes("wheel_stop", "wheel stop", stop, concrete))
            if rng.random() > full or not cars:
                continue
            record = one(rng, vans) if vans and rng.random() < 0.12 else one(rng, cars)
            length = record.size_m[1]
            y = back + way * (max(_DEEP_M - length, 0.0) / 2 + length / 2 + uniform(rng, 0.15, 0.35))
            if stops:
                y += way * max(0.66 - abs(abs(y - back) - length / 2), 0.0)
            yaw = (0.0 if rng.random() < 0.5 else math.pi) + uniform(rng, -0.03, 0.03)
            site.stand(rng, record, (x + uniform(rng, -0.12, 0.12), y), yaw, 0.1)
    site.take(*(stop.solid for stop in placed))
