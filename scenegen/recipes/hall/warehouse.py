"""Warehouse: rows of racks and aisles, a free part before the gates where goods wait, a forklift, people."""

import math

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.gates import plan_gates
from scenegen.recipes.hall.lamps import hang_lamps
from scenegen.recipes.hall.loads import PALLET_M, Goods, draw_pallet, draw_range, pallet_boxes
from scenegen.recipes.hall.markings import frame, hatching, line, paint, yellow_paint
from scenegen.recipes.hall.notices import label_goods, number_rows
from scenegen.recipes.hall.racks import BAY_M, DEPTH_M, Row, build_row, draw_finish, fill_row, put_goods, put_load
from scenegen.recipes.hall.rolling import pallet_truck
from scenegen.recipes.hall.services import run_services
from scenegen.recipes.hall.shell import Grid, build_shell, raise_columns, spread
from scenegen.recipes.hall.site import OVER_M, Site, one
from scenegen.recipes.hall.spans import of_spans
from scenegen.recipes.hall.strays import scatter
from scenegen.recipes.hall.wall_things import dress_walls
from schemas.geometry import pose
from schemas.scene_plan import Light
from schemas.seeds import rng_for

_FLUE_M, _WALL_M = 0.6, 0.45
_BESIDE_END_M = 3.2


def fill_warehouse(seed: int, site: Site) -> tuple[tuple[Light, ...], tuple[float, ...]]:
    """Builds and fills a warehouse; returns the lamps' lights and the aisles' middles (y)."""
    hall, rng = site.hall, rng_for(seed, "layout")
    half_x, half_y = hall.half_m
    free_m = float(np.clip(0.24 * hall.length_m, 6.5, 14.0))
    gates = plan_gates(rng_for(seed, "gates"), site, free_m)
    rows_y, aisles = _rows(rng, hall.width_m)
    start, end = -half_x + _BESIDE_END_M, half_x - free_m
    bays = max(int((end - start) / (BAY_M + 0.1)), 1)
    beam_m = uniform(rng, 0.3, 0.55)
    inner = [y for y in rows_y if abs(y) < half_y - 0.1]
    between = sorted({round((a + b) / 2, 4) for a, b in zip(inner[1:-1:2], inner[2:-1:2], strict=False)})
    grid = Grid(spread(-half_x + 0.4, half_x - 0.4, 7.5), tuple(between), 0.3, beam_m)
    if hall.height_m > 5.5 and rng.random() < 0.6:
        middles = [(a + b) / 2 for a, b in zip(grid.xs_m, grid.xs_m[1:], strict=False)][::2]
        site.skylights_m += [(x + 1.5, x + 2.9, -0.3 * hall.width_m, 0.3 * hall.width_m) for x in middles]
    build_shell(rng_for(seed, "shell"), site, gates.holes)
    raise_columns(rng_for(seed, "columns"), site, grid)
    gates.build(rng_for(seed, "doors"), site)
    finish, goods = draw_finish(rng), draw_range(rng_for(seed, "goods"))
    top = hall.height_m - beam_m - 1.3
    levels = tuple(float(z) for z in np.arange(uniform(rng, 1.5, 1.95), max(top, 2.0), uniform(rng, 1.45, 1.9)))[:4]
    high = levels[-1] + (1.0 if levels[-1] + 1.0 < hall.height_m - beam_m - 0.1 else 0.1)
    slots, rows = [], []
    for number, y in enumerate(rows_y):
        row = Row(start, bays, y, levels, high)
        rows.append(row)
        beams = build_row(rng_for(seed, "racks", number), site, row, finish)
        slots.append(fill_row(rng_for(seed, "pallets", number), site, row, goods, beams))
    put_goods(rng_for(seed, "wood"), site, slots, finish.pallets)
    number_rows(rng_for(seed, "numbers"), site, rows, DEPTH_M / 2)
    label_goods(rng_for(seed, "labels"), site, (slot for of_row in slots for slot in of_row), PALLET_M[2] + OVER_M)
    dress_walls(rng_for(seed, "walls"), site)
    lights = hang_lamps(rng_for(seed, "lamps"), site, grid, aisles)
    if len(aisles) > 1:
        run_services(rng_for(seed, "services"), site, grid, (aisles[0] + 1.0,), high + 1.0)
    _mark(rng_for(seed, "paint"), site, aisles, (start, row.end_m), free_m)
    _stage(rng_for(seed, "staged"), site, goods, free_m)
    scatter(rng_for(seed, "strays"), site, [(x, y) for y in aisles for x in (start, end)], aisles)
    return lights, aisles


