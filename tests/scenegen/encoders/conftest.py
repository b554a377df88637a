"""Frames of rooms and yards, by the analytic renderer, for the tasks that name classes."""

import pytest

from assets_catalog.opening import open_catalog
from scenegen.analytic.stage import open_stage
from schemas.run_spec import CameraSpec, RunSpec
from tests.planner import plans_of
from tests.scenegen.encoders.pictures import Shot

SIDE_PX = 256


@pytest.fixture(scope="session")
def rooms() -> list[Shot]:
    """64 frames of furnished rooms."""
    pytest.importorskip("embreex", reason="rooms are planned with the extra `generate`")
    return _shots("room", 8, 8)


@pytest.fixture(scope="session")
def yards() -> list[Shot]:
    """136 frames of yards, which are full of tiny things."""
    return _shots("primitives", 17, 8)


def _shots(recipe: str, scenes: int, views: int) -> list[Shot]:
    catalog = open_catalog("builtin")
    camera = CameraSpec(width_px=SIDE_PX, height_px=SIDE_PX)
    spec = RunSpec(recipe=recipe, catalog="builtin", seed=11, views_per_scene=views, camera=camera)
    found = []
    for plan in plans_of([(spec, index) for index in range(scenes)]):
        stage = open_stage(plan, catalog, spec, 1)
        found += [(plan, stage.sight(view).gbuffer) for view in plan.views[:views]]
    return found
