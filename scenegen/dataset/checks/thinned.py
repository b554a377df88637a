"""Thinned: every nth row and column of a frame's buffers, and the K that shows them so; nothing is averaged.

Depth in half precision goes in steps of a two-thousandth: from one pixel to the next they are most of the slope, over
several they are little of it. Which step a frame needs stands in its `Origin`.
"""

import numpy as np

from schemas.frame import GBuffer
from schemas.scene_plan import View, flat, square


def thinned(gbuffer: GBuffer, view: View, every_px: int) -> tuple[GBuffer, View]:
    """Returns buffers of the pixels in the middle of each square of `every_px`, and the view that shows them."""
    first = every_px // 2
    names = ("z_depth_m", "normal_cam", "instance_id", "class_id", "material_id")
    planes = {name: np.ascontiguousarray(getattr(gbuffer, name)[first::every_px, first::every_px]) for name in names}
    k = square(view.intrinsics)
    k[:2, :2] /= every_px
    k[:2, 2] = (k[:2, 2] - first - 0.5) / every_px + 0.5
    height_px, width_px = planes["z_depth_m"].shape
    changes = {"intrinsics": flat(k), "width_px": width_px, "height_px": height_px}
    return GBuffer(**planes), view.model_copy(update=changes)
