"""Recipe street: a place out of doors, from the network of its roads to what is laid on a café's table.

Every part draws from a stream of its own, named below, so that a change to one part leaves the others as they were.
Roads lie first, then what is built, then what stands where it must (lamps, vehicles), then what finds room.
"""

from collections.abc import Callable, Mapping

import numpy as np

from assets_catalog.catalog import Catalog
from scenegen.recipes.draws import drawn_within
from scenegen.recipes.lens import draw_sizes
from scenegen.recipes.recipe import Recipe, Scenery
from scenegen.recipes.street import far, furniture, greenery, lights, motorway, undergrowth
from scenegen.recipes.street.builder import Builder, join_far, open_builder
from scenegen.recipes.street.cafe import Row, set_tables
from scenegen.recipes.street.cameras import Around, draw_candidates, plan_views
from scenegen.recipes.street.daylight import plan_daylight
from scenegen.recipes.street.kinds import draw_kind
from scenegen.recipes.street.leg import SIDES
from scenegen.recipes.street.lots import behind_others, keep_roads_free, lay_plots
from scenegen.recipes.street.network import Network, Plot, draw_network
from scenegen.recipes.street.open_plots import lay_field, lay_garden, lay_park, lay_square
from scenegen.recipes.street.people import walk
from scenegen.recipes.street.plots import build_blocks, build_houses, build_terrace
from scenegen.recipes.street.road import lay_roads
from scenegen.recipes.street.sight import scene_of
from scenegen.recipes.street.site import Site
from scenegen.recipes.street.stock import Stock
from scenegen.recipes.street.traffic import drive, leaning
from scenegen.recipes.street.works import lay_works
from scenegen.recipes.thing import numbered
from schemas.run_spec import RunSpec
from schemas.scene_plan import View
from schemas.seeds import rng_for

_FROM_EACH = 3
"""Candidates drawn for each view that is planned."""


_BUILT: Mapping[str, Callable[[np.random.Generator, Builder, Plot], None]] = {
    "terrace": build_terrace,
    "blocks": build_blocks,
    "square": lay_square,
    "works": lay_works,
}
"""Use of a plot -> what builds on it; other uses depend on more."""


