"""Recipes: how scenes are planned, from (spec, scene index, split, catalog) to a ScenePlan.

Pure and without Blender. What a recipe makes is held against the physical world (`scenegen.recipes.placement`); what
fails is drawn again from the next seed, so that the same spec gives the same plans. Adding a recipe is one folder or
file and one line in RECIPES.
"""

from collections.abc import Mapping
from dataclasses import fields

from assets_catalog.catalog import Catalog
from scenegen.recipes.flaws import with_flaws
from scenegen.recipes.hall.recipe import HALL
from scenegen.recipes.looks import with_looks
from scenegen.recipes.placement import refused
from scenegen.recipes.recipe import Recipe, Refused, Scenery
from scenegen.recipes.room.recipe import ROOM
from scenegen.recipes.street.recipe import STREET
from scenegen.recipes.tabletop.recipe import TABLETOP
from scenegen.recipes.yard.recipe import PRIMITIVES
from schemas.errors import RenderError, SpecError, did_you_mean
from schemas.frame import scene_id
from schemas.run_spec import RunSpec
from schemas.scene_draw import recipe_of
from schemas.scene_plan import ScenePlan
from schemas.seeds import scene_seed, seed_for

RECIPES: Mapping[str, Recipe] = {
    "room": ROOM,
    "primitives": PRIMITIVES,
    "tabletop": TABLETOP,
    "street": STREET,
    "hall": HALL,
}
"""Name in the spec -> recipe."""

DRAWS = 24
"""Of one scene before it is given up."""


def plan_scene(spec: RunSpec, scene_index: int, split: str, catalog: Catalog, attempt: int = 0) -> ScenePlan:
    """Returns the plan of one scene of a run, its candidate views best first; the same arguments, the same plan.

    `attempt`: how often the scene was planned already, in vain, because its views were rejected.
    Raises SpecError for an unknown recipe, CatalogError where the catalog lacks what it needs, and RenderError where
    all its draws were refused.
    """
    name = recipe_of(spec, scene_index)
    recipe, own = _recipe(name), catalog.for_split(split)
    seed = scene_seed(spec.seed, scene_index, attempt)
    reasons = []
    for draw in range(DRAWS):
        drawn = recipe.plan(seed if draw == 0 else seed_for(seed, "draw", draw), spec, own)
        if isinstance(drawn, Scenery) and recipe.is_physical:
            drawn = refused(drawn.objects, own) or drawn
        if isinstance(drawn, Refused):
            reasons.append(drawn.reason)
            continue
        plan = ScenePlan(
            scene_index=scene_index,
            scene_id=scene_id(scene_index),
            split=split,
            recipe=name,
            draw=draw,
            attempt=attempt,
            seed=seed,
            near_m=recipe.near_m,
            **{field.name: getattr(drawn, field.name) for field in fields(drawn)},
        )
        plan = plan.model_copy(update={"views": with_flaws(seed, plan.views, spec.flaws)})
        return with_looks(plan, own)
    last = reasons[-1]
    raise RenderError(f"scene {scene_index}: {DRAWS} draws of the recipe '{name}' were refused; the last: {last}")


def _recipe(name: str) -> Recipe:
    if name not in RECIPES:
        allowed = ", ".join(sorted(RECIPES))
        raise SpecError([f"recipe: '{name}' is not one of {allowed}{did_you_mean(name, RECIPES)}"])
    return RECIPES[name]
