# ruff: noqa: E402 - BlenderProc wants its own import to be the first line of code
import blenderproc as bproc

"""Renders a scene that `scenegen export-scene` wrote, under `blenderproc run`, so that `scenegen ingest` can read it.

    scenegen export-scene OUT --scene 3 scene.glb                       # scene.json comes beside it
    blenderproc run examples/blenderproc/render_scene.py scene.glb FRAMES
    scenegen ingest blenderproc FRAMES OUT2 --conventions FRAMES/conventions.yaml

Geometry, instances, classes and cameras are the plan's. Light is not: a glTF file of ours holds none, so a sun and a
grey sky stand in for it, and surfaces have their plain colour.
"""

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from plan_files import cameras_json, conventions_yaml, poses

SUN_DEG = (40.0, 0.0, 30.0)


def main() -> None:
    """Renders every camera of the scene into FRAMES."""
    parser = argparse.ArgumentParser()
    parser.add_argument("scene", type=Path, help="scene.glb, with scene.json beside it")
    parser.add_argument("frames", type=Path, help="folder for the HDF5 files")
    parser.add_argument("--samples", type=int, default=64)
    asked = parser.parse_args()
    scene = json.loads(asked.scene.with_suffix(".json").read_text())
    bproc.init()
    _load(asked.scene, scene)
    _light()
    _cameras(scene)
    bproc.renderer.set_max_amount_of_samples(asked.samples)
    bproc.renderer.enable_depth_output(activate_antialiasing=False)
    bproc.renderer.enable_normals_output()
    bproc.renderer.enable_segmentation_output(
        map_by=["instance", "category_id", "name"], default_values={"category_id": 0}
    )
    bproc.writer.write_hdf5(str(asked.frames), bproc.renderer.render())
    (asked.frames / "cameras.json").write_text(json.dumps(cameras_json(scene), indent=1))
    (asked.frames / "conventions.yaml").write_text(conventions_yaml(scene))


def _load(glb: Path, scene: dict) -> None:
    """Loads the nodes, which are named by their instance ids, and says of each what it is."""
    planned = {str(each["instance_id"]): each for each in scene["objects"]}
    for mesh in bproc.loader.load_obj(str(glb)):
        told = planned[mesh.get_name().split(".")[0]]
        mesh.set_name(f"{told['label']} {told['instance_id']}")
        mesh.set_cp("category_id", told["class_id"])


def _light() -> None:
    sun = bproc.types.Light("SUN")
    sun.set_rotation_euler([angle / 57.29578 for angle in SUN_DEG])
    sun.set_energy(3.0)
    bproc.renderer.set_world_background([0.8, 0.85, 0.9], strength=1.0)


def _cameras(scene: dict) -> None:
    for k, cam2world, width_px, height_px in poses(scene):
        bproc.camera.set_intrinsics_from_K_matrix(k, width_px, height_px)
        bproc.camera.add_camera_pose(cam2world)


main()
