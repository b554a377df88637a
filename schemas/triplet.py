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
            ("decodable", pa.bool_()),
        ]
    )
)

_COLUMNS = pa.schema(
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
    ]
)

_DTYPES = {pa.float32(): "float32", pa.float64(): "float64"}
"""Arrow's own words for these are float and double."""


def _feature(kind: pa.DataType) -> dict[str, object]:
    """Returns what `datasets` calls a column of this type."""
    if kind.equals(IMAGE_STRUCT):
        return {"_type": "Image"}
    if pa.types.is_struct(kind):
        return {field.name: _feature(field.type) for field in kind}
    if pa.types.is_list(kind) or pa.types.is_fixed_size_list(kind):
        length = kind.list_size if pa.types.is_fixed_size_list(kind) else -1
        return {"feature": _feature(kind.value_type), "length": length, "_type": "List"}
    return {"dtype": _DTYPES.get(kind, str(kind)), "_type": "Value"}


_FEATURES = {column.name: _feature(column.type) for column in _COLUMNS}

TRIPLET_COLUMNS = _COLUMNS.with_metadata({"huggingface": json.dumps({"info": {"features": _FEATURES}})})


@dataclass(frozen=True)
class LegendEntry:
    """One entry of a segmentation target's legend; depth and normals have none."""

    label: str
    """A class phrase ("chairs"), a referring expression ("the lamp on the desk"), an object's class ("chair")."""
    rgb: tuple[int, int, int]
    instance_ids: tuple[int, ...] = ()
    """Objects painted in `rgb`; empty for a class that is absent from the picture, or where only a prompt is known."""
    pixels: int = 0
    """How many are painted in `rgb`."""
    decodable: bool = True
    """False for an object that the five steps can't read from the target as it is."""


@dataclass(frozen=True)
class Triplet:
    """One row of a triplets file; fields as the columns, images as the bytes of their files."""

    sample_id: str
    frame_id: str
    scene_id: str
    task: str
    split: str
    recipe: str
    input_image_bytes: bytes
    """PNG or JPEG, as the spec says."""
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
    legend: tuple[LegendEntry, ...]
    asset_ids: tuple[str, ...]
    """Assets of the whole scene, for attribution."""
