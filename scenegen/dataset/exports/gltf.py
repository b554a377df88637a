"""glTF 2.0 binary (Khronos): one node for each instance, named by its instance_id, and a JSON file beside it.

glTF is +Y up and +Z front; our world is z up. The vertices are those that the exact buffers were traced against, in
world coordinates, turned by `YUP_FROM_ZUP`. The JSON keeps our world and says the rotation between the two.
"""

import json
from pathlib import Path

import numpy as np
import trimesh
from jaxtyping import Float32, Int

from scenegen.colors import linear_rgba
from scenegen.dataset.output import write_output
from scenegen.triangles import Triangles
from schemas.frame import frame_id
from schemas.geometry import YUP_FROM_ZUP
from schemas.model import SCHEMA_VERSION
from schemas.scene_plan import PlannedObject, ScenePlan, square

_PLAIN_COLOR = (0.75, 0.74, 0.72)


def write_gltf(triangles: Triangles, plan: ScenePlan, target: Path) -> list[Path]:
    """Writes `target` (.glb), and beside it a file of the same name with the ending .json; raises OutputError."""
    scene = trimesh.Scene()
    for planned in plan.objects:
        of_instance = np.flatnonzero(triangles.instance_id == planned.instance_id)
        if len(of_instance):
            name = str(planned.instance_id)
            scene.add_geometry(_mesh(triangles, of_instance, planned), node_name=name, geom_name=name)
    beside = target.with_suffix(".json")
    write_output(target, scene.export(file_type="glb", include_normals=True))
    write_output(beside, json.dumps(scene_json(plan), indent=2).encode())
    return [target, beside]


def scene_json(plan: ScenePlan) -> dict[str, object]:
    """Returns cameras and objects in world coordinates, and the rotation into the glTF file's axes.

    The plan's views are those that became frames, in their order.
    """
    return {
        "schema_version": SCHEMA_VERSION,
        "scene_id": plan.scene_id,
        "world_axes": "metres, z up, right-handed",
        "camera_axes": "OpenCV: x right, y down, z forward, pixel centres at +0.5",
        "gltf_from_world": YUP_FROM_ZUP.tolist(),
        "cameras": [
            {
                "frame_id": frame_id(plan.scene_index, number),
                "width_px": view.width_px,
                "height_px": view.height_px,
                "intrinsics": square(view.intrinsics).tolist(),
                "cam2world": square(view.cam2world).tolist(),
            }
            for number, view in enumerate(plan.views)
        ],
        "objects": [
            {
                **planned.model_dump(include={"instance_id", "class_id", "class_name", "label", "asset_id"}),
                "object2world": square(planned.object2world).tolist(),
            }
            for planned in plan.objects
        ],
    }


def _mesh(triangles: Triangles, chosen: Int[np.ndarray, " n"], planned: PlannedObject) -> trimesh.Trimesh:
    """Returns one instance; corners that share place and normal become one vertex."""
    turn = YUP_FROM_ZUP[:3, :3].T.astype(np.float32)
    corners = triangles.corners_m[chosen].reshape(-1, 3) @ turn
    normals = triangles.corner_normals[chosen].reshape(-1, 3) @ turn
    vertices, vertex_of_corner = _shared(np.hstack([corners, normals]))
    color = planned.surface.color if planned.surface else _PLAIN_COLOR
    material = trimesh.visual.material.PBRMaterial(
        name=planned.label,
        baseColorFactor=linear_rgba(color),
        roughnessFactor=0.7,
        metallicFactor=0.0,
        doubleSided=True,
    )
    return trimesh.Trimesh(
        vertices=vertices[:, :3],
        faces=vertex_of_corner.reshape(-1, 3),
        vertex_normals=vertices[:, 3:],
        visual=trimesh.visual.TextureVisuals(material=material),
        process=False,
    )


def _shared(rows: Float32[np.ndarray, "n 6"]) -> tuple[Float32[np.ndarray, "m 6"], Int[np.ndarray, " n"]]:
    unique, inverse = np.unique(rows, axis=0, return_inverse=True)
    return unique, inverse.ravel()
