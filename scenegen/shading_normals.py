"""Shading normals: what a renderer's one-sample normal pass says, made to keep the conventions of the exact buffers.

The pass holds world axes, bump included. A normal that faces away from the camera, which bump brings about at grazing
angles, is bent until it is perpendicular to the ray. Where the pass shows another object than the exact buffers, or
nothing, their own normal stands.
"""

import numpy as np
from jaxtyping import Bool, Float32, Float64

from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, pixel_rays, unit_length
from schemas.scene_plan import View, square

_LENGTH_TOLERANCE = 1e-6


def shading_normals(
    gbuffer: GBuffer, view: View, normal_world: Float32[np.ndarray, "h w 3"], object_index: Float32[np.ndarray, "h w"]
) -> Float32[np.ndarray, "h w 3"]:
    """Returns `normal_cam` of the view by the renderer's passes; `object_index` is the instance_id, 0 for the sky."""
    cam_from_world = (square(view.cam2world) @ CV_FROM_GL)[:3, :3].T
    normal = unit_length(_dots(normal_world.astype(np.float64), cam_from_world))
    rays = pixel_rays(square(view.intrinsics), view.width_px, view.height_px) * np.diag(CV_FROM_GL)[:3]
    away = np.maximum((normal * rays).sum(axis=-1) / (rays * rays).sum(axis=-1), 0.0)
    bent = unit_length(normal - away[..., None] * rays)
    taken = _is_same(gbuffer, object_index) & (np.abs((bent * bent).sum(axis=-1) - 1.0) < _LENGTH_TOLERANCE)
    return np.where(taken[..., None], bent.astype(np.float32), gbuffer.normal_cam)


def _is_same(gbuffer: GBuffer, object_index: Float32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    return (gbuffer.instance_id == np.rint(object_index)) & (gbuffer.instance_id != 0)


def _dots(vectors: Float64[np.ndarray, "h w 3"], rows: Float64[np.ndarray, "3 3"]) -> Float64[np.ndarray, "h w 3"]:
    """Returns rows @ vector for each vector, by sums whose order no library chooses."""
    return np.stack([(vectors * row).sum(axis=-1) for row in rows], axis=-1)
