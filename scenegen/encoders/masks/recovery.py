"""Which objects of a clean instance target the five steps read back: the others are `decodable: false`.

An object is recovered when one decoded instance has an IoU of at least 0.95 with it, the strictest threshold of pmF1.
What is lost: objects under 0.02 % of the image or thinner than 3 pixels, and those whose visible parts lie far apart.
"""

from collections.abc import Collection

import numpy as np
from jaxtyping import Int32, UInt8

from scenegen.encoders.legend import Rgb
from scenegen.encoders.masks.five_steps import decode_instances
from scenegen.encoders.masks.overlap import iou_of

_LEAST_IOU = 0.95


def recoverable(
    target: UInt8[np.ndarray, "h w 3"],
    background: Rgb,
    instance_id: Int32[np.ndarray, "h w"],
    object_ids: Collection[int],
) -> frozenset[int]:
    """Returns those of `object_ids`, the objects that `target` paints, that decoding the target finds again."""
    ids = list(object_ids)
    iou = iou_of(decode_instances(target, background), instance_id, ids)
    return frozenset(each for each, found in zip(ids, iou.max(axis=0, initial=0) >= _LEAST_IOU, strict=True) if found)
