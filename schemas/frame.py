"""A frame: one view of a scene as arrays, and the columns in which frames are stored.

Arrays are top row first. No surface: depth infinity, normal zero, ids 0.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from jaxtyping import Float32, Int32, UInt8

from schemas.scene_plan import ScenePlan, View


@dataclass(frozen=True)
class GBuffer:
    """What the surface seen through each pixel's centre is."""

    z_depth_m: Float32[np.ndarray, "h w"]
    """Planar depth along the camera's z, metres; infinity = no surface."""
    normal_cam: Float32[np.ndarray, "h w 3"]
    """Unit, x right, y up, z toward the camera, facing the camera; zero = no surface."""
    instance_id: Int32[np.ndarray, "h w"]
    class_id: Int32[np.ndarray, "h w"]


@dataclass(frozen=True)
class Frame:
    """One view, rendered."""

    frame_id: str
    view: View
    rgb: UInt8[np.ndarray, "h w 3"]
    """Display-referred sRGB."""
    gbuffer: GBuffer


Shot = tuple[ScenePlan, Frame]
"""A frame with the plan of its scene."""

IMAGE_STRUCT = pa.struct([("bytes", pa.binary()), ("path", pa.string())])

FRAME_COLUMNS = pa.schema(
    [
        pa.field("frame_id", pa.string(), nullable=False),
        pa.field("scene_id", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),
        pa.field("image", IMAGE_STRUCT),
        pa.field("exr", pa.binary()),
        pa.field("intrinsics", pa.list_(pa.float64(), 9)),
        pa.field("cam2world", pa.list_(pa.float64(), 16)),
        pa.field("plan", pa.string()),
        pa.field(
            "objects",
            pa.list_(
                pa.struct(
                    [
                        ("instance_id", pa.int32()),
                        ("class_id", pa.int32()),
                        ("class_name", pa.string()),
                        ("label", pa.string()),
                        ("asset_id", pa.string()),
                        ("pixels", pa.int64()),
                    ]
                )
            ),
        ),
    ]
)
"""`image` is a PNG; `exr` holds z_depth_m, normal_cam.X/Y/Z (float32), instance_id, class_id (uint32), ZIP; `plan` is
the ScenePlan as JSON; `objects` lists what the frame shows."""


def scene_id(scene_index: int) -> str:
    """Returns the name of a scene, e.g. 'scene-00000003'."""
    return f"scene-{scene_index:08d}"


def frame_id(scene_index: int, view_index: int) -> str:
    """Returns the name of a frame, e.g. 'scene-00000003-view-01'."""
    return f"{scene_id(scene_index)}-view-{view_index:02d}"
