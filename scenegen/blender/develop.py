"""Developing: linear light becomes a photograph, by the frame's own exposure and Blender's AgX view transform.

Exposure brings the geometric mean of the luminance to middle grey (0.18), within limits: a dark corner stays dark.
The transform is Blender's own OpenColorIO configuration, read by OpenColorIO itself: pixels never leave memory.
"""

from functools import cache
from pathlib import Path

import bpy
import numpy as np
import PyOpenColorIO
from jaxtyping import Float32, UInt8

from schemas.run_spec import ColorSpec

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
_MIDDLE_GREY = 0.18
_EXPOSURE_EV = (-6.0, 6.0)
_LOOK = "AgX - Medium High Contrast"


def develop(
    linear_light: Float32[np.ndarray, "h w 3"], spec: ColorSpec, rng: np.random.Generator
) -> UInt8[np.ndarray, "h w 3"]:
    """Returns display-referred sRGB; `rng` is of the view's own stream."""
    light = np.maximum(np.nan_to_num(linear_light, nan=0.0, posinf=1e4, neginf=0.0), 0.0)
    picture = np.ascontiguousarray(light * np.float32(exposure(light)))
    _view_transform().applyRGB(picture)
    return np.rint(np.clip(picture, 0.0, 1.0) * 255.0).astype(np.uint8)


def exposure(light: Float32[np.ndarray, "h w 3"]) -> float:
    """Returns the factor that brings the picture to middle grey; in a log mean, windows and lamps count little."""
    luminance = np.maximum(light @ _LUMINANCE, 1e-4)
    wanted_ev = float(np.log2(_MIDDLE_GREY) - np.mean(np.log2(luminance), dtype=np.float64))
    return float(2.0 ** np.clip(wanted_ev, *_EXPOSURE_EV))


@cache
def _view_transform() -> PyOpenColorIO.CPUProcessor:
    path = Path(bpy.utils.system_resource("DATAFILES", path="colormanagement")) / "config.ocio"
    config = PyOpenColorIO.Config.CreateFromFile(str(path))
    pipeline = PyOpenColorIO.LegacyViewingPipeline()
    pipeline.setDisplayViewTransform(PyOpenColorIO.DisplayViewTransform(src="scene_linear", display="sRGB", view="AgX"))
    pipeline.setLooksOverrideEnabled(True)
    pipeline.setLooksOverride(_LOOK)
    return pipeline.getProcessor(config).getDefaultCPUProcessor()
