"""Promotions: what fills the aisles of a shop: piles of cartons at the ends of shelves, bins of offers, boards."""

import math
from collections.abc import Sequence

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.hall.gondolas import Gondola
from scenegen.recipes.hall.loads import PALLET_M, draw_pallet, draw_printed, pallet_boxes
from scenegen.recipes.hall.products import Product
from scenegen.recipes.hall.racks import put_load
from scenegen.recipes.hall.site import OVER_M, Site, one
from scenegen.recipes.hall.spans import Span, box, of_spans
from scenegen.recipes.materials import charts, draw_canvas
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.thing import of_record
from schemas.geometry import pose

_BIN_M = (0.8, 0.6, 0.72)
_SINGLE_M = 2.5
"""From the focus: nearer piles are of single cartons."""
_FILLED_M = 0.5
"""How high a bin's own floor is."""
_ACROSS_M = (0.1, 0.18)
"""Between the middles of things in a bin, at least: of boxes, of models."""
_BINNED = frozenset({"box", "can", "bottle", "jar", "toy", "toiletry"})


def promote(
    rng: np.random.Generator,
    site: Site,
    runs: Sequence[Gondola],
    aisles_m: Sequence[float],
    products: Sequence[Product],
) -> None:
    """Adds them, most where the cameras are."""
    busy = uniform(rng, 0.15, 0.55)
    for run in runs:
        for x, way in ((run.start_m, -1), (run.end_m, 1)):
            if len(run.sides) == 2 and rng.random() < busy:
                _pile(rng, site, (x + way * (PALLET_M[0] / 2 + 0.06), run.middle_m))
    for _ in range(int(rng.integers(2, 5))):
        spot = float(rng.normal(site.hall.focus_m[0], 8.0)), one(rng, aisles_m) + uniform(rng, -0.4, 0.4)
        kind = rng.random()
        if kind < 0.5:
            _bin(rng, site, spot, products)
        elif kind < 0.75:
            _board(rng, site, spot)
        else:
            _pile(rng, site, spot)


def _pile(rng: np.random.Generator, site: Site, spot: tuple[float, float]) -> None:
    """Puts a pallet, or none, with printed cartons, as high as one reaches."""
    x, y = spot
    wood = of_spans("pallet", "pallet", pose((x, y, OVER_M), 0.0), pallet_boxes(), draw_pallet(rng))
    if site.stand_own(wood, 0.02) is None:
        return
    load = draw_printed(rng).load(rng, uniform(rng, 0.5, 1.35))
    singly = math.dist(spot, site.hall.focus_m) < _SINGLE_M
    put_load(site, load, (x, y, PALLET_M[2] + 2 * OVER_M), wood, singly)


def _bin(rng: np.random.Generator, site: Site, spot: tuple[float, float], products: Sequence[Product]) -> None:
    """Puts a bin, full of one kind of goods thrown in."""
    surface = Stuff("plastic", charts.STRONG + charts.METALS, roughness=(0.3, 0.6)).drawn(rng)
    yaw = one(rng, (0.0, math.pi / 2)) + float(rng.normal(0.0, 0.05))
    thing = of_spans("basket", "bargain bin", pose((*spot, OVER_M), yaw), _bin_boxes(), surface)
    if site.stand_own(thing, 0.05) is None:
        return
    product = one(rng, [each for each in products if each.class_name in _BINNED and max(each.size_m) < 0.34])
    wide, deep, high = product.size_m
    reach, apart = max(wide, deep) / 2, _ACROSS_M[product.model is not None]
    heap: list[Span] = []
    for x in np.arange(-0.36 + reach, 0.37 - reach, max(apart, wide + 0.02)).tolist():
        for y in np.arange(-0.26 + reach, 0.27 - reach, max(apart, deep + 0.02)).tolist():
            low = _FILLED_M + OVER_M
            if product.model is None:
                top = low + high * uniform(rng, 0.5, 1.0)
                heap.append(box((x - wide / 2, y - deep / 2, low), (x + wide / 2, y + deep / 2, top)))
                continue
            where = thing.object2world @ pose((x, y, low), float(rng.normal(0.0, 0.12)))
            a, b, c = where[:3, 3].tolist()
            turn = math.atan2(where[1, 0], where[0, 0])
            site.add(of_record(product.model, (a, b, c), turn, product.recolored, thing))
    if heap:
        shapes = of_spans(product.class_name, product.many, thing.object2world, heap, product.surface, thing)
        site.add(shapes)


def _bin_boxes() -> list[Span]:
    x, y, z, t = _BIN_M[0] / 2, _BIN_M[1] / 2, _BIN_M[2], 0.02
    walls = [box((-x, i * y - t / 2, 0.1), (x, i * y + t / 2, z)) for i in (-1, 1)]
    walls += [box((i * x - t / 2, -y + t / 2, 0.1), (i * x + t / 2, y - t / 2, z)) for i in (-1, 1)]
    feet = [box((i * (x - 0.06), k * (y - 0.06), 0.0), (i * (x - 0.06) + 0.04, k * (y - 0.06) + 0.04, 0.1))
            for i in (-1, 1) for k in (-1, 1)]  # fmt: skip
    return [*walls, *feet, box((-x + t / 2, -y + t / 2, 0.1), (x - t / 2, y - t / 2, _FILLED_M))]


def _board(rng: np.random.Generator, site: Site, spot: tuple[float, float]) -> None:
    """Puts a board on a foot, with a picture on both sides."""
    yaw, high = one(rng, (0.0, math.pi / 2)) + uniform(rng, -0.3, 0.3), uniform(rng, 1.2, 1.7)
    frame = Stuff("paint", charts.METALS + charts.PAINTED, roughness=(0.3, 0.5)).drawn(rng)
    boxes = [
        box((-0.32, -0.2, 0.0), (0.32, 0.2, 0.02)),
        box((-0.3, -0.015, 0.021), (-0.27, 0.015, high)),
        box((0.27, -0.015, 0.021), (0.3, 0.015, high)),
        box((-0.269, -0.012, high - 0.9), (0.269, 0.012, high)),
    ]
    stand = of_spans("sign", "board", pose((*spot, OVER_M), yaw), boxes, frame)
    if site.stand_own(stand, 0.05) is None:
        return
    sheets = [box((-0.25, i * 0.0132 - 0.0004, high - 0.88), (0.25, i * 0.0132 + 0.0004, high - 0.02)) for i in (-1, 1)]
    site.add(of_spans("picture", "poster", pose((*spot, OVER_M), yaw), sheets, draw_canvas(rng)))
