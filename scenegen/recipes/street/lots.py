"""Lots: the ground of plots, and the space of roads, on which nothing is built."""

from dataclasses import replace

import numpy as np

from scenegen.recipes.materials import (
    draw_concrete,
    draw_pavement,
    draw_terrain,
)
from scenegen.recipes.solid import Solid
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.joined import merged
from scenegen.recipes.street.leg import Leg
from scenegen.recipes.street.network import DEPTH_M, Network, Plot
from scenegen.recipes.street.site import Site
from scenegen.recipes.thing import box, of_boxes
from schemas.scene_plan import Box
from schemas.seeds import rng_for
from schemas.surface import Surface

_DEEP_M = -0.3
_APART_M = 0.0015
"""Plots that overlap far off differ by so much in height."""


def lay_plots(seed: int, builder: Builder) -> list[float]:
    """Lays the ground of all plots; returns their heights. Yards of a leg are one thing."""
    yard = _yard(rng_for(seed, "yards"))
    heights, pieces = [], []
    for number, plot in enumerate(builder.network.plots):
        top_m = (plot.leg.profile.kerb_m or -0.02) - _APART_M * (number % 3)
        heights.append(top_m)
        if lot := _lot(builder.network, plot, top_m):
            name, surface = _look(rng_for(seed, "plots", number), builder, plot) or ("yard", yard)
            pieces.append(of_boxes("ground", name, plot.leg.pose, [lot], surface))
    for ground in merged(pieces):
        builder.site.lay(ground)
    return heights


def _lot(network: Network, plot: Plot, top_m: float) -> Box | None:
    """Returns the ground of a plot in its leg's axes, if there is any."""
    leg, own = plot.leg, behind_others(network, plot)
    near, far = sorted((plot.side * leg.profile.line_m, plot.side * (leg.profile.line_m + DEPTH_M)))
    return box((own.start_m, near, _DEEP_M), (own.end_m, far, top_m)) if own.end_m - own.start_m > 1.0 else None


def behind_others(network: Network, plot: Plot) -> Plot:
    """Returns what of a plot is its own: on roads that leave the main one it begins behind the plots of that."""
    start_m = max(plot.start_m, network.main.profile.line_m + DEPTH_M) if plot.leg.leaves else plot.start_m
    return replace(plot, start_m=start_m)


def _look(rng: np.random.Generator, builder: Builder, plot: Plot) -> tuple[str, Surface] | None:
    """Returns what a plot is covered with, if that is its own."""
    if plot.use == "square":
        return "square", draw_pavement(rng)
    if plot.use in ("houses", "park"):
        return "lawn", draw_terrain(rng, "lawn")
    if plot.use == "field":
        lands, shares = zip(*builder.kind.land.items(), strict=True)
        return "field", draw_terrain(rng, lands[int(rng.choice(len(lands), p=np.array(shares) / sum(shares)))])
    return None


def _yard(rng: np.random.Generator) -> Surface:
    return draw_concrete(rng, wear=(0.3, 0.9)) if rng.random() < 0.5 else draw_pavement(rng)


def keep_roads_free(network: Network, site: Site) -> None:
    """Takes the space of all roads and pavements, so that nothing is built on them."""
    for leg in network.legs:
        site.keep_open(_corridor(leg))


def _corridor(leg: Leg) -> Solid:
    middle_m, half_m = (leg.start_m + leg.end_m) / 2, (leg.end_m - leg.start_m) / 2
    return Solid(leg.spot(middle_m, 0.0), (half_m, leg.profile.line_m - 0.05), leg.heading_rad, -1.0, 60.0)
