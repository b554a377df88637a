"""Café: tables with chairs around them, on a square or before a shop, with cups and plates on some."""

import math
from dataclasses import dataclass

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.network import Plot
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import Thing, of_record

_ON_TABLES = ("cup", "glass", "bottle", "plate", "vase", "flowers", "jar")


@dataclass(frozen=True)
class Row:
    """Where tables stand: along a plot, so far behind its line."""

    plot: Plot
    run_m: tuple[float, float]
    away_m: float


def set_tables(rng: np.random.Generator, builder: Builder, row: Row, count: int) -> None:
    """Sets up to `count` tables of one sort."""
    stock, plot, leg, run, away_m = builder.stock, row.plot, row.plot.leg, row.run_m, row.away_m
    table = stock.pick(rng, ["dining_table", "bar_table", "side_table"], _is_small)
    chair = stock.pick(rng, ["chair", "garden_chair"], lambda each: max(each.size_m[:2]) < 0.65)
    shade = stock.pick(rng, ["parasol"])
    if table is None or chair is None:
        return
    first = float(rng.uniform(run[0], max(run[0], run[1] - 3.2 * count)))
    for number in range(count):
        s_m = first + 3.2 * number + float(rng.uniform(-0.3, 0.3))
        spot = leg.spot(s_m, plot.side * (leg.profile.line_m + away_m + float(rng.uniform(-0.5, 0.5))))
        if s_m < run[1]:
            _set_table(rng, builder, (table, chair), spot, leg.heading_rad + float(rng.uniform(-0.2, 0.2)))
            if shade and number % 2:
                beside = leg.spot(s_m + 1.55, plot.side * (leg.profile.line_m + away_m))
                builder.site.stand(shade, beside, 0.0)


def _is_small(record: AssetRecord) -> bool:
    return max(record.size_m[:2]) < 1.25 and record.size_m[2] > 0.6 and record.placement in ("floor", "street")


def _set_table(
    rng: np.random.Generator, builder: Builder, models: tuple[AssetRecord, AssetRecord], spot: Vec2, yaw_rad: float
) -> None:
    (table, chair), site = models, builder.site
    placed = site.stand(table, spot, yaw_rad)
    if placed is None:
        return
    for turn in (0.0, math.pi, math.pi / 2, -math.pi / 2)[: int(rng.integers(2, 5))]:
        across = turn in (0.0, math.pi)
        away_m = table.size_m[1 if across else 0] / 2 + chair.size_m[1] / 2 + float(rng.uniform(0.05, 0.25))
        angle = yaw_rad + turn
        at = spot[0] + away_m * math.sin(angle), spot[1] - away_m * math.cos(angle)
        site.stand(chair, at, angle + math.pi + float(rng.uniform(-0.25, 0.25)), gap_m=0.02)
    _lay_table(rng, builder, site, placed)


def _lay_table(rng: np.random.Generator, builder: Builder, site: Site, table: Thing) -> None:
    """Puts small things on a table, in the four quarters of its support."""
    record = table.record
    if record is None or not record.supports:
        return
    top = max(record.supports, key=lambda each: each.size_m[0] * each.size_m[1])
    yaw_rad = math.atan2(table.object2world[1, 0], table.object2world[0, 0])
    for quarter in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        small = builder.stock.pick(rng, _ON_TABLES, lambda each: max(each.size_m[:2]) < 0.45 * min(top.size_m))
        if small is None or small.placement != "surface" or rng.random() < 0.4:
            continue
        x, y = (
            middle + 0.25 * sign * side for middle, sign, side in zip(top.center_m, quarter, top.size_m, strict=True)
        )
        position = table.object2world @ np.array([x, y, top.height_m, 1.0])
        at = float(position[0]), float(position[1]), float(position[2])
        site.add(of_record(small, at, yaw_rad + float(rng.uniform(-3.0, 3.0)), carrier=table))
