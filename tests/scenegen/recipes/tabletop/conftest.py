"""Tables of the built-in catalog."""

import pytest

from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan
from tests.planner import lines_of

SCENES = 30
SPEC = RunSpec(recipe="tabletop", catalog="builtin", seed=11)


def planned(spec: RunSpec, scenes: list[int]) -> list[str]:
    """Returns plans as a process of their own wrote them."""
    return lines_of([(spec, index) for index in scenes])


@pytest.fixture(scope="session")
def written() -> list[str]:
    """Returns the plans as they were written."""
    return planned(SPEC, list(range(SCENES)))


@pytest.fixture(scope="session")
def tables(written: list[str]) -> list[ScenePlan]:
    """Returns the plans."""
    return [ScenePlan.model_validate_json(line) for line in written]