def plan_street(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery:
    """Returns one street: a pure function of its arguments."""
    street = draw_street(seed, spec, catalog)
    daylight = plan_daylight(seed, street.site, spec.street.hours)
    return Scenery(
        objects=numbered(daylight.things),
        lights=daylight.lights,
        sky=daylight.sky,
        views=_views(seed, spec, street.network, street.site),
    )


def draw_street(seed: int, spec: RunSpec, catalog: Catalog) -> Builder:
    """Returns a street with all that is on it, before its things have numbers and before anybody looks at it."""
    kind = draw_kind(rng_for(seed, "kind"))
    network = draw_network(rng_for(seed, "network"), kind, drawn_within(rng_for(seed, "reach"), spec.street.reach_m))
    builder = open_builder(rng_for(seed, "far surfaces"), network, Site(), Stock(catalog))
    _lay_and_build(seed, builder)
    _furnish(seed, spec, builder)
    return builder


def _lay_and_build(seed: int, builder: Builder) -> None:
    network, site = builder.network, builder.site
    far.lay_land(rng_for(seed, "land"), builder)
    lay_roads(rng_for(seed, "roads"), network, site)
    keep_roads_free(network, site)
    heights = lay_plots(seed, builder)
    if builder.kind.fast:
        motorway.equip(rng_for(seed, "motorway"), builder)
    nearest_first = sorted(range(len(network.plots)), key=lambda number: network.plots[number].near_m)
    for number in nearest_first:
        _use(rng_for(seed, "plot", number), builder, network.plots[number], heights[number])
    join_far(builder)
    rng = rng_for(seed, "far")
    if rng.random() < builder.kind.towers:
        far.raise_towers(rng, builder)
    if rng.random() < builder.kind.hills:
        far.raise_hills(rng, builder)
    far.plant_woods(rng_for(seed, "woods"), builder)
    if "field" in builder.kind.far_uses:
        far.lay_fields(rng_for(seed, "fields"), builder)


def _use(rng: np.random.Generator, builder: Builder, plot: Plot, ground_m: float) -> None:
    """Builds and lays what a plot is for. Lamps of the street, which need their places, come later but before trees."""
    if plot.use in _BUILT:
        _BUILT[plot.use](rng, builder, plot)
    elif plot.use == "houses":
        for garden in build_houses(rng, builder, plot, ground_m):
            if np.hypot(*plot.leg.spot(garden.house_s_m, plot.side * plot.leg.profile.line_m)) < 40.0:
                lay_garden(rng, builder, garden)
    elif plot.use == "park" and plot.near_m < 90.0:
        lay_park(rng, builder, behind_others(builder.network, plot), ground_m)
    else:
        lay_field(rng, builder, plot)


def _furnish(seed: int, spec: RunSpec, builder: Builder) -> None:
    network, site, stock, kind = builder.network, builder.site, builder.stock, builder.kind
    rng = rng_for(seed, "lamps")
    if kind.pavement_m[1] > 0 and rng.random() < 0.9:
        lights.set_lamps(rng, builder)
    elif rng.random() < 0.7 and not kind.fast:
        lights.set_poles(rng, builder)
    lights.set_traffic_lights(rng_for(seed, "traffic lights"), builder)
    furniture.set_signs(rng_for(seed, "signs"), builder)
    drive(rng_for(seed, "vehicles"), builder, spec.street.vehicles)
    trees = rng_for(seed, "trees")
    if trees.random() < kind.street_trees and network.main.profile.pavement_m:
        greenery.plant_rows(trees, network, site, stock, [_room_m(network, side) for side in SIDES])
    greenery.plant_median(rng_for(seed, "median"), network, site, stock)
    rng = rng_for(seed, "bus stop")
    if rng.random() < 0.25:
        furniture.set_bus_stop(rng, builder)
    _cafes(rng_for(seed, "cafe"), builder)
    leaning(rng_for(seed, "bicycles"), builder, 3)
    furniture.set_furniture(rng_for(seed, "furniture"), builder)
    if kind.people:
        walk(rng_for(seed, "people"), builder, spec.street.people)
    undergrowth.grow(rng_for(seed, "undergrowth"), builder)


def _room_m(network: Network, side: int) -> float:
    """Returns how far behind the pavement nothing is built, on the nearest plot of a side."""
    plots = [plot for plot in network.plots if plot.leg.is_main and plot.side == side]
    nearest = min(plots, key=lambda plot: plot.near_m, default=None)
    return 3.5 if nearest and nearest.use in ("houses", "park", "square", "field") else 0.0


def _cafes(rng: np.random.Generator, builder: Builder) -> None:
    """Sets tables before a house of a row where the pavement is broad."""
    rows = [p for p in builder.network.plots if p.leg.is_main and p.use in ("terrace", "blocks") and p.near_m < 20.0]
    if rows and builder.network.main.profile.pavement_m > 2.8 and rng.random() < 0.6:
        plot = rows[int(rng.integers(len(rows)))]
        run = max(plot.start_m + 1.0, -18.0), min(plot.end_m - 1.0, 22.0)
        if run[1] - run[0] > 4.0:
            set_tables(rng, builder, Row(plot, run, -1.0), int(rng.integers(2, 4)))


def _views(seed: int, spec: RunSpec, network: Network, site: Site) -> tuple[View, ...]:
    count = spec.views_per_scene + spec.camera.spare_views
    rng, options = rng_for(seed, "views"), rng_for(seed, "lenses")
    around = Around(network, site, scene_of(site.things))
    drawn = draw_candidates(rng, options, around, spec.camera, max(_FROM_EACH * count, 24))
    return plan_views(drawn, draw_sizes(rng_for(seed, "sizes"), spec.camera, count))


STREET = Recipe(plan_street)
"""The recipe, for the table."""
