"""examples/blenderproc: our cameras, told to BlenderProc and back by `ingest`, are the same; the script compiles."""

import ast
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assets_catalog.opening import open_catalog
from render_configs.load import read_mapping
from scenegen.dataset.exports.gltf import scene_json
from scenegen.ingest.blenderproc import BlenderprocConventions
from scenegen.ingest.camera import cameras_in
from scenegen.recipes import plan_scene
from schemas.ranges import Range
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan, square

EXAMPLE = Path(__file__).parents[3] / "examples" / "blenderproc"


@pytest.fixture(scope="module")
def plan_files() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plan_files", EXAMPLE / "plan_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def plan() -> ScenePlan:
    fixed = CameraSpec(fov_x_deg=Range(low=70, high=70))
    return plan_scene(RunSpec(catalog="builtin", camera=fixed), 0, "train", open_catalog("builtin"))


def test_our_cameras_come_back_from_what_is_told_blenderproc(
    plan_files: ModuleType, plan: ScenePlan, tmp_path: Path
) -> None:
    scene = json.loads(json.dumps(scene_json(plan)))
    (tmp_path / "cameras.json").write_text(json.dumps(plan_files.cameras_json(scene)))
    for number, view in enumerate(plan.views):
        k, pose = cameras_in(tmp_path / "cameras.json").of_frame(f"{number}.hdf5")
        assert k is not None
        assert pose is not None
        np.testing.assert_allclose(k, square(view.intrinsics), atol=1e-9)
        np.testing.assert_allclose(pose, square(view.cam2world), atol=1e-9)


def test_every_class_of_the_plan_is_named(plan_files: ModuleType, plan: ScenePlan, tmp_path: Path) -> None:
    (tmp_path / "conventions.yaml").write_text(plan_files.conventions_yaml(scene_json(plan)))
    said = BlenderprocConventions.model_validate(read_mapping(tmp_path / "conventions.yaml"))
    assert said.classes == {str(each.class_id): each.class_name for each in plan.objects}


def test_cameras_that_differ_are_refused(plan_files: ModuleType, plan: ScenePlan) -> None:
    scene = json.loads(json.dumps(scene_json(plan)))
    scene["cameras"][1]["width_px"] += 16
    with pytest.raises(ValueError, match="cameras differ in width_px"):
        list(plan_files.poses(scene))


def test_the_script_compiles_and_blenderproc_comes_first() -> None:
    script = (EXAMPLE / "render_scene.py").read_text()
    first = ast.parse(script).body[0]
    assert isinstance(first, ast.Import)
    assert first.names[0].name == "blenderproc"
    assert {node.module for node in ast.walk(ast.parse(script)) if isinstance(node, ast.ImportFrom)} <= {
        "pathlib",
        "plan_files",
    }
