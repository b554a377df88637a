"""Targets: what the network is taught, of each row that the reader gives; runs in the reader's workers.

Instances: their colours are free, so the targets' random ones are changed for fixed ones, from left to right.

Weights: what covers little of a flat target weighs more, by the root of its share: else so small a network paints
background only. A depth weighs less the farther it is.
"""

from typing import Any

import torch
from torch import Tensor

from examples.tiny_generalist.words import OBJECT_COLORS

_NEAR_M, _FAR_M = 0.3, 60.0
_DEPTH_WEIGHT, _INSTANCE_WEIGHT = 2.5, 2.0


def taught(row: dict[str, Any]) -> dict[str, Any]:
    """Returns a row of `TripletDataset(truth=True)` with learnable colours; `weight`, `z_depth_m`: float32, h x w."""
    target, truth, task = row["edited_image"], row.pop("truth"), row["task"]
    if task == "instance":
        target = ordered(target, [entry.rgb for entry in row["legend"]])
    z_depth_m = truth.float() if task == "depth" else torch.ones(target.shape[1:])
    return {**row, "edited_image": target, "z_depth_m": z_depth_m, "weight": _weight(task, target, z_depth_m)}


def _weight(task: str, target: Tensor, z_depth_m: Tensor) -> Tensor:
    if task == "depth":
        return near_weights(z_depth_m)
    if task == "normals":
        return torch.ones(target.shape[1:])
    return small_weights(target) * (_INSTANCE_WEIGHT if task == "instance" else 1.0)


def ordered(target: Tensor, colors: list[tuple[int, int, int]]) -> Tensor:
    """Returns an instance target (3 x h x w) with its objects, now in these colours, in those of their order."""
    masks = [(target == torch.tensor(color, dtype=torch.uint8)[:, None, None]).all(0) for color in colors]
    across = torch.arange(target.shape[2], dtype=torch.float32)
    seen = sorted(
        (float((mask.sum(0) * across).sum() / mask.sum()), place) for place, mask in enumerate(masks) if mask.any()
    )
    made = target.clone()
    for order, (_, place) in enumerate(seen):
        color = torch.tensor(OBJECT_COLORS[order % len(OBJECT_COLORS)], dtype=torch.uint8)
        made[:, masks[place]] = color[:, None]
    return made


def small_weights(target: Tensor) -> Tensor:
    """Returns how much each pixel of a flat target (uint8, 3 x h x w) weighs."""
    flat = target.to(torch.int32).flatten(1)
    number = flat[0] << 16 | flat[1] << 8 | flat[2]
    _, place, counts = number.unique(return_inverse=True, return_counts=True)
    weight = counts[place].float().rsqrt().unflatten(0, target.shape[1:])
    return weight / weight.mean()


def near_weights(z_depth_m: Tensor) -> Tensor:
    """Returns how much each depth weighs: about 1 on average over rooms, tabletops and streets."""
    return _DEPTH_WEIGHT * z_depth_m.clamp(_NEAR_M, _FAR_M).rsqrt()
