"""Undergrowth: tufts of grass and flowers near the cameras: at the feet of walls, on verges, lawns and fields.

Lawns are smooth surfaces; what grows on them here and there is what tells that they are not carpets.
"""

import math

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.solid import Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import SIDES, Leg
from scenegen.recipes.street.network import Plot

_ALONG_M = (-22.0, 30.0)
_WALLS = frozenset({"terrace", "blocks", "yard"})
"""Uses of plots that begin with a wall."""


def grow(rng: np.random.Generator, builder: Builder, most: int = 34) -> None:
    """Sets up to so many tufts and flowers, where they have room."""
    tufts = list(builder.stock.of("grass"))
    flowers = [each for each in builder.stock.of("flowers") if each.placement == "street"]
    sorts = _some(rng, tufts, 3), _some(rng, flowers, 2)
    plots = [plot for plot in builder.network.plots if plot.leg.is_main and plot.near_m < 30.0]
    left = most
    for tries in range(4 * most):
        if left <= 0 or not sorts[0]:
            return
        low = sorts[1] if sorts[1] and tries % 6 == 0 else sorts[0]
        record = low[int(rng.integers(len(low)))]
        spot = _spot(rng, builder, plots, record)
        if spot and builder.site.stand(record, spot, float(rng.uniform(-math.pi, math.pi)), gap_m=0.02):
            left -= 1


def _some(rng: np.random.Generator, records: list[AssetRecord], count: int) -> list[AssetRecord]:
    return [records[number] for number in rng.permutation(len(records))[:count].tolist()]


def _spot(rng: np.random.Generator, builder: Builder, plots: list[Plot], record: AssetRecord) -> Vec2 | None:
    """Returns a place where something may have come up by itself, or been sown."""
    leg, profile = builder.network.main, builder.network.main.profile
    s_m, side = float(rng.uniform(*_ALONG_M)), SIDES[int(rng.integers(2))]
    if profile.verge_m > max(record.size_m[:2]) and rng.random() < 0.4:
        return leg.spot(s_m, side * (profile.walk_m - profile.verge_m * float(rng.uniform(0.3, 0.7))))
    fitting = [plot for plot in plots if plot.side == side and plot.start_m < s_m < plot.end_m]
    if not fitting:
        return None
    return _on_plot(rng, leg, fitting[0], (s_m, record.size_m[1]))


def _on_plot(rng: np.random.Generator, leg: Leg, plot: Plot, at: Vec2) -> Vec2 | None:
    s_m, deep_m = at
    line_m = leg.profile.line_m
    if plot.use in _WALLS:
        if deep_m > 0.7:
            return None
        return leg.spot(s_m, plot.side * (line_m - deep_m / 2 - 0.16))
    if plot.use == "square":
        return None
    reach_m = {"houses": 4.5, "park": 12.0, "field": 14.0}.get(plot.use, 5.0)
    return leg.spot(s_m, plot.side * (line_m + 0.6 + reach_m * float(rng.random()) ** 1.5))
