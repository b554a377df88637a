"""Streets for the tests, of the built-in catalog: drawn, planned, and seen by formula."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from assets_catalog.catalog import Catalog
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.recipe import draw_street
from schemas.ranges import Range
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import scene_seed
from tests.planner import plans_of

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
def plans() -> Mapping[int, ScenePlan]:
    """Returns the plans of twenty scenes, as first drawn: whether they hold physically is asked elsewhere."""
    return dict(zip(SCENES, plans_of([(SPEC, index) for index in SCENES], physical=False), strict=True))
