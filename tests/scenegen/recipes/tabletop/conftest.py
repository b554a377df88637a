"""Tables of the built-in catalog, planned in processes without run-time type checks, which cost much."""

import json
import subprocess
import sys

import pytest

from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan

SCENES = 30
SPEC = RunSpec(recipe="tabletop", catalog="builtin", seed=11)

_PLANNER = """
import json, sys
from assets_catalog.sources.builtin import open_builtin
from scenegen.recipes import plan_scene
from schemas.run_spec import RunSpec

spec, scenes = json.load(sys.stdin)
for index in scenes:
    print(plan_scene(RunSpec.model_validate(spec), index, "train", open_builtin()).model_dump_json(), flush=True)
"""


def planned(spec: RunSpec, scenes: list[int]) -> list[str]:
    """Returns plans as a process of their own wrote them."""
    given = json.dumps([spec.model_dump(), scenes])
    done = subprocess.run([sys.executable, "-c", _PLANNER], input=given, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="session")
def written() -> list[str]:
    """Returns the plans as they were written."""
    return planned(SPEC, list(range(SCENES)))


@pytest.fixture(scope="session")
def tables(written: list[str]) -> list[ScenePlan]:
    """Returns the plans."""
    return [ScenePlan.model_validate_json(line) for line in written]
