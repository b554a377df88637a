"""Lots: the ground of plots, and the space of roads, on which nothing is built."""

import numpy as np

from scenegen.recipes.materials import (
    draw_concrete,
    draw_pavement,
    draw_terrain,
)
from scenegen.recipes.room.solid import Solid
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.leg import Leg
from scenegen.recipes.street.network import DEPTH_M, Network, Plot
from scenegen.recipes.street.site import Site
from scenegen.recipes.street.thing import box, of_boxes
from schemas.surface import Surface

_DEEP_M = -0.3


def ground_of(rng: np.random.Generator, builder: Builder, plot: Plot, number: int) -> float:
    """Lays the ground of a plot; returns its height. Plots that overlap far off differ by millimetres."""
    leg, main = plot.leg, builder.network.main
    top_m = (leg.profile.kerb_m or -0.02) - 0.0015 * (number % 3)
    start_m = max(plot.start_m, main.profile.line_m + DEPTH_M) if leg.leaves else plot.start_m
    if plot.end_m - start_m < 1.0:
        return top_m
    near, far = sorted((plot.side * leg.profile.line_m, plot.side * (leg.profile.line_m + DEPTH_M)))
    name, surface = _ground_look(rng, builder, plot)
    lot = box((start_m, near, _DEEP_M), (plot.end_m, far, top_m))
    builder.site.lay(of_boxes("ground", name, leg.pose, [lot], surface))
    return top_m


def _ground_look(rng: np.random.Generator, builder: Builder, plot: Plot) -> tuple[str, Surface]:
    if plot.use == "square":
        return "square", draw_pavement(rng)
    if plot.use in ("houses", "park"):
        return "lawn", draw_terrain(rng, "lawn")
    if plot.use == "field":
        lands, shares = zip(*builder.kind.land.items(), strict=True)
        return "field", draw_terrain(rng, lands[int(rng.choice(len(lands), p=np.array(shares) / sum(shares)))])
    return "yard", draw_concrete(rng, wear=(0.3, 0.9)) if rng.random() < 0.5 else draw_pavement(rng)


def keep_roads_free(network: Network, site: Site) -> None:
    """Takes the space of all roads and pavements, so that nothing is built on them."""
    for leg in network.legs:
        site.keep_open(_corridor(leg))


def _corridor(leg: Leg) -> Solid:
    middle_m, half_m = (leg.start_m + leg.end_m) / 2, (leg.end_m - leg.start_m) / 2
    return Solid(leg.spot(middle_m, 0.0), (half_m, leg.profile.line_m - 0.05), leg.heading_rad, -1.0, 60.0)
