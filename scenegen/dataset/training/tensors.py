"""Tensors: a row as torch takes it, and rows as a batch. Names are the stored columns' own.

input_image edited_image: uint8, 3 x h x w; with their batch b x 3 x h x w
edit_prompt sample_id task: str; legend: tuple of LegendEntry
intrinsics cam2world: float64, 3 x 3 and 4 x 4
truth: what the target says, decoded by its prompt, where it is asked for: metres h x w, unit vectors h x w x 3,
       or numbers h x w (see `scenegen.encoders.decode`)
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch.utils.data import default_collate

from scenegen.dataset.rows import DecodedTriplet
from scenegen.encoders import decode


def tensors_of(row: DecodedTriplet, with_truth: bool) -> dict[str, Any]:
    """Returns a row as tensors and words."""
    told = {
        "sample_id": row.sample_id,
        "task": row.task,
        "edit_prompt": row.prompt,
        "legend": row.legend,
        "input_image": _image(row.input_rgb),
        "edited_image": _image(row.target_rgb),
        "intrinsics": torch.from_numpy(row.intrinsics),
        "cam2world": torch.from_numpy(row.cam2world),
    }
    if with_truth:
        told["truth"] = torch.from_numpy(np.ascontiguousarray(decode(row.target_rgb, row.prompt)))
    return told


def collate(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns rows as a batch: tensors of one shape and type are stacked, all else is listed."""
    return {name: _together([row[name] for row in rows]) for name in rows[0]}


def _together(values: list[Any]) -> Any:
    if not all(isinstance(value, torch.Tensor) for value in values):
        return values
    kinds = {(value.shape, value.dtype) for value in values}
    return default_collate(values) if len(kinds) == 1 else values  # in a worker: straight into shared memory


def _image(rgb: np.ndarray) -> Any:
    return torch.from_numpy(np.ascontiguousarray(rgb.transpose(2, 0, 1)))
