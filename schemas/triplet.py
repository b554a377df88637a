"""A triplet: (input image, prompt, target image) and the columns in which triplets are stored.

`input_image`, `edit_prompt` and `edited_image` are the names that diffusers' InstructPix2Pix reads with no flag;
the schema carries the features that make `datasets` open both images.
"""

import json
from dataclasses import dataclass

import pyarrow as pa

from schemas.frame import IMAGE_STRUCT

_LEGEND = pa.list_(
    pa.struct(
        [
            ("label", pa.string()),
            ("rgb", pa.list_(pa.uint8(), 3)),
            ("instance_ids", pa.list_(pa.int32())),
            ("pixels", pa.int64()),
        ]
    )
)


def _scalar(dtype: str) -> dict[str, str]:
    return {"dtype": dtype, "_type": "Value"}


def _sequence(feature: object, length: int = -1) -> dict[str, object]:
    return {"feature": feature, "length": length, "_type": "List"}


_FEATURES = {
    **{name: _scalar("string") for name in ("sample_id", "frame_id", "scene_id", "task", "split", "recipe")},
    "input_image": {"_type": "Image"},
    "edit_prompt": _scalar("string"),
    "edited_image": {"_type": "Image"},
    "width_px": _scalar("int32"),
    "height_px": _scalar("int32"),
    "seed": _scalar("uint64"),
    "intrinsics": _sequence(_scalar("float64"), 9),
    "cam2world": _sequence(_scalar("float64"), 16),
    "z_depth_min_m": _scalar("float32"),
    "z_depth_max_m": _scalar("float32"),
    "codec": _scalar("string"),
    "codec_params": _scalar("string"),
    "legend": _sequence(
        {
            "label": _scalar("string"),
            "rgb": _sequence(_scalar("uint8"), 3),
            "instance_ids": _sequence(_scalar("int32")),
            "pixels": _scalar("int64"),
        }
    ),
    "asset_ids": _sequence(_scalar("string")),
}

TRIPLET_COLUMNS = pa.schema(
    [
        pa.field("sample_id", pa.string(), nullable=False),
        pa.field("frame_id", pa.string(), nullable=False),
        pa.field("scene_id", pa.string(), nullable=False),
        pa.field("task", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),
        pa.field("recipe", pa.string(), nullable=False),
        pa.field("input_image", IMAGE_STRUCT),
        pa.field("edit_prompt", pa.string()),
        pa.field("edited_image", IMAGE_STRUCT),
        pa.field("width_px", pa.int32()),
        pa.field("height_px", pa.int32()),
        pa.field("seed", pa.uint64()),
        pa.field("intrinsics", pa.list_(pa.float64(), 9)),
        pa.field("cam2world", pa.list_(pa.float64(), 16)),
        pa.field("z_depth_min_m", pa.float32()),
        pa.field("z_depth_max_m", pa.float32()),
        pa.field("codec", pa.string()),
        pa.field("codec_params", pa.string()),
        pa.field("legend", _LEGEND),
        pa.field("asset_ids", pa.list_(pa.string())),
    ],
    metadata={"huggingface": json.dumps({"info": {"features": _FEATURES}})},
)


@dataclass(frozen=True)
class Legend:
    """One entry of a segmentation target's legend; depth and normals have none."""

    label: str
    rgb: tuple[int, int, int]
    instance_ids: tuple[int, ...]
    pixels: int


@dataclass(frozen=True)
class Triplet:
    """One row of a triplets file; fields as the columns, images as PNG bytes."""

    sample_id: str
    frame_id: str
    scene_id: str
    task: str
    split: str
    recipe: str
    input_png: bytes
    edit_prompt: str
    target_png: bytes
    width_px: int
    height_px: int
    seed: int
    """Of the triplet's own stream: prompt template and, for tasks with colours, their draw."""
    intrinsics: tuple[float, ...]
    cam2world: tuple[float, ...]
    z_depth_min_m: float
    """Nearest and farthest finite depth of the frame; NaN where it shows no surface."""
    z_depth_max_m: float
    codec: str
    codec_params: str
    legend: tuple[Legend, ...]
    asset_ids: tuple[str, ...]
    """Assets of the whole scene, for attribution."""


def sample_id(frame_id: str, task: str) -> str:
    """Returns the name of a triplet, e.g. 'scene-00000003-view-01-depth'."""
    return f"{frame_id}-{task}"
