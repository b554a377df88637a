"""The table of recipes."""

import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes import RECIPES, plan_scene
from schemas.errors import SpecError
from schemas.frame import scene_id
from schemas.run_spec import RunSpec
from schemas.seeds import scene_seed
from tests.planner import plans_of


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_a_recipe_plans_what_it_was_asked(name: str, builtin: Catalog) -> None:
    spec = RunSpec(recipe=name, catalog="builtin", seed=7, views_per_scene=3)
    plan = plan_scene(spec, 5, "val", builtin)
    assert (plan.recipe, plan.split, plan.scene_index, plan.scene_id) == (name, "val", 5, scene_id(5))
    assert (plan.seed, plan.attempt) == (scene_seed(7, 5), 0)
    assert [view.view_index for view in plan.views] == list(range(3 + spec.camera.spare_views))


@pytest.mark.parametrize("name", sorted(RECIPES))
def test_another_attempt_is_another_scene_and_says_so(name: str) -> None:
    spec = RunSpec(recipe=name, catalog="builtin")
    first, second, again = plans_of([(spec, 2, attempt) for attempt in (0, 1, 1)])
    assert second == again
    assert (second.seed, second.attempt, second.scene_index) == (scene_seed(spec.seed, 2, 1), 1, 2)
    assert second.objects != first.objects
    assert not {view.cam2world for view in first.views} & {view.cam2world for view in second.views}


def test_an_unknown_recipe_is_named_with_the_nearest(builtin: Catalog) -> None:
    with pytest.raises(SpecError, match=r"'primitivs'.*did you mean 'primitives'"):
        plan_scene(RunSpec(recipe="primitivs"), 0, "train", builtin)
