"""The second witness: a renderer's own depth and index passes, held against the exact buffers pixel by pixel.

Both look through pixel centres: the passes come from the first path of each pixel, which Cycles sends unfiltered.
"""

import numpy as np
from jaxtyping import Float32

from schemas.frame import Agreement, GBuffer

_SKY_M = 1e9
"""Cycles writes 1e10 where there is no surface."""
_SAME_DEPTH = 1e-3


def agreement(
    gbuffer: GBuffer, z_depth_m: Float32[np.ndarray, "h w"], object_index: Float32[np.ndarray, "h w"]
) -> Agreement:
    """Returns how far the passes confirm the buffers; `object_index` is the instance_id, 0 for the sky."""
    seen, confirmed = np.isfinite(gbuffer.z_depth_m), z_depth_m < _SKY_M
    same_object = (gbuffer.instance_id == np.rint(object_index)) & (seen == confirmed)
    on_both = same_object & seen
    error = np.abs(z_depth_m[on_both] / gbuffer.z_depth_m[on_both] - 1)
    agreed = same_object.sum() - (error > _SAME_DEPTH).sum()
    return Agreement(float(agreed / same_object.size), _highest_but_one_in_a_thousand(error))


def _highest_but_one_in_a_thousand(errors: Float32[np.ndarray, " n"]) -> float:
    """Returns the 99.9th percentile, 0 where nothing was seen."""
    if not errors.size:
        return 0.0
    rank = int(np.ceil(0.999 * (errors.size - 1)))
    return float(np.partition(errors, rank)[rank])
