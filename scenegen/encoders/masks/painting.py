"""Paints objects by their ids: each pixel takes the colour of its object, and the background's where it has none."""

from collections.abc import Mapping

import numpy as np
from jaxtyping import Int32, UInt8

from scenegen.encoders.legend import Rgb


def paint(
    instance_id: Int32[np.ndarray, "h w"], colors: Mapping[int, Rgb], background: Rgb
) -> UInt8[np.ndarray, "h w 3"]:
    """Returns the target; ids that `colors` doesn't name, and 0, which is no surface, are background."""
    color_of_id = np.empty((int(instance_id.max(initial=0)) + 1, 3), np.uint8)
    color_of_id[:] = background
    for each, color in colors.items():
        if 0 < each < len(color_of_id):
            color_of_id[each] = color
    return color_of_id.take(instance_id, axis=0)
