"""Plans made in a process of their own, without the run-time type checks, which triple what planning takes.

A recipe's types are checked where a test plans a few scenes in its own process; many scenes come from here.
"""

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from assets_catalog.catalog import Catalog
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin import open_builtin
from scenegen.recipes import RECIPES, plan_scene
from scenegen.recipes.recipe import Recipe
from schemas.run_spec import RunSpec
from schemas.scene_plan import ScenePlan

ROOT = Path(__file__).parents[1]
Asked = tuple[RunSpec, int] | tuple[RunSpec, int, int]
"""A spec, a scene of it, and the attempt, if it isn't the first."""


def lines_of(asked: Iterable[Asked], catalog: Catalog | None = None, physical: bool = True) -> list[str]:
    """Returns plans of the built-in catalog, or of another whose models are boxes, as that process wrote them.

    `physical`: whether what does not hold is drawn again.
    """
    wanted = [(spec.model_dump(mode="json"), *numbers) for spec, *numbers in asked]
    own = None if catalog is None or catalog.name == "builtin" else catalog
    boxes = own and [record.model_dump(mode="json") for record in own.records.values()]
    given = json.dumps([wanted, own and own.name, boxes, physical])
    command = [sys.executable, "-m", "tests.planner"]
    done = subprocess.run(command, input=given, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def plans_of(asked: Sequence[Asked], catalog: Catalog | None = None, physical: bool = True) -> list[ScenePlan]:
    """Returns the plans."""
    return [ScenePlan.model_validate_json(line) for line in lines_of(asked, catalog, physical)]


def _main() -> None:
    wanted, name, boxes, physical = json.load(sys.stdin)
    catalog = open_builtin() if boxes is None else _of_boxes(name, boxes)
    for spec, scene_index, *attempt in wanted:
        run = RunSpec.model_validate(spec)
        recipe = str(run.recipe)
        changed = replace(RECIPES[recipe], is_physical=physical and RECIPES[recipe].is_physical)
        cast(dict[str, Recipe], RECIPES)[recipe] = changed
        print(plan_scene(run, scene_index, "train", catalog, *attempt).model_dump_json(), flush=True)


def _of_boxes(name: str, boxes: list[dict[str, object]]) -> Catalog:
    from tests.box_models import box_model  # noqa: PLC0415 - asks for what plans models, where yards need none

    return Catalog.of(name, map(AssetRecord.model_validate, boxes), box_model)


if __name__ == "__main__":
    _main()
