"""Every member of every table keeps its table's promise."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from jaxtyping import UInt8

from assets_catalog.ingest.candidate import AddOptions, Candidate
from assets_catalog.opening import open_catalog
from assets_catalog.sources import SOURCES
from render_configs.load import load_spec, preset_names
from scenegen.analytic.stage import open_stage
from scenegen.dataset.exports import EXPORTERS, exporter_for
from scenegen.encoders import ENCODERS, decode
from scenegen.encoders.encoder import Target
from scenegen.encoders.prompts import parse_prompt
from scenegen.gates import AFTER, BEFORE
from scenegen.recipes import RECIPES, plan_scene
from scenegen.recipes.rigs import RIGS
from scenegen.triangles import Triangles
from schemas.errors import CatalogError
from schemas.frame import GBuffer
from schemas.model import canonical_json
from schemas.run_spec import CameraSpec, GateSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import rng_for
from schemas.target_spec import TargetSpec
from tests.planner import plans_of


@dataclass(frozen=True)
class Shown:
    """A room, and what one camera sees of it."""

    plan: ScenePlan
    gbuffer: GBuffer

    def asked(self, task: str, key: int) -> Target:
        target = ENCODERS[task].encode(rng_for(key, "target"), self.gbuffer, self.plan, TargetSpec())
        assert target is not None
        return target


@pytest.fixture(scope="module")
def shown() -> Shown:
    """By the analytic renderer: models stand as boxes."""
    camera = CameraSpec(width_px=96, height_px=80)
    spec, catalog = RunSpec(recipe="room", catalog="builtin", seed=3, camera=camera), open_catalog("builtin")
    plan = plan_scene(spec, 0, "train", catalog)
    return Shown(plan, open_stage(plan, catalog, spec, 1).sight(plan.views[0]).gbuffer)


@pytest.mark.parametrize("task", ENCODERS)
def test_a_target_is_read_by_its_prompt_alone_within_eight_bits(shown: Shown, task: str) -> None:
    for key in range(8):
        target = shown.asked(task, key)
        assert target.rgb.dtype == np.uint8
        assert target.codec.excess(target.rgb, shown.gbuffer).max() <= 1.0
        read = ENCODERS[task].codec_of(parse_prompt(target.prompt), target.legend)
        assert (read.name, read.params) == (target.codec.name, target.codec.params)
        np.testing.assert_array_equal(decode(target.rgb, target.prompt), target.codec.decode(target.rgb))
        assert ENCODERS[task].task == task


@pytest.mark.parametrize("task", ENCODERS)
def test_a_codec_notices_a_target_that_is_off(shown: Shown, task: str) -> None:
    target = shown.asked(task, 0)
    target.rgb[20, 24] = 255 - target.rgb[20, 24]
    excess = target.codec.excess(target.rgb, shown.gbuffer)
    np.testing.assert_array_equal(np.argwhere(excess > 1.0), [[20, 24]])
    assert target.codec.spoken(target.codec.truth(shown.gbuffer)[20, 24])


@pytest.mark.parametrize("task", ENCODERS)
def test_a_codecs_parameters_are_canonical_json(shown: Shown, task: str) -> None:
    stored = shown.asked(task, 0).codec.params
    assert canonical_json(json.loads(stored)) == stored


@pytest.mark.parametrize("task", ENCODERS)
def test_a_prompt_is_drawn_from_its_stream_and_tells_its_task(shown: Shown, task: str) -> None:
    drawn = [shown.asked(task, key).prompt for key in range(60)]
    assert drawn == [shown.asked(task, key).prompt for key in range(60)]
    assert len(set(drawn)) >= 20
    assert {parse_prompt(prompt).task for prompt in drawn} == {task}


@settings(derandomize=True, max_examples=100)
@given(arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9), st.just(3))), st.integers(0, 40))
@pytest.mark.parametrize("task", ENCODERS)
def test_any_picture_decodes(shown: Shown, task: str, rgb: UInt8[np.ndarray, "h w 3"], key: int) -> None:
    decoded = decode(rgb, shown.asked(task, key).prompt)
    assert decoded.shape[:2] == rgb.shape[:2]
    assert not np.isnan(decoded).any()


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_is_a_pure_function_and_its_plan_survives_json(recipe: str) -> None:
    spec = RunSpec(recipe=recipe, catalog="builtin", seed=11)
    plan = plan_scene(spec, 3, "train", open_catalog("builtin"))
    elsewhere, other = plans_of([(spec, 3), (spec, 4)])
    assert plan == elsewhere
    assert ScenePlan.model_validate_json(plan.model_dump_json()) == plan
    assert len(plan.views) == spec.views_per_scene + spec.camera.spare_views
    assert other.objects != plan.objects


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_lists_what_its_package_brings_or_asks_for_a_path(name: str) -> None:
    try:
        listed = list(SOURCES[name](None, AddOptions()))
    except CatalogError:  # it has no place of its own
        listed = []
    for each in listed:
        assert each.asset_id.startswith(f"{name}/")
        assert isinstance(each, Candidate) or each.reason


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_finds_nothing_says_where_it_looked(name: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=re.escape(str(tmp_path))):
        list(SOURCES[name](tmp_path, AddOptions()))


@pytest.mark.parametrize("ending", EXPORTERS)
def test_an_exporter_writes_what_it_returns_the_asked_for_file_first(ending: str, tmp_path: Path) -> None:
    plan = plan_scene(RunSpec(catalog="builtin"), 0, "train", open_catalog("builtin"))
    corners_m, triangle = np.eye(3, dtype=np.float32), np.arange(3, dtype=np.int32)[None]
    normals = np.tile(np.array([0, 0, 1], dtype=np.float32), (1, 3, 1))
    instance_id, paint = np.array([plan.objects[0].instance_id], dtype=np.int32), np.ones(1, np.int32)
    triangles = Triangles(corners_m, triangle, normals, np.zeros((1, 3, 2), np.float32), instance_id, paint, ("paint",))
    target = tmp_path / f"room-7{ending}"
    written = exporter_for(target)(triangles, plan, target)
    assert written[0] == target
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert {path.stem for path in written} == {"room-7"}
    assert all(path.stat().st_size > 0 for path in written)


@pytest.mark.parametrize("preset", preset_names())
def test_a_preset_is_a_valid_spec_of_known_members(preset: str) -> None:
    spec = load_spec(preset)
    assert ({spec.recipe} if isinstance(spec.recipe, str) else set(spec.recipe)) <= set(RECIPES)
    assert set(spec.camera.rigs) <= set(RIGS)
    assert open_catalog(spec.catalog).records
    assert set(spec.tasks) <= set(ENCODERS)


@pytest.mark.parametrize("limit", GateSpec.model_fields)
def test_a_limit_names_the_gate_whose_name_a_rejection_tells(limit: str) -> None:
    gate, colon, _ = (GateSpec.model_fields[limit].description or "").partition(": ")
    assert colon
    assert gate in {*BEFORE, *AFTER}
