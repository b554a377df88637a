"""Keys at the foot of a contact sheet, painted by the encoders themselves: what the colours of depth and normals mean.

Depth in other colours than the path through the RGB cube has no key: the prompt names its map.
"""

from dataclasses import replace

import numpy as np

from scenegen.dataset.false_color import viridis
from scenegen.dataset.sheet import CELL_PX, GAP_PX, Key
from scenegen.encoders.depth import PowerCurve, depth_codec
from scenegen.encoders.normals import NORMALS_CODEC
from schemas.frame import GBuffer

_BAR_PX = 16
_BALL_PX = 48


def depth_key(curve: PowerCurve) -> Key:
    """Returns the path of colours from 0 m to infinity, marked where it turns a corner."""
    corners = np.arange(8) / 7
    width_px = 2 * CELL_PX + GAP_PX
    z_depth_m = curve.z_depth_m(np.linspace(0, 1, width_px, dtype=np.float64))
    strip = depth_codec(curve).encode(_facing(np.tile(z_depth_m, (_BAR_PX, 1))))
    corners_m = abs(curve.z_depth_m(corners))  # or the first would be -0.0 m
    labels = [f"{corner_m:.1f} m" if np.isfinite(corner_m) else "infinity" for corner_m in corners_m]
    return Key("depth target", strip, tuple(zip(corners.tolist(), labels, strict=True)), columns=2)


def normals_key() -> Key:
    """Returns a ball: each colour where a surface facing that way would be seen."""
    x, minus_y = np.meshgrid(*[(np.arange(_BALL_PX) + 0.5) * 2 / _BALL_PX - 1] * 2)
    radius = np.hypot(x, minus_y)
    normal = np.stack([x, -minus_y, np.sqrt(np.maximum(1 - radius**2, 0))], axis=-1)
    normal[radius >= 1] = (0, 0, 1)
    gbuffer = _facing(np.ones((_BALL_PX, _BALL_PX), np.float32))
    ball = NORMALS_CODEC.encode(replace(gbuffer, normal_cam=normal.astype(np.float32)))
    ball[radius >= 1] = 255
    return Key("normals target", ball, text="facing left: red,\nup: green,\nthe camera: blue")


def decoded_key() -> Key:
    """Returns the false colours of depth that was read back."""
    strip = np.tile(viridis(np.linspace(1, 0, CELL_PX)), (_BAR_PX, 1, 1))
    return Key("depth, decoded (logarithmic)", strip, ((0.0, "nearest"), (1.0, "farthest")))


def _facing(z_depth_m: np.ndarray) -> GBuffer:
    """Returns surfaces that face the camera."""
    ids = np.ones(z_depth_m.shape, np.int32)
    return GBuffer(z_depth_m, np.tile(np.array([0, 0, 1], np.float32), (*z_depth_m.shape, 1)), ids, ids, ids)
