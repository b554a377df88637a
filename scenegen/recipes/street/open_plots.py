"""Open plots: gardens, squares, parks and fields: what lies on them and stands around."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scenegen.recipes.materials import draw_hedge, draw_pavement, draw_terrain
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.cafe import Row, set_tables
from scenegen.recipes.street.greenery import hedge_row, plant, scatter
from scenegen.recipes.street.network import DEPTH_M, Plot
from scenegen.recipes.street.plots import Garden, build_terrace
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.scene_plan import Box
from schemas.surface import Surface

_FURNISHED_M = 48.0
"""Where along a leg parks have benches and lamps."""
_CAFE_M = 30.0
_LEAST_PARK_M = 8.0
_PLAY = ("climbing_frame", "swing", "seesaw", "spring_rider", "sandbox", "slide", "trampoline", "soccer_goal")
_IN_GARDENS = (
    "garden_chair", "garden_ornament", "wheelbarrow", "lawn_mower", "dog_house", "barbecue", "garden_hose", "planter",
    "trampoline", "swing", "deck_chair", "bush", "bush", "rock", "shed", "parasol", "ball", "tent",
)  # fmt: skip
_BEASTS = ("horse", "cow", "sheep", "chicken", "pig", "goat")


def spot_of(plot: Plot, s_m: float, away_m: float) -> Vec2:
    """Returns a place of a plot: s along the leg, and how far behind the plot's line."""
    return plot.leg.spot(s_m, plot.side * (plot.leg.profile.line_m + away_m))


def area_of(plot: Plot, start_m: float, end_m: float, near_m: float, far_m: float) -> Solid:
    """Returns a part of a plot between two distances from its line."""
    middle = spot_of(plot, (start_m + end_m) / 2, (near_m + far_m) / 2)
    return Solid(middle, ((end_m - start_m) / 2, (far_m - near_m) / 2), plot.leg.heading_rad, -0.5, 0.0)


def slab_of(plot: Plot, run: tuple[float, float], away: tuple[float, float], top_m: float) -> Box:
    """Returns a flat box in the axes of the plot's leg."""
    line = plot.leg.profile.line_m
    near, far = sorted((plot.side * (line + away[0]), plot.side * (line + away[1])))
    return box((run[0], near, -0.28), (run[1], far, top_m))


def lay_garden(rng: np.random.Generator, builder: Builder, garden: Garden) -> None:
    """Lays the path to a house's door and a drive, encloses the front garden, and plants and furnishes it."""
    plot, site, stock = garden.plot, builder.site, builder.stock
    leg, top_m = plot.leg, garden.ground_m + 0.012
    paving = draw_pavement(rng)
    path = slab_of(plot, (garden.door_s_m - 0.6, garden.door_s_m + 0.6), (0.0, garden.setback_m - 0.02), top_m)
    pieces = [path]
    drive_m = garden.end_m - 2.0
    has_drive = drive_m - 1.3 > garden.door_s_m + 1.0 and rng.random() < 0.7
    if has_drive:
        pieces.append(slab_of(plot, (drive_m - 1.3, drive_m + 1.3), (0.0, min(garden.setback_m + 3.0, 9.0)), top_m))
    _lay_path(builder, plot, "garden path", pieces, paving)
    openings = [(garden.door_s_m - 0.75, garden.door_s_m + 0.75)]
    if has_drive:
        openings.append((drive_m - 1.5, drive_m + 1.5))
        _park_in_drive(rng, builder, plot, drive_m, garden.setback_m)
    _enclose(rng, builder, garden, openings)
    front = area_of(plot, garden.start_m + 0.5, garden.end_m - 0.5, 0.9, max(garden.setback_m - 0.4, 1.2))
    trees = [each for each in stock.of("tree") if max(each.size_m[:2]) < 6.5]
    if trees and rng.random() < 0.6:
        scatter(rng, site, [trees[int(rng.integers(len(trees)))]], front, 2)
    scatter(
        rng, site, [each for name in ("bush", "planter") for each in stock.of(name)], front, int(rng.integers(1, 5))
    )
    belongings = [each for name in _IN_GARDENS for each in stock.of(name)]
    scatter(rng, site, belongings, front, int(rng.integers(0, 3)))
    if box_ := stock.pick(rng, ["mailbox"], lambda each: each.placement == "street"):
        site.stand(box_, spot_of(plot, garden.door_s_m + 0.95, 0.3), leg.facing_road(plot.side))
    if bin_ := stock.pick(rng, ["bin"], lambda each: each.size_m[2] > 0.6):
        site.stand(bin_, spot_of(plot, garden.door_s_m - 1.3, garden.setback_m - 0.6), leg.facing_road(plot.side))


