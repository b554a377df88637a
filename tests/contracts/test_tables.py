"""Every member of every table keeps its table's promise."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from assets_catalog.ingest.candidate import AddOptions, Candidate
from assets_catalog.opening import open_catalog
from assets_catalog.sources import SOURCES
from render_configs.load import load_spec, preset_names
from scenegen.dataset.exports import EXPORTERS, exporter_for
from scenegen.encoders import ENCODERS
from scenegen.encoders.encoder import prompt_for
from scenegen.encoders.prompts import parse_prompt
from scenegen.gates import AFTER, BEFORE
from scenegen.recipes import RECIPES, plan_scene
from scenegen.triangles import Triangles
from schemas.errors import CatalogError
from schemas.frame import GBuffer
from schemas.geometry import intrinsics, pixel_rays
from schemas.model import canonical_json
from schemas.run_spec import GateSpec, RunSpec
from schemas.scene_plan import ScenePlan
from schemas.seeds import rng_for


def wall_under_sky() -> GBuffer:
    """Returns a wall 3 m away, tilted, that fills the lower two thirds of the picture."""
    normal = np.array([0.36, 0.48, 0.8])
    rays = pixel_rays(intrinsics(1.0, 48, 32), 48, 32) * [1, -1, -1]
    z_depth_m = (-3.0 * normal[2] / (rays @ normal)).astype(np.float32)
    z_depth_m[:10] = np.inf
    surface = np.isfinite(z_depth_m)
    return GBuffer(
        z_depth_m,
        np.where(surface[..., None], normal, 0.0).astype(np.float32),
        surface.astype(np.int32),
        surface.astype(np.int32) * 5,
        surface.astype(np.int32) * 2,
    )


@pytest.mark.parametrize("task", ENCODERS)
def test_an_encoder_decodes_what_it_encodes_within_eight_bits(task: str) -> None:
    encoder, truth = ENCODERS[task], wall_under_sky()
    target = encoder.encode(truth)
    assert encoder.task == task
    assert target.dtype == np.uint8
    assert encoder.excess(target, truth).max() <= 1.0
    assert np.allclose(encoder.decode(target)[20], encoder.truth(truth)[20], atol=0.02)
    assert np.isfinite(encoder.decode(target)[20]).all()


@pytest.mark.parametrize("task", ENCODERS)
def test_an_encoder_notices_a_target_that_is_off(task: str) -> None:
    encoder, truth = ENCODERS[task], wall_under_sky()
    target = encoder.encode(truth)
    target[20, 24] = 255 - target[20, 24]
    assert encoder.excess(target, truth)[20, 24] > 1.0


@pytest.mark.parametrize("task", ENCODERS)
def test_an_encoders_parameters_are_canonical_json(task: str) -> None:
    stored = ENCODERS[task].codec_params
    assert canonical_json(json.loads(stored)) == stored


@pytest.mark.parametrize("task", ENCODERS)
def test_a_prompt_is_drawn_from_its_stream_and_tells_its_task(task: str) -> None:
    encoder = ENCODERS[task]
    drawn = [prompt_for(rng_for(key, "prompt"), encoder) for key in range(200)]
    assert drawn == [prompt_for(rng_for(key, "prompt"), encoder) for key in range(200)]
    assert len(set(drawn)) >= 20
    assert {parse_prompt(prompt).task for prompt in drawn} == {task}


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_is_a_pure_function_and_its_plan_survives_json(recipe: str) -> None:
    spec, catalog = RunSpec(recipe=recipe, catalog="builtin", seed=11), open_catalog("builtin")
    plan = plan_scene(spec, 3, "train", catalog)
    assert plan == plan_scene(spec, 3, "train", catalog)
    assert ScenePlan.model_validate_json(plan.model_dump_json()) == plan
    assert len(plan.views) == spec.views_per_scene + spec.camera.spare_views
    assert plan_scene(spec, 4, "train", catalog).objects != plan.objects


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
    triangle = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0]]], dtype=np.float32)
    normals = np.tile(np.array([0, 0, 1], dtype=np.float32), (1, 3, 1))
    instance_id, paint = np.array([plan.objects[0].instance_id], dtype=np.int32), np.ones(1, np.int32)
    triangles = Triangles(triangle, normals, np.zeros((1, 3, 2), np.float32), instance_id, paint, ("paint",))
    target = tmp_path / f"room-7{ending}"
    written = exporter_for(target)(triangles, plan, target)
    assert written[0] == target
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    assert {path.stem for path in written} == {"room-7"}
    assert all(path.stat().st_size > 0 for path in written)


@pytest.mark.parametrize("preset", preset_names())
def test_a_preset_is_a_valid_spec_of_known_members(preset: str) -> None:
    spec = load_spec(preset)
    assert spec.recipe in RECIPES
    assert open_catalog(spec.catalog).records
    assert set(spec.tasks) <= set(ENCODERS)


@pytest.mark.parametrize("limit", GateSpec.model_fields)
def test_a_limit_names_the_gate_whose_name_a_rejection_tells(limit: str) -> None:
    gate, colon, _ = (GateSpec.model_fields[limit].description or "").partition(": ")
    assert colon
    assert gate in {*BEFORE, *AFTER}
