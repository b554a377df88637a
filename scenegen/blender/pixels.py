"""Pixels in memory: Cycles' passes are taken from the engine's own result, since background Blender keeps none.

The engine class's `render` is wrapped once; after it the result is still there: denoised, linear, bottom row first.
"""

from collections.abc import Mapping

import bpy
import cycles
import numpy as np
from jaxtyping import Float32

from schemas.errors import RenderError

_taken: dict[str, Float32[np.ndarray, "h w c"]] = {}


def render_passes() -> Mapping[str, Float32[np.ndarray, "h w c"]]:
    """Renders the current scene and returns its passes by Blender's names, top row first."""
    _wrap_engine()
    _taken.clear()
    bpy.ops.render.render(write_still=False)
    if "Combined" not in _taken:
        raise RenderError("Cycles finished without a picture")
    return dict(_taken)


def _wrap_engine() -> None:
    engine, plain = cycles.CyclesRender, cycles.CyclesRender.render
    if plain.__module__ != __name__:  # Blender counts the parameters of `render`: two, and no more
        engine.render = lambda self, depsgraph: _take(plain(self, depsgraph) or self.get_result())


def _take(result: bpy.types.RenderResult) -> None:
    width_px, height_px = result.resolution_x, result.resolution_y
    for render_pass in result.layers[0].passes:
        flat = np.empty(width_px * height_px * render_pass.channels, dtype=np.float32)
        render_pass.rect.foreach_get(flat)
        _taken[render_pass.name] = flat.reshape(height_px, width_px, -1)[::-1].copy()
