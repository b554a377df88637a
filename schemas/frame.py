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
    material_id: Int32[np.ndarray, "h w"]
    """Names stand in `Frame.materials`."""


@dataclass(frozen=True)
class Verdict:
    """What one gate says of a frame; `figure` is what it measured, as `scenegen.gates` documents it."""

    gate: str
    figure: float
    passed: bool


@dataclass(frozen=True)
class Agreement:
    """How far the second witness, the renderer's own depth and index passes, confirms the exact buffers."""

    same_share: float
    """Share of the pixels in which both name the same object, and depths within 1e-3 of each other."""
    z_error_p999: float
    """99.9th percentile of |difference of depth| / depth over the pixels in which both name the same object."""


UNWITNESSED = Agreement(float("nan"), float("nan"))
"""Of a renderer that has no second witness, such as the analytic one."""


@dataclass(frozen=True)
class Frame:
    """One view, rendered."""

    frame_id: str
    view: View
    rgb: UInt8[np.ndarray, "h w 3"]
    """Display-referred sRGB."""
    gbuffer: GBuffer
    materials: tuple[str, ...] = ()
    """Name of material_id 1, 2, ... of the scene."""
    agreement: Agreement = UNWITNESSED
    verdicts: tuple[Verdict, ...] = ()
    """Of every gate, in their order; all passed, or it would be no frame."""
    picture: bytes | None = None
    """`rgb` as the file that it was stored in, where it was stored before: a JPEG must not be encoded twice."""


Shot = tuple[ScenePlan, Frame]
"""A frame with the plan of its scene."""


@dataclass(frozen=True)
class Rejection:
    """A candidate view that became no frame: which, and what the gate that stopped it found."""

    scene_index: int
    attempt: int
    view_index: int
    verdict: Verdict
    shot: Shot | None = None
    """What was rendered already, where the two witnesses disagree: kept aside with the unit. Else nothing."""


@dataclass(frozen=True)
class Redrawn:
    """A scene ran out of candidates and is drawn anew: the frames that it had so far are void."""

    scene_index: int
    attempt: int
    """The one that failed."""
    frames: int
    """How many are void; they are the last that were yielded."""


Outcome = Shot | Rejection | Redrawn
"""What is yielded for each candidate that is looked at, and for each scene that is given up."""

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
        pa.field("view_index", pa.int32()),
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
        pa.field(
            "materials",
            pa.list_(pa.struct([("material_id", pa.int32()), ("name", pa.string()), ("pixels", pa.int64())])),
        ),
        pa.field("agreement", pa.struct([("same_share", pa.float64()), ("z_error_p999", pa.float64())])),
        pa.field(
            "verdicts",
            pa.list_(pa.struct([("gate", pa.string()), ("figure", pa.float64()), ("passed", pa.bool_())])),
        ),
    ]
)
"""`image` is a PNG or JPEG, as the spec says; `exr` holds z_depth_m, normal_cam.X/Y/Z (float32), instance_id, class_id,
material_id (uint32), ZIP; `plan` is the ScenePlan as JSON, `view_index` the candidate of it that became this frame;
`objects` and `materials` list what the frame shows."""


def scene_id(scene_index: int) -> str:
    """Returns the name of a scene, e.g. 'scene-00000003'."""
    return f"scene-{scene_index:08d}"


def frame_id(scene_index: int, view_index: int) -> str:
    """Returns the name of a frame, e.g. 'scene-00000003-view-01'."""
    return f"{scene_id(scene_index)}-view-{view_index:02d}"


def candidate_id(scene_index: int, attempt: int, view_index: int) -> str:
    """Returns the name of a candidate that became no frame, e.g. 'scene-00000003-attempt-0-candidate-05'."""
    return f"{scene_id(scene_index)}-attempt-{attempt}-candidate-{view_index:02d}"
