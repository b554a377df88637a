"""How far decoded instances and objects cover each other: what recovery and metrics are counted from."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float64, Int32, Int64


def shared_px(
    left: Int32[np.ndarray, "h w"], right: Int32[np.ndarray, "h w"], lefts: int, rights: int
) -> Int64[np.ndarray, "lefts rights"]:
    """Returns the number of pixels that are i in `left` and j in `right`, for labels 0 to lefts - 1 and rights - 1."""
    pairs = left.reshape(-1).astype(np.int64) * rights + right.reshape(-1)
    return np.bincount(pairs, minlength=lefts * rights).reshape(lefts, rights)


def ranked(instance_id: Int32[np.ndarray, "h w"], ids: Sequence[int]) -> Int32[np.ndarray, "h w"]:
    """Returns 1, 2, ... for the objects named, in their order, and 0 elsewhere; ids start at 1."""
    rank_of_id = np.zeros(max(int(instance_id.max(initial=0)), *ids, 0) + 1, np.int32)
    rank_of_id[list(ids)] = np.arange(1, len(ids) + 1)
    return rank_of_id[instance_id]


def iou_of(
    decoded: Int32[np.ndarray, "h w"], instance_id: Int32[np.ndarray, "h w"], ids: Sequence[int]
) -> Float64[np.ndarray, "instances objects"]:
    """Returns intersection over union of decoded instance i + 1 and the object ids[j]; 0 where neither has a pixel."""
    shared = shared_px(decoded, ranked(instance_id, ids), int(decoded.max(initial=0)) + 1, len(ids) + 1)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return (shared / np.maximum(union, 1))[1:, 1:]
