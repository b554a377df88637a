"""Shop: rows of shelves between the aisles, shelves along the walls, checkouts and a glazed front toward +x."""

import math

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.counters import build_checkouts, build_front, build_fruit
from scenegen.recipes.hall.gondolas import BOARD_M, Gondola, build_gondola, draw_fittings, levels
from scenegen.recipes.hall.lamps import hang_lamps
from scenegen.recipes.hall.notices import dress_ends, strokes_of, tag_shelves
from scenegen.recipes.hall.products import draw_products, put_products, stock
from scenegen.recipes.hall.promotions import promote
from scenegen.recipes.hall.rolling import shopping_cart
from scenegen.recipes.hall.services import run_services
from scenegen.recipes.hall.shell import Grid, build_shell, raise_columns, spread
from scenegen.recipes.hall.site import Site, one
from scenegen.recipes.hall.spans import box
from scenegen.recipes.hall.strays import scatter
from scenegen.recipes.hall.wall_things import dress_walls
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Stuff
from schemas.scene_plan import Light
from schemas.seeds import rng_for

_CROSS_M = 2.4
_FRONT_M = 6.5


def fill_shop(seed: int, site: Site) -> tuple[tuple[Light, ...], tuple[float, ...]]:
    """Builds and fills a shop; returns the lamps' lights and the aisles' middles (y)."""
    hall, rng = site.hall, rng_for(seed, "layout")
    half_x, half_y = hall.half_m
    front = build_front(rng_for(seed, "front"), site)
    rows, aisles = _rows(rng, hall.width_m)
    start, end = -half_x + 2.6, half_x - _FRONT_M
    middle = (start + end) / 2
    parts = [(start, middle - _CROSS_M / 2), (middle + _CROSS_M / 2, end)] if end - start > 12 else [(start, end)]
    beam_m = uniform(rng, 0.2, 0.35)
    xs = (-half_x + 0.3, *((start + end) / 2 + x for x in (-8.0, 0.0, 8.0) if abs(x) < half_x - 3.0), half_x - 0.3)
    grid = Grid(tuple(sorted(xs)), (), 0.36, beam_m)
    build_shell(rng_for(seed, "shell"), site, front.holes)
    if len(parts) > 1:
        raise_columns(rng_for(seed, "columns"), site, Grid((middle,), tuple(rows[::2]), 0.36, beam_m))
    front.build(rng_for(seed, "glazing"), site)
    look, products = draw_fittings(rng), draw_products(rng_for(seed, "products"), site)
    high = min(uniform(rng, 1.35, 2.15), hall.height_m - 0.8)
    boards = []
    runs = [Gondola(a, max(int(b - a), 1), y, (-1, 1), levels(rng, high), high) for y in rows for a, b in parts]
    tall = min(uniform(rng, 1.9, 2.3), hall.height_m - 0.6)
    for side in (-1, 1):
        y = side * (half_y - 0.06)
        runs += [Gondola(a, max(int(b - a), 1), y, (-side,), levels(rng, tall), tall) for a, b in parts]
    cold = int(rng.integers(-1, 2))
    for number, run in enumerate(runs):
        is_cold = cold and run.middle_m * cold > half_y - 1.0
        kind = ("refrigerator", "refrigerated shelf") if is_cold else ("store_shelf", "shop shelf")
        shelf = build_gondola(site, run, look, kind)
        boards += stock(rng_for(seed, "stock", number), site, run, shelf, products, number)
    put_products(rng_for(seed, "goods"), site, boards)
    tag_shelves(rng_for(seed, "tags"), site, runs)
    dress_ends(rng_for(seed, "ends"), site, runs)
    build_checkouts(rng_for(seed, "checkouts"), site, end + 2.6)
    build_fruit(rng_for(seed, "fruit"), site, end + 1.1)
    lines = aisles if len(aisles) > 2 else (*aisles, 0.0)
    dress_walls(rng_for(seed, "walls"), site)
    lights = hang_lamps(
        rng_for(seed, "lamps"), site, Grid(spread(-half_x + 0.3, half_x - 0.3, 5.0), (), 0.36, 0.0), lines
    )
    if hall.height_m > 3.6:
        run_services(rng_for(seed, "services"), site, grid, (aisles[0] + 0.6,), 2.6)
    _signs(rng_for(seed, "signs"), site, aisles, [part[0] + 1.0 for part in parts])
    promote(rng_for(seed, "promotions"), site, runs, aisles, products)
    _carts(rng_for(seed, "carts"), site, aisles, end)
    scatter(rng_for(seed, "strays"), site, [(x, y) for y in aisles for x in (start, end + 1.0)], aisles)
    return lights, aisles


def _rows(rng: np.random.Generator, width_m: float) -> tuple[list[float], tuple[float, ...]]:
    """Returns the middles of free shelves, and of the aisles between."""
    deep, aisle = 2 * BOARD_M + 0.06, uniform(rng, 1.9, 2.8)
    room = width_m - 2 * (BOARD_M + 0.1)
    count = max(int((room - aisle) / (deep + aisle)), 1)
    aisle = (room - count * deep) / (count + 1)
    first = -room / 2 + aisle + deep / 2
    rows = [first + number * (deep + aisle) for number in range(count)]
    return rows, tuple(-room / 2 + aisle / 2 + number * (deep + aisle) for number in range(count + 1))


def _signs(rng: np.random.Generator, site: Site, aisles: tuple[float, ...], xs: list[float]) -> None:
    """Hangs a board over each aisle's ends, from two rods."""
    if site.hall.height_m < 3.3 or rng.random() < 0.25:
        return
    surface = Stuff("plastic", charts.STRONG, roughness=(0.3, 0.5)).drawn(rng)
    low = min(2.5, site.hall.height_m - 0.8)
    ink, first = Stuff("paint", charts.TRIMS[:1], roughness=(0.4, 0.6)).drawn(rng), int(rng.integers(1, 12))
    for number, y in enumerate(aisles):
        for x in xs:
            boxes = [box((x - 0.015, y - 0.6, low), (x + 0.015, y + 0.6, low + 0.35))]
            ends = (low + 0.35, site.hall.height_m - 0.001)
            boxes += [
                box((x - 0.004, y + i * 0.5, ends[0]), (x + 0.004, y + i * 0.5 + 0.008, ends[1])) for i in (-1, 1)
            ]
            board = site.boxes("sign", "hanging sign", boxes, surface)
            strokes = strokes_of(first + number, 0.22)
            faces = [(x + way * 0.0154, way) for way in (-1, 1)]
            digits = [
                box(
                    (at - 0.0004, y + min(way * a, way * b), low + 0.175 + c),
                    (at + 0.0004, y + max(way * a, way * b), low + 0.175 + d),
                )
                for at, way in faces
                for a, b, c, d in strokes
            ]
            site.boxes(board.class_name, "number", digits, ink)


def _carts(rng: np.random.Generator, site: Site, aisles: tuple[float, ...], end: float) -> None:
    for _ in range(int(rng.integers(3, 8))):
        for _ in range(8):
            x = float(np.clip(rng.normal(site.hall.focus_m[0], 7.0), -site.hall.half_m[0] + 1.0, end + 3.0))
            y = one(rng, aisles) + uniform(rng, -0.6, 0.6)
            yaw = one(rng, (math.pi / 2, -math.pi / 2)) + float(rng.normal(0.0, 0.3))
            if site.stand_own(shopping_cart(rng, (x, y), yaw), 0.05) is not None:
                break
