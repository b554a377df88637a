"""A frame of ours, drawn by formula, that tests write as others would: what comes back must be what was written."""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from jaxtyping import Float64, UInt8

from assets_catalog.opening import open_catalog
from scenegen.analytic.stage import open_stage
from scenegen.recipes import plan_scene
from schemas.frame import GBuffer
from schemas.run_spec import CameraSpec, RunSpec
from schemas.scene_plan import ScenePlan, square


@dataclass(frozen=True, eq=False)
class Seen:
    """A room, seen by one camera; all as `Frame` has it."""

    rgb: UInt8[np.ndarray, "h w 3"]
    gbuffer: GBuffer
    k: Float64[np.ndarray, "3 3"]
    cam2world: Float64[np.ndarray, "4 4"]
    plan: ScenePlan


@lru_cache(maxsize=2)
def seen_room(width_px: int = 160, height_px: int = 128) -> Seen:
    """Returns it; some pixels show no surface."""
    spec = RunSpec(recipe="room", catalog="builtin", seed=3, camera=CameraSpec(width_px=width_px, height_px=height_px))
    catalog = open_catalog("builtin")
    plan = plan_scene(spec, 0, "train", catalog)
    stage, view = open_stage(plan, catalog, spec, 1), plan.views[0]
    sighting = stage.sight(view)
    rgb = stage.picture(view, sighting).rgb
    return Seen(rgb, _with_sky(sighting.gbuffer), square(view.intrinsics), square(view.cam2world), plan)


def _with_sky(gbuffer: GBuffer) -> GBuffer:
    """Returns the buffers with a hole in the picture's corner."""
    empty = np.zeros(gbuffer.z_depth_m.shape, dtype=bool)
    empty[:16, :24] = True
    return replace(
        gbuffer,
        z_depth_m=np.where(empty, np.float32(np.inf), gbuffer.z_depth_m),
        normal_cam=np.where(empty[..., None], np.float32(0), gbuffer.normal_cam),
        instance_id=np.where(empty, 0, gbuffer.instance_id).astype(np.int32),
        class_id=np.where(empty, 0, gbuffer.class_id).astype(np.int32),
    )


def same_parts(ours: np.ndarray, theirs: np.ndarray) -> bool:
    """Tells whether two maps of numbers part the picture alike."""
    pairs = np.unique(np.stack([ours.ravel(), theirs.ravel()]), axis=1)
    return len(np.unique(pairs[0])) == len(np.unique(pairs[1])) == pairs.shape[1]
