"""Frames of planned rooms and yards, by the analytic renderer, and the words and looks of the built-in catalog."""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest

from assets_catalog.opening import open_catalog
from assets_catalog.record import AssetRecord
from assets_catalog.taxonomy import load_taxonomy
from scenegen.analytic.stage import open_stage
from scenegen.encoders.referring import ClassWords, Look, Seen, seen_of
from scenegen.recipes import plan_scene
from schemas.frame import GBuffer
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan

ROOMS, YARDS, VIEWS = 10, 1, 3


@dataclass(frozen=True)
class Shown:
    """A frame, and what is known of it."""

    plan: ScenePlan
    gbuffer: GBuffer
    seen: Seen


def look_of(record: AssetRecord) -> Look:
    colored = sum(part.area_share for part in record.parts if part.color_name == record.color_name)
    made = sum(part.area_share for part in record.parts if part.substance == record.substance)
    return Look(record.color_name, colored, record.substance, made, record.size_m)


@pytest.fixture(scope="session")
def records() -> Mapping[str, AssetRecord]:
    """The built-in models."""
    return dict(open_catalog("builtin").records)


@pytest.fixture(scope="session")
def words() -> Mapping[str, ClassWords]:
    """What all classes are called."""
    classes = load_taxonomy().classes.items()
    return {name: ClassWords(each.words, each.plural, each.synonyms, each.levels, each.uses) for name, each in classes}


@pytest.fixture(scope="session")
def frames(words: Mapping[str, ClassWords], records: Mapping[str, AssetRecord]) -> list[Shown]:
    """Frames of rooms, and a few of yards."""
    looks = {asset_id: look_of(record) for asset_id, record in records.items()}
    catalog = open_catalog("builtin")
    found = []
    for recipe, scenes in (("furnished_room", ROOMS), ("primitives", YARDS)):
        camera = CameraSpec(width_px=112, height_px=96)
        spec = RunSpec(recipe=recipe, catalog="builtin", seed=5, views_per_scene=VIEWS, camera=camera)
        for index in range(scenes):
            plan = plan_scene(spec, index, "train", catalog)
            stage = open_stage(plan, catalog, spec, 1)
            for view in plan.views[:VIEWS]:
                gbuffer = stage.sight(view).gbuffer
                found.append(Shown(plan, gbuffer, seen_of(gbuffer, plan, looks, words)))
    return found
