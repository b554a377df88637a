"""Streets for the tests, of the built-in catalog: drawn, planned, and seen by formula."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import RECIPES, plan_scene
from scenegen.recipes.recipe import Recipe
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.recipe import STREET, draw_street
from schemas.ranges import Range
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import scene_seed

SEEDS = range(6)
SCENES = range(20)
SPEC = RunSpec(
    recipe="street",
    catalog="builtin",
    views_per_scene=2,
    camera=CameraSpec(width_px=96, height_px=96, fov_x_deg=Range(low=40.0, high=95.0)),
    render=RenderSpec(renderer="analytic"),
)


@dataclass(frozen=True)
class Street:
    """A street as it was drawn, and its seed."""

    seed: int
    builder: Builder


@pytest.fixture(scope="session")
def streets(builtin: Catalog) -> list[Street]:
    """Returns streets of several kinds."""
    train = builtin.for_split("train")
    seeds = [scene_seed(3, index) for index in SEEDS]
    return [Street(seed, draw_street(seed, SPEC, train)) for seed in seeds]


@pytest.fixture(scope="session")
def plans(builtin: Catalog) -> Mapping[int, ScenePlan]:
    """Returns the plans of twenty scenes, as first drawn: whether they hold physically is asked elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(cast(dict[str, Recipe], RECIPES), "street", replace(STREET, is_physical=False))
        return {index: plan_scene(SPEC, index, "train", builtin) for index in SCENES}
