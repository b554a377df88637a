"""Greenery: trees in rows, gardens and parks, bushes, hedges; a tree takes the space of its trunk and of its crown."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.street.leg import SIDES, Leg
from scenegen.recipes.street.network import Network
from scenegen.recipes.street.site import Model, Site, column
from scenegen.recipes.street.stock import Stock, Wanted
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.surface import Surface

_FOOT_M, _TRUNK_M = 0.3, 0.45
"""Half sides of what a trunk stands on, and of the space it takes with its roots and knots."""
_SOIL = Surface(finish="ground", color=(0.3, 0.24, 0.18), roughness=0.95)
_STONE = Surface(finish="stone", color=(0.55, 0.54, 0.51), roughness=0.85, scale_m=0.4)
_CONIFERS = frozenset({"spruce", "pine"})
_PALMS = 0.12
"""Share of the streets that may have palms."""
_BARE, _CROWN_M, _CROWN_SHARE = "builtin/broadleaf_tree", 1.8, 0.2
"""Trees that have no twigs below a height and a share of their own: under them people walk and cars stand."""


def plant(rng: np.random.Generator, site: Site, record: AssetRecord, spot: Vec2, gap_m: float = 0.05) -> Thing | None:
    """Plants a tree, turned at random, where its trunk and its crown have room."""
    yaw_rad = float(rng.uniform(-math.pi, math.pi))
    half = (record.size_m[0] / 2, record.size_m[1] / 2)
    is_bare = record.asset_id.startswith(_BARE)
    low_m = min(_CROWN_M, _CROWN_SHARE * record.size_m[2]) if is_bare else 0.1
    crown = Solid(spot, half, yaw_rad, low_m, record.size_m[2])
    trunk = column(spot, min(_TRUNK_M, *half), 0.0, low_m)
    return site.stand(Model(record, (), (trunk, crown), column(spot, _FOOT_M, 0.0, low_m)), spot, yaw_rad, gap_m)


def plant_rows(rng: np.random.Generator, network: Network, site: Site, stock: Stock, room_m: Sequence[float]) -> None:
    """Plants one sort of tree along the kerbs, or on the verge; `room_m`: from pavement to what is built, by side."""
    leg, profile = network.main, network.main.profile
    spacing_m = float(rng.uniform(8.0, 13.0))
    first_m = float(rng.uniform(-4.0, 4.0))
    for side, free_m in zip(SIDES, room_m, strict=True):
        at_m = profile.half_m + (0.15 + profile.verge_m / 2 if profile.verge_m else 0.72)
        reach_m = profile.line_m + free_m - at_m - 0.1
        record = _street_tree(rng, stock, 2.2 * reach_m)
        if record is None or profile.line_m - profile.half_m < 1.2:
            continue
        sorts = [record, record, _street_tree(rng, stock, 2.2 * reach_m) or record]
        planted = []
        for number in range(-7, 9):
            s_m = first_m + number * spacing_m
            sort = sorts[int(rng.integers(len(sorts)))]
            if _is_open(leg, side, s_m) and _plant_turned(rng, site, sort, leg.spot(s_m, side * at_m)):
                planted.append(s_m)
        if planted and not profile.verge_m and not free_m:
            _lay_pits(site, leg, [(s_m, side * at_m) for s_m in planted])


def _lay_pits(site: Site, leg: Leg, spots: Sequence[Vec2]) -> None:
    """Lays squares of earth around trunks that stand in a pavement, each within an edge of stone."""
    top_m, half = leg.profile.kerb_m, 0.42
    soil = [box((s - half, t - half, top_m - 0.02), (s + half, t + half, top_m + 0.004)) for s, t in spots]
    edges = [
        box((s + x0, t + y0, top_m - 0.02), (s + x1, t + y1, top_m + 0.008))
        for s, t in spots
        for x0, y0, x1, y1 in (
            (-half - 0.07, -half - 0.07, half + 0.07, -half), (-half - 0.07, half, half + 0.07, half + 0.07),
            (-half - 0.07, -half, -half, half), (half, -half, half + 0.07, half),
        )
    ]  # fmt: skip
    site.add(of_boxes("ground", "earth around trees", leg.pose, soil, _SOIL))
    site.add(of_boxes("sidewalk", "edges of tree pits", leg.pose, edges, _STONE))


def _street_tree(rng: np.random.Generator, stock: Stock, wide_m: float) -> AssetRecord | None:
    """Returns a tree that is not too wide; a broad-leaved one, where there is any."""
    fits = narrower(wide_m)
    strange = _CONIFERS if rng.random() < _PALMS else _CONIFERS | {"palm tree"}
    leafy = stock.pick(rng, ["tree"], lambda each: fits(each) and each.label not in strange)
    return leafy or stock.pick(rng, ["tree"], fits)


def _plant_turned(rng: np.random.Generator, site: Site, record: AssetRecord, spot: Vec2) -> bool:
    """Plants a tree one way or another: crowns are not round; tells whether it has room."""
    return any(plant(rng, site, record, spot) is not None for _ in range(4))


def plant_median(rng: np.random.Generator, network: Network, site: Site, stock: Stock) -> None:
    """Plants trees or bushes along the median."""
    leg, half_m = network.main, network.main.profile.median_m / 2
    if half_m < 0.8:
        return
    low = stock.pick(rng, ["bush"], lambda each: max(each.size_m[:2]) / 2 < half_m - 0.3)
    tall = stock.pick(rng, ["tree"], lambda each: max(each.size_m[:2]) < 5.0)
    for number in range(-5, 9):
        s_m = number * 7.0 + float(rng.uniform(-0.5, 0.5))
        record = tall if number % 2 else low
        if record and all(abs(s_m - gap.s_m) > gap.half_m + 6.5 for gap in leg.gaps):
            plant(rng, site, record, leg.spot(s_m, float(rng.uniform(-0.1, 0.1))))


def narrower(wide_m: float) -> Wanted:
    """Returns a test for models that are less than so wide."""
    return lambda record: max(record.size_m[:2]) < wide_m


def _is_open(leg: Leg, side: int, s_m: float) -> bool:
    """Tells whether a place on a pavement is off junctions and crossings."""
    return all(gap.side != side or abs(s_m - gap.s_m) > gap.half_m + 5.0 for gap in leg.gaps)


def hedge_row(
    rng: np.random.Generator, site: Site, record: AssetRecord, ends: tuple[Vec2, Vec2], yaw_rad: float
) -> int:
    """Sets pieces of hedge or fence end to end between two places; returns how many found room."""
    (ax, ay), (bx, by) = ends
    long_m = math.hypot(bx - ax, by - ay)
    count = int(long_m / (record.size_m[0] + 0.02))
    if count == 0:
        return 0
    pitch_m = long_m / count
    placed = 0
    for number in range(count):
        share = (number + 0.5) * pitch_m / long_m
        spot = ax + share * (bx - ax), ay + share * (by - ay)
        turned = yaw_rad + (math.pi if rng.random() < 0.5 else 0.0)
        placed += site.stand(record, spot, turned, gap_m=0.0) is not None
    return placed


def scatter(
    rng: np.random.Generator, site: Site, records: Sequence[AssetRecord], area: Solid, count: int
) -> list[Thing]:
    """Sets models at random places of an area, wherever there is room; returns those that found some."""
    things = []
    for _ in range(count):
        if not records:
            break
        record = records[int(rng.integers(len(records)))]
        x, y = (float(rng.uniform(-half, half)) for half in area.half_m)
        (ax, ay), (bx, by) = area.axes
        spot = area.center_m[0] + x * ax + y * bx, area.center_m[1] + x * ay + y * by
        if record.class_name == "tree":
            thing = plant(rng, site, record, spot)
        else:
            thing = site.stand(record, spot, float(rng.uniform(-math.pi, math.pi)), gap_m=0.15)
        if thing:
            things.append(thing)
    return things
