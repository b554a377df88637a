"""Recipe hall: a warehouse, a shop or a parking deck, from its walls to the goods on its shelves.

Every part draws from a stream of its own, so that a change to one part leaves the others as they were. What is near the
focus of the hall is planned in single objects, what is far in heaps of many boxes.
"""

from assets_catalog.catalog import Catalog
from scenegen.recipes.hall.cameras import Around, draw_candidates, plan_views
from scenegen.recipes.hall.lamps import daylight
from scenegen.recipes.hall.layout import draw_hall
from scenegen.recipes.hall.outside import lay_outside
from scenegen.recipes.hall.parking import fill_parking
from scenegen.recipes.hall.shop import fill_shop
from scenegen.recipes.hall.sight import scene_of
from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.warehouse import fill_warehouse
from scenegen.recipes.lens import draw_sizes
from scenegen.recipes.recipe import Recipe, Scenery
from scenegen.recipes.thing import numbered
from schemas.run_spec import RunSpec
from schemas.seeds import rng_for

_FROM_EACH, _LEAST = 3, 24
"""Candidates drawn for each view that is planned, and for all."""
_FILL = {"warehouse": fill_warehouse, "shop": fill_shop, "parking": fill_parking}
_GROUND_M = {"warehouse": -0.1, "shop": -0.05, "parking": -5.8}


def plan_hall(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery:
    """Returns one hall: a pure function of its arguments."""
    hall = draw_hall(rng_for(seed, "hall"), spec.hall)
    site = Site(hall, catalog)
    lamps, aisles_m = _FILL[hall.kind](seed, site)
    if site.gates_m or site.open_sides:
        lay_outside(rng_for(seed, "outside"), site, _GROUND_M[hall.kind])
    day = daylight(rng_for(seed, "daylight"), site, spec.hall.hours)
    count = spec.views_per_scene + spec.camera.spare_views
    around = Around(hall, aisles_m, scene_of(site.things))
    drawn = max(_FROM_EACH * count, _LEAST)
    candidates = draw_candidates(rng_for(seed, "views"), rng_for(seed, "lenses"), around, spec.camera, drawn)
    return Scenery(
        objects=numbered(site.things),
        lights=(*lamps, *day.lights),
        sky=day.sky,
        views=plan_views(candidates, draw_sizes(rng_for(seed, "sizes"), spec.camera, count)),
    )


HALL = Recipe(plan_hall)
"""The recipe, for the table."""
