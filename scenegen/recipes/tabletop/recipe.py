"""Recipe tabletop: small things at rest on a table, counter or shelf, in a tray or a box, seen from near.

Things are dropped while planning, and the plan holds where they came to lie. Whatever then fails the checks of
placement is taken away, and the rest comes to rest again.
"""

import numpy as np

from assets_catalog.catalog import Catalog
from scenegen.recipes.placement.body import bodies_of
from scenegen.recipes.recipe import Recipe, Refused, Scenery
from scenegen.recipes.room.lighting import plan_daytime, plan_outlook, under
from scenegen.recipes.room.piece import numbered
from scenegen.recipes.tabletop.cameras import NEAR_M, plan_views, surroundings
from scenegen.recipes.tabletop.laid import Table, lay, planned
from scenegen.recipes.tabletop.light import lights_of
from scenegen.recipes.tabletop.standing import stand
from scenegen.recipes.tabletop.surroundings import furnished, outside, plan_around
from scenegen.recipes.tabletop.themes import Ground, Theme, load_themes
from schemas.errors import CatalogError
from schemas.run_spec import RunSpec
from schemas.seeds import rng_for


def plan_tabletop(seed: int, spec: RunSpec, catalog: Catalog) -> Scenery | Refused:
    """Returns one table and what lies on it: a pure function of its arguments.

    Raises CatalogError if the catalog has nothing that lies on a surface.
    """
    if not catalog.has_placement("surface"):
        raise CatalogError(
            f"catalog '{catalog.name}': a table needs small things to lie on it, and this split has none"
        )
    theme = _theme(rng_for(seed, "theme"))
    around = plan_around(seed, theme)
    rng = rng_for(seed, "ground")
    standing = stand(rng, around.layout, theme, _ground(rng, theme), catalog)
    if standing is None:
        return Refused("the table finds no place in its room")
    daytime = plan_daytime(rng_for(seed, "daytime"), around.shape, spec.tabletop.hours)
    outlook = plan_outlook(rng_for(seed, "outlook"), daytime, catalog.environments)
    layout, small = furnished(seed, standing.layout, theme, catalog, around.palette)
    beyond = [] if outlook else outside(seed, around, daytime)
    table = Table(theme, standing, [*around.fixed, *beyond, *layout.pieces, *standing.upon, *small], catalog)
    things = lay(seed, table, spec.tabletop.things)
    if isinstance(things, Refused):
        return things
    objects = (*numbered(table.pieces), *planned(things, table, rng_for(seed, "colours")))
    seen = surroundings(bodies_of(objects, catalog), len(table.pieces))
    views = plan_views(rng_for(seed, "views"), rng_for(seed, "lenses"), seen, spec)
    if views is None:
        return Refused("too few cameras see the things on the table")
    lit, lamps = under(daytime, outlook), [(each.thing.record, each.object2world) for each in things]
    return Scenery(
        objects=objects,
        lights=lights_of(rng_for(seed, "lights"), around.shape, lit, [*layout.pieces, *small], lamps),
        sky=daytime.hour.sky,
        environment=outlook.environment if outlook else None,
        views=views,
    )


def _theme(rng: np.random.Generator) -> Theme:
    themes = list(load_themes().values())
    return themes[int(rng.integers(len(themes)))]


def _ground(rng: np.random.Generator, theme: Theme) -> Ground:
    grounds, shares = list(theme.grounds), np.array(list(theme.grounds.values()))
    return grounds[int(rng.choice(len(grounds), p=shares / shares.sum()))]


TABLETOP = Recipe(plan_tabletop, near_m=NEAR_M)
