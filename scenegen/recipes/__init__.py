"""Recipes: how scenes are planned. A recipe turns (seed, spec, scene index, split, catalog) into a ScenePlan.

Pure: no Blender, no files, no meshes. Adding a recipe is one file and one line in RECIPES.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from assets_catalog.catalog import Catalog
from scenegen.recipes.furnished_room import plan_furnished_room
from scenegen.recipes.primitives import plan_primitives
from schemas.errors import SpecError, did_you_mean
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import scene_seed

Recipe: TypeAlias = Callable[[int, RunSpec, int, str, Catalog], ScenePlan]

RECIPES: Mapping[str, Recipe] = {"furnished_room": plan_furnished_room, "primitives": plan_primitives}
"""Name in the spec -> recipe."""


def plan_scene(spec: RunSpec, scene_index: int, split: str, catalog: Catalog, attempt: int = 0) -> ScenePlan:
    """Returns the plan of one scene of a run, its candidate views best first; the same arguments, the same plan.

    `attempt`: how often the scene was planned already, in vain, because its views were rejected.
    Raises SpecError for an unknown recipe.
    """
    recipe = RECIPES.get(spec.recipe)
    if recipe is None:
        allowed = ", ".join(sorted(RECIPES))
        raise SpecError([f"recipe: '{spec.recipe}' is not one of {allowed}{did_you_mean(spec.recipe, RECIPES)}"])
    plan = recipe(scene_seed(spec.seed, scene_index, attempt), spec, scene_index, split, catalog)
    return plan.model_copy(update={"attempt": attempt})