def _rows(rng: np.random.Generator, width_m: float) -> tuple[list[float], tuple[float, ...]]:
    """Returns the middles of rows along the walls and back to back, and of the aisles between."""
    pair, aisle = 2 * DEPTH_M + _FLUE_M, uniform(rng, 2.7, 3.5)
    room = width_m - 2 * (_WALL_M + DEPTH_M)
    pairs = max(int((room - aisle) / (pair + aisle)), 0)
    aisle = (room - pairs * pair) / (pairs + 1)
    rows, aisles, y = [-width_m / 2 + _WALL_M + DEPTH_M / 2], [], -width_m / 2 + _WALL_M + DEPTH_M
    for _ in range(pairs):
        aisles.append(y + aisle / 2)
        y += aisle
        rows += [y + DEPTH_M / 2, y + pair - DEPTH_M / 2]
        y += pair
    aisles.append(y + aisle / 2)
    rows.append(width_m / 2 - _WALL_M - DEPTH_M / 2)
    return rows, tuple(aisles)


def _mark(
    rng: np.random.Generator, site: Site, aisles: tuple[float, ...], run: tuple[float, float], free_m: float
) -> None:
    """Paints the aisles' edges, places for goods, and a hatched zone that stays free."""
    if rng.random() < 0.2:
        return
    surface, half_x = yellow_paint(rng), site.hall.half_m[0]
    wide = uniform(rng, 1.05, 1.25)
    lines = [line((run[0], y + i * wide - 0.05), (run[1], y + i * wide + 0.05)) for y in aisles for i in (-1, 1)]
    x = half_x - free_m
    lines.append(line((x + 1.2, -site.hall.half_m[1] + 1.0), (x + 1.3, site.hall.half_m[1] - 1.0)))
    paint(site, "floor marking", lines, surface)
    at = uniform(rng, -0.6, 0.3) * site.hall.half_m[1]
    low, high = (x + 2.2, at), (min(x + 5.2, half_x - 0.8), at + 2.4)
    paint(site, "floor marking", frame(low, high), surface)
    site.add(*hatching(low, high, surface))


def _stage(rng: np.random.Generator, site: Site, goods: list[Goods], free_m: float) -> None:
    """Puts pallets with goods on the floor before the gates, a few askew, a pile of empty ones, and a pallet truck."""
    half_x, half_y = site.hall.half_m
    wood = [draw_pallet(rng) for _ in range(2)]
    for number in range(int(rng.integers(6, 16))):
        x, y = uniform(rng, half_x - free_m + 1.6, half_x - 1.6), uniform(rng, -half_y + 0.9, half_y - 0.9)
        yaw = float(rng.choice([0.0, math.pi / 2])) + (uniform(rng, -0.25, 0.25) if rng.random() < 0.5 else 0.0)
        empty = rng.random() < 0.25
        layers = int(rng.integers(1, 9)) if empty else 1
        boxes = [each for n in range(layers) for each in pallet_boxes(0.0, 0.0, n * 0.146)]
        thing = of_spans(
            "pallet", "pallet" if layers == 1 else "pile of pallets", pose((x, y, OVER_M), yaw), boxes, one(rng, wood)
        )
        if site.stand_own(thing, 0.12) is None or empty:
            continue
        load = one(rng, goods).load(rng, 1.5)
        put_load(site, load, (0.0, 0.0, 0.144 + 2 * OVER_M), thing, number < 3, pose((x, y, 0.0), yaw))
    for _ in range(2):
        spot = uniform(rng, half_x - free_m, half_x - 1.5), uniform(rng, -half_y + 1.0, half_y - 1.0)
        site.stand_own(pallet_truck(rng, spot, uniform(rng, -3.1, 3.1)), 0.1)