def _park_in_drive(rng: np.random.Generator, builder: Builder, plot: Plot, s_m: float, setback_m: float) -> None:
    record = builder.stock.pick(rng, ["car", "car", "van"])
    if record and rng.random() < 0.6:
        out = plot.leg.facing_road(plot.side) + (math.pi if rng.random() < 0.5 else 0.0)
        builder.site.stand(record, spot_of(plot, s_m, record.size_m[1] / 2 + 0.7), out)


def _enclose(rng: np.random.Generator, builder: Builder, garden: Garden, openings: list[tuple[float, float]]) -> None:
    """Sets a hedge or a fence along the pavement, open where path and drive are."""
    kind = str(rng.choice(["fence", "hedge", "none", "fence"]))
    low = builder.stock.pick(rng, [kind], lambda each: each.size_m[2] < 1.35)
    if low is None or low.triangles > 20_000:
        return
    at = garden.start_m + 0.1
    for start, end in [*sorted(openings), (garden.end_m - 0.1, garden.end_m)]:
        if start - at > low.size_m[0]:
            away = 0.15 + low.size_m[1] / 2
            ends = spot_of(garden.plot, at, away), spot_of(garden.plot, start, away)
            hedge_row(rng, builder.site, low, ends, garden.plot.leg.heading_rad)
        at = max(at, end)


def _lay_path(builder: Builder, plot: Plot, label: str, pieces: Sequence[Box], surface: Surface) -> None:
    """Lays those pieces of a path on which nothing stands already, as what is of another plot may."""
    site, pose_m = builder.site, plot.leg.pose
    free = [each for each in pieces if site.is_clear(_just_above(of_boxes("sidewalk", label, pose_m, [each], surface)))]
    if free:
        site.lay(of_boxes("sidewalk", label, pose_m, free, surface))


def _just_above(path: Thing) -> Solid:
    return replace(path.solid, top_m=path.solid.top_m + 0.1)


def lay_square(rng: np.random.Generator, builder: Builder, plot: Plot) -> None:
    """Furnishes a paved square before a row of houses: a fountain or a tree in its middle, tables, benches, trees."""
    deep_m = float(rng.uniform(18.0, 26.0))
    build_terrace(rng, builder, plot, deep_m)
    site, stock = builder.site, builder.stock
    middle_m = (plot.start_m + plot.end_m) / 2
    heart = spot_of(plot, middle_m, deep_m / 2)
    if fountain := stock.pick(rng, ["fountain"]):
        site.stand(fountain, heart, 0.0)
    elif tree := stock.pick(rng, ["tree"]):
        plant(rng, site, tree, heart)
    row = Row(plot, (plot.start_m + 2.0, plot.end_m - 2.0), deep_m - 3.2)
    if plot.near_m < _CAFE_M:
        set_tables(rng, builder, row, int(rng.integers(2, 5)))
    area = area_of(plot, plot.start_m + 1.5, plot.end_m - 1.5, 2.0, deep_m - 5.0)
    trees = [each for each in stock.of("tree") if max(each.size_m[:2]) < 7.0]
    if trees:
        scatter(rng, site, [trees[int(rng.integers(len(trees)))]], area, int(rng.integers(2, 6)))
    wanted = ("park_bench", "park_bench", "planter", "bin", "bicycle", "street_lamp")
    scatter(rng, site, _low(builder, wanted), area, int(rng.integers(5, 11)))
    if post := stock.pick(rng, ["bollard"]):
        first_m = max(plot.start_m + 1.0, -14.0)
        for s_m in np.arange(first_m, min(plot.end_m - 1.0, first_m + 16.0), 2.2).tolist():
            site.stand(post, spot_of(plot, s_m, 0.5), 0.0)


def _low(builder: Builder, names: tuple[str, ...]) -> list:
    """Returns the street's own models of classes, no indoor bins among them."""
    records = [each for name in names for each in builder.stock.of(name)]
    return [each for each in records if each.class_name != "bin" or each.size_m[2] > 0.6]


