"""Thumbnail: the little of a view by which `distinct` knows it again, so that a scene of many views fits into memory.

A grid of cells over the whole picture, whatever its size: depth and object at the middle of each.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32

from schemas.frame import GBuffer

_CELLS = 32


@dataclass(frozen=True)
class Thumbnail:
    """What a view shows at the cells."""

    z_depth_m: Float32[np.ndarray, "cells cells"]
    instance_id: Int32[np.ndarray, "cells cells"]


def thumbnail(gbuffer: GBuffer) -> Thumbnail:
    """Returns that of a view; it holds copies, so that the buffers may go."""
    height, width = gbuffer.z_depth_m.shape
    rows, columns = ((2 * np.arange(_CELLS) + 1) * side // (2 * _CELLS) for side in (height, width))
    cells = np.ix_(rows, columns)
    return Thumbnail(gbuffer.z_depth_m[cells], gbuffer.instance_id[cells])
