"""Recipes: how scenes are planned. A recipe turns (seed, spec, scene index, split, catalog) into a ScenePlan.

Pure: no Blender, no files, no meshes. Adding a recipe is one file and one line in RECIPES.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assets_catalog.catalog import Catalog
from scenegen.recipes.furnished_room import plan_furnished_room
from schemas.errors import SpecError, did_you_mean
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import seed_for

Recipe: TypeAlias = Callable[[int, RunSpec, int, str, Catalog], ScenePlan]

RECIPES: Mapping[str, Recipe] = {"furnished_room": plan_furnished_room}
"""Name in the spec -> recipe."""


def plan_scene(spec: RunSpec, scene_index: int, split: str, catalog: Catalog) -> ScenePlan:
    """Returns the plan of one scene of a run; the same arguments always give the same plan.

    Raises SpecError for an unknown recipe.
    """
    recipe = RECIPES.get(spec.recipe)
    if recipe is None:
        allowed = ", ".join(sorted(RECIPES))
        raise SpecError([f"recipe: '{spec.recipe}' is not one of {allowed}{did_you_mean(spec.recipe, RECIPES)}"])
    return recipe(seed_for(spec.seed, "scene", scene_index), spec, scene_index, split, catalog)
