"""What a page's scripts know of a frame: how each target's colours are read, and the truth, packed.

A target is shown as the very PNG of the dataset, and what its colours mean is no second implementation: here
`scenegen.encoders.decode` reads the target, and the page gets a table, colour -> what was read. Of instances, which are
read by where colours stand, it gets the picture that was read.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from jaxtyping import Float32, UInt8

from scenegen.dataset.png import decode_png
from scenegen.encoders import decode
from scenegen.encoders.prompts import parse_prompt
from scenegen.pages.planes import INVERSE_LEVELS, inverse_depth, packed
from scenegen.pages.shown_frame import ShownFrame, Truth
from schemas.triplet import LegendEntry, Triplet

NORMAL_STEPS = 10_000
"""A component of a normal is packed as so many parts."""
_DIGITS = 7


def frame_data(frame: ShownFrame) -> dict[str, Any]:
    """Returns what stands in the page's data of a frame, as JSON; raises DatasetError where a target can't be read."""
    row = frame.of_all
    return {
        "width": row.width_px,
        "height": row.height_px,
        "intrinsics": row.intrinsics,
        "cam2world": row.cam2world,
        "truth": None if frame.truth is None else _truth(frame.truth),
        "targets": [_target(target) for target in frame.targets],
    }


def _truth(truth: Truth) -> dict[str, Any]:
    return {
        "depth": _depth_plane(truth.gbuffer.z_depth_m),
        "normals": _normal_planes(truth.gbuffer.normal_cam),
        "instances": packed(truth.gbuffer.instance_id),
        "names": {str(number): names for number, names in truth.names.items()},
    }


def _target(row: Triplet) -> dict[str, Any]:
    return {"task": row.task, **_READ[row.task](row, decode_png(row.target_png))}


def _depth(row: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> dict[str, Any]:
    colors = _colors(rgb)
    z_depth_m = decode(colors, row.edit_prompt)[0]
    values = [float(f"{value:.{_DIGITS}g}") if np.isfinite(value) else None for value in z_depth_m.tolist()]
    return {"colors": _color_plane(colors), "values": values}


def _normals(row: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> dict[str, Any]:
    colors = _colors(rgb)
    return {"colors": _color_plane(colors), "normals": _normal_planes(decode(colors, row.edit_prompt))}


def _labels(row: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> dict[str, Any]:
    """An index of -1 is the background."""
    colors = _colors(rgb)
    said = parse_prompt(row.edit_prompt).legend
    labels = [] if said is None else [entry.label for entry in said.entries]
    values = decode(colors, row.edit_prompt)[0].tolist()
    return {"colors": _color_plane(colors), "values": values, "labels": labels, "asked": _asked(row.legend)}


def _instances(row: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> dict[str, Any]:
    return {"ids": packed(decode(rgb, row.edit_prompt)), "asked": _asked(row.legend)}


_READ: Mapping[str, Any] = {
    "depth": _depth,
    "normals": _normals,
    "semantic": _labels,
    "referring": _labels,
    "instance": _instances,
}


def _asked(legend: Sequence[LegendEntry]) -> dict[str, str]:
    """Returns for each object that a legend means: how the legend calls it."""
    return {str(number): entry.label for entry in legend for number in entry.instance_ids}


def _colors(rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "1 n 3"]:
    """Returns the colours of a picture, each once, by 65536 red + 256 green + blue."""
    wide = rgb.reshape(-1, 3).astype(np.int32)
    numbers = np.unique(wide @ np.array([65536, 256, 1], np.int32))
    return np.stack([numbers >> 16, numbers >> 8 & 255, numbers & 255], axis=-1).astype(np.uint8)[None]


def _color_plane(colors: UInt8[np.ndarray, "1 n 3"]) -> dict[str, object]:
    return packed(colors.astype(np.int32) @ np.array([65536, 256, 1], np.int32))


def _depth_plane(z_depth_m: Float32[np.ndarray, "h w"]) -> dict[str, object]:
    nearest_m, inverse = inverse_depth(z_depth_m)
    return {"nearest_m": nearest_m, "levels": INVERSE_LEVELS, "inverse": packed(inverse)}


def _normal_planes(normal_cam: Float32[np.ndarray, "h w 3"]) -> dict[str, object]:
    parts = np.rint(np.nan_to_num(normal_cam).astype(np.float64) * NORMAL_STEPS).astype(np.int32)
    return {"steps": NORMAL_STEPS, "planes": [packed(parts[..., axis]) for axis in range(3)]}
