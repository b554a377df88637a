"""Camera: a View becomes Blender's one camera; K's focal lengths and principal point map onto lens and shift.

Lens, shift and f-number are those of a sensor 36 mm along the picture's larger side.
"""

import bpy
import mathutils
import numpy as np

from scenegen.blender.session import link
from schemas.errors import RenderError
from schemas.geometry import CV_FROM_GL
from schemas.scene_plan import Defocus, View, square

_CLIP_START_M, _CLIP_END_M = 0.01, 1e5
_SENSOR_MM = 36.0


def aim(scene: bpy.types.Scene, view: View, sharp: bool = False) -> None:
    """Points the scene's camera, making it on first use; `sharp` leaves its defocus out. Pixels must be square."""
    camera = scene.camera or _new_camera(scene)
    k = square(view.intrinsics)
    if not np.isclose(k[0, 0], k[1, 1], rtol=1e-9):
        raise RenderError(f"view {view.view_index}: pixels must be square, K has focal lengths {k[0, 0]}, {k[1, 1]}")
    scene.render.resolution_x, scene.render.resolution_y = view.width_px, view.height_px
    larger_px = max(view.width_px, view.height_px)
    lens = camera.data
    lens.sensor_fit = "HORIZONTAL" if view.width_px >= view.height_px else "VERTICAL"
    lens.sensor_width = lens.sensor_height = _SENSOR_MM
    lens.lens = float(k[0, 0]) * _SENSOR_MM / larger_px
    lens.shift_x = (0.5 * view.width_px - float(k[0, 2])) / larger_px
    lens.shift_y = (float(k[1, 2]) - 0.5 * view.height_px) / larger_px
    _focus(lens, None if sharp else view.defocus)
    camera.matrix_world = mathutils.Matrix((square(view.cam2world) @ CV_FROM_GL).tolist())


def _focus(lens: bpy.types.Camera, defocus: Defocus | None) -> None:
    lens.dof.use_dof = defocus is not None
    if defocus is not None:
        lens.dof.aperture_fstop, lens.dof.focus_distance = defocus.f_number, defocus.focus_m


def _new_camera(scene: bpy.types.Scene) -> bpy.types.Object:
    data = bpy.data.cameras.new("camera")
    data.clip_start, data.clip_end = _CLIP_START_M, _CLIP_END_M
    scene.camera = link(bpy.data.objects.new("camera", data))
    return scene.camera
