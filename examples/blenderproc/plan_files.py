"""From the JSON beside an exported scene to what BlenderProc takes, and what `scenegen ingest` is told: no Blender, no
scenegen, NumPy alone, for it is imported by BlenderProc's own Python.

Ours: OpenCV's camera axes, the centre of the top-left pixel at (0.5, 0.5). BlenderProc's: Blender's camera axes, K with
that centre at (0, 0); one K for all frames of a run.
"""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

Scene = dict[str, Any]
HALF = np.array([[0.0, 0.0, 0.5], [0.0, 0.0, 0.5], [0.0, 0.0, 0.0]])
AXES = np.diag([1.0, -1.0, -1.0, 1.0])


def poses(scene: Scene) -> Iterator[tuple[np.ndarray, np.ndarray, int, int]]:
    """Yields K and cam2world in BlenderProc's conventions, width and height of each camera.

    Raises ValueError where cameras differ in K or size: BlenderProc renders all frames of a run with one.
    """
    cameras = scene["cameras"]
    for name in ("intrinsics", "width_px", "height_px"):
        if any(each[name] != cameras[0][name] for each in cameras):
            raise ValueError(f"cameras differ in {name}: BlenderProc has one for all frames, export fewer views")
    for each in cameras:
        yield (
            np.array(each["intrinsics"]) - HALF,
            np.array(each["cam2world"]) @ AXES,
            each["width_px"],
            each["height_px"],
        )


def cameras_json(scene: Scene) -> dict[str, Any]:
    """Returns what stands in `cameras.json` beside the frames."""
    stated = list(poses(scene))
    frames = [{"file": f"{number}.hdf5", "cam2world": pose.tolist()} for number, (_, pose, _, _) in enumerate(stated)]
    return {"K": stated[0][0].tolist(), "frames": frames}


def conventions_yaml(scene: Scene) -> str:
    """Returns what `scenegen ingest --conventions` is told: the class of each category, by its number."""
    classes = {str(each["class_id"]): each["class_name"] for each in scene["objects"]}
    return json.dumps({"classes": dict(sorted(classes.items()))}, indent=1) + "\n"
