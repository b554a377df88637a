"""Developing: linear light becomes a photograph, by the frame's own exposure and white balance and a view transform.

Exposure brings the geometric mean of the luminance to middle grey (0.18); windows and lamps count little in it. Where
that leaves the brighter things dull, as in a room of light colours, it goes half the way to showing those as white.
It has limits: a dark corner stays dark, and dim light is not made into day. What the spec draws is added, as a
photographer's own taste.
The transforms are those of Blender's OpenColorIO configuration, read by OpenColorIO itself: pixels never leave memory.
What is no number counts as black, infinite light as very bright.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import bpy
import numpy as np
import PyOpenColorIO
from jaxtyping import Float32, UInt8

from scenegen.blender.white_balance import balance
from scenegen.colors import luminance
from schemas.run_spec import ColorSpec

_MIDDLE_GREY = 0.18
_EXPOSURE_EV = (-6.0, 6.0)
_WHITE, _WHITE_QUANTILE = 0.8, 0.95
_RAISED_EV = 0.7
_DIM_EV, _FOLLOWED = 2.0, 0.65
"""What needs more light than this, as a street by night, gets this share of the rest: it is to look dim."""
_DARKEST, _BRIGHTEST = 1e-4, 1e4
"""Luminance below counts as this in its mean; light above, in the picture."""
_USABLE_LUMINANCE = (0.02, 1.2)
"""Of exposed light: what lies outside says nothing of the light's tint."""
_LOOKS: Mapping[str, str] = {"AgX": "AgX - Medium High Contrast", "Filmic": "Medium High Contrast"}
"""View transforms that are flat by themselves, and the look that gives them a photograph's contrast."""


def develop(
    linear_light: Float32[np.ndarray, "h w 3"], spec: ColorSpec, rng: np.random.Generator
) -> UInt8[np.ndarray, "h w 3"]:
    """Returns display-referred sRGB; `rng` is of the view's own stream."""
    added_ev = rng.uniform(spec.exposure_ev.low, spec.exposure_ev.high)
    light = np.fmin(np.fmax(linear_light, np.float32(0.0)), np.float32(_BRIGHTEST))
    lightness = luminance(light)
    factor = np.float32(exposure(lightness))
    light *= factor
    lightness *= factor
    usable = (lightness > _USABLE_LUMINANCE[0]) & (lightness < _USABLE_LUMINANCE[1])
    picture = balance(light, usable, spec.white_balance)
    picture *= np.float32(2.0**added_ev)
    return _displayed(picture, spec.view_transform)


def exposure(lightness: Float32[np.ndarray, "h w"]) -> float:
    """Returns the factor that makes a well exposed picture of this luminance."""
    stops = np.log2(np.maximum(lightness, np.float32(_DARKEST)))
    wanted_ev = np.log2(_MIDDLE_GREY) - np.mean(stops, dtype=np.float64)
    to_white_ev = np.log2(_WHITE) - float(np.quantile(stops[::2, ::2], _WHITE_QUANTILE)) - wanted_ev
    raised_ev = np.clip(to_white_ev / 2, 0.0, _RAISED_EV)
    beyond_ev = max(wanted_ev + raised_ev - _DIM_EV, 0.0)
    return float(2.0 ** np.clip(wanted_ev + raised_ev - (1.0 - _FOLLOWED) * beyond_ev, *_EXPOSURE_EV))


def _displayed(picture: Float32[np.ndarray, "h w 3"], view_transform: str) -> UInt8[np.ndarray, "h w 3"]:
    height_px, width_px, _ = picture.shape
    shown = np.empty((height_px, width_px, 3), dtype=np.uint8)
    _processor(view_transform).apply(
        PyOpenColorIO.PackedImageDesc(np.ascontiguousarray(picture), width_px, height_px, 3),
        PyOpenColorIO.PackedImageDesc(shown, width_px, height_px, 3, PyOpenColorIO.BIT_DEPTH_UINT8, 1, 3, 3 * width_px),
    )
    return shown


@cache
def _processor(view_transform: str) -> PyOpenColorIO.CPUProcessor:
    path = Path(bpy.utils.system_resource("DATAFILES", path="colormanagement")) / "config.ocio"
    config = PyOpenColorIO.Config.CreateFromFile(str(path))
    pipeline = PyOpenColorIO.LegacyViewingPipeline()
    transform = PyOpenColorIO.DisplayViewTransform(src="scene_linear", display="sRGB", view=view_transform)
    pipeline.setDisplayViewTransform(transform)
    pipeline.setLooksOverrideEnabled(True)
    pipeline.setLooksOverride(_LOOKS.get(view_transform, ""))
    return pipeline.getProcessor(config).getOptimizedCPUProcessor(
        PyOpenColorIO.BIT_DEPTH_F32, PyOpenColorIO.BIT_DEPTH_UINT8, PyOpenColorIO.OPTIMIZATION_DEFAULT
    )