def lay_park(rng: np.random.Generator, builder: Builder, plot: Plot, ground_m: float) -> None:
    """Lays paths through a lawn, with benches beside them, trees, bushes and things to play with."""
    if plot.end_m - plot.start_m < _LEAST_PARK_M:
        return
    site, stock = builder.site, builder.stock
    away_m = float(rng.uniform(7.0, 13.0))
    wide_m = float(rng.uniform(1.8, 3.0))
    cross_m = float(rng.uniform(plot.start_m + 3.0, plot.end_m - 3.0))
    paths = [
        slab_of(plot, (plot.start_m, plot.end_m), (away_m, away_m + wide_m), ground_m + 0.01),
        slab_of(plot, (cross_m - 1.0, cross_m + 1.0), (0.0, away_m), ground_m + 0.01),
    ]
    gravel = draw_terrain(rng, "sand") if rng.random() < 0.6 else draw_pavement(rng)
    _lay_path(builder, plot, "park path", paths, gravel)
    bench = stock.pick(rng, ["park_bench"])
    lamp = stock.pick(rng, ["street_lamp"], lambda each: each.size_m[2] < 4.6)
    low, high = max(plot.start_m, -_FURNISHED_M), min(plot.end_m, _FURNISHED_M)
    for number, s_m in enumerate(np.arange(low + 3.0, high - 3.0, 6.5).tolist()):
        facing = plot.leg.facing_road(plot.side)
        if bench and number % 2 == 0:
            site.stand(bench, spot_of(plot, s_m, away_m + wide_m + 0.6), facing)
        elif lamp and (lit := site.stand(lamp, spot_of(plot, s_m, away_m + wide_m + 0.5), facing)):
            site.lamps.append(lit)
    _hedge_along(rng, builder, plot, cross_m)
    if high - low < 6.0:
        low, high = plot.start_m, plot.end_m
    area = area_of(plot, low + 2.0, high - 2.0, 1.5, DEPTH_M - 4.0)
    trees = list(stock.of("tree"))
    chosen = [trees[int(rng.integers(len(trees)))] for _ in range(3)] if trees else []
    scatter(rng, site, chosen, area, int(rng.integers(5, 11)))
    scatter(rng, site, list(stock.of("bush")), area, int(rng.integers(3, 8)))
    scatter(rng, site, [each for name in _PLAY for each in stock.of(name)], area, int(rng.integers(1, 5)))
    scatter(rng, site, [*stock.of("rock"), *stock.of("ball"), *stock.of("dog")], area, int(rng.integers(1, 4)))


def _hedge_along(rng: np.random.Generator, builder: Builder, plot: Plot, cross_m: float) -> None:
    """Sets a low hedge or a fence between pavement and lawn, open at the path."""
    record = builder.stock.pick(rng, [str(rng.choice(["hedge", "fence"]))], lambda each: each.size_m[2] < 1.3)
    if record is None or rng.random() < 0.4:
        return
    low, high = max(plot.start_m, -30.0), min(plot.end_m, 40.0)
    for start, end in ((low + 0.2, min(cross_m - 1.2, high)), (max(cross_m + 1.2, low), high - 0.2)):
        if end - start > record.size_m[0]:
            ends = spot_of(plot, start, 0.5), spot_of(plot, end, 0.5)
            hedge_row(rng, builder.site, record, ends, plot.leg.heading_rad)


def lay_field(rng: np.random.Generator, builder: Builder, plot: Plot) -> None:
    """Encloses open land, and puts beasts, rocks, bushes and single trees on it."""
    site, stock = builder.site, builder.stock
    near = plot.near_m < 60.0
    area = area_of(plot, plot.start_m + 1.0, plot.end_m - 1.0, 3.5, DEPTH_M - 2.0)
    trees = list(stock.of("tree"))
    scatter(rng, site, trees, area, int(rng.integers(1, 5)) if near else 1)
    scatter(rng, site, [*stock.of("bush"), *stock.of("rock")], area, int(rng.integers(3, 9)) if near else 1)
    if not near:
        return
    scatter(rng, site, [each for name in _BEASTS for each in stock.of(name)], area, int(rng.integers(0, 5)))
    record = stock.pick(rng, ["fence"], lambda each: each.size_m[2] < 1.4 and "board" not in each.label)
    if record and rng.random() < 0.75:
        low, high = max(plot.start_m, -35.0), min(plot.end_m, 45.0)
        if high - low > record.size_m[0]:
            ends = spot_of(plot, low, 2.2), spot_of(plot, high, 2.2)
            hedge_row(rng, site, record, ends, plot.leg.heading_rad)
    if rng.random() < 0.5:
        _bales(rng, builder, plot)


def _bales(rng: np.random.Generator, builder: Builder, plot: Plot) -> None:
    """Marks the far edge of a field by blocks of cut hedge, each where it has room."""
    away = DEPTH_M - 1.5
    leaves = draw_hedge(rng)
    at, boxes = plot.start_m + 1.0, []
    while at < plot.end_m - 1.0:
        long_m, high_m = float(rng.uniform(2.0, 6.0)), float(rng.uniform(0.9, 1.9))
        run = at, min(at + long_m, plot.end_m - 0.5)
        low = builder.site.height_m(spot_of(plot, (run[0] + run[1]) / 2, away))
        line = plot.leg.profile.line_m
        near, far = sorted((plot.side * (line + away - 0.6), plot.side * (line + away + 0.6)))
        row = area_of(plot, run[0], run[1], away - 0.6, away + 0.6)
        block = replace(row, bottom_m=low, top_m=low + high_m)
        if builder.site.is_free([block]):
            builder.site.take(block)
            boxes.append(box((run[0], near, low), (run[1], far, low + high_m)))
        at += long_m
    if boxes:
        builder.site.add(of_boxes("hedge", "hedge", plot.leg.pose, boxes, leaves))
