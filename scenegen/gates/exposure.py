"""Gates `finite`, `dark` and `burnt`: the light is made of numbers, and the picture of it shows something.

Luminance is the weighted sum of sRGB values as shown, 0 to 1 (weights of Rec. 709). A pixel is burnt out where all
three channels are at 255, or nearly.
"""

import numpy as np

from scenegen.gates.gate import Finding, PictureGate, at_least, at_most
from scenegen.stage import Picture
from schemas.run_spec import GateSpec

_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
_BURNT = 253


def _judge_finite(picture: Picture, limits: GateSpec) -> Finding:
    return at_most(np.mean(~np.isfinite(picture.linear_light).all(axis=-1)), 0.0)


def _judge_dark(picture: Picture, limits: GateSpec) -> Finding:
    luminance = picture.rgb.astype(np.float32) @ _WEIGHTS
    return at_least(np.percentile(luminance, 99) / 255, limits.darkest_p99)


def _judge_burnt(picture: Picture, limits: GateSpec) -> Finding:
    return at_most(np.mean(picture.rgb.min(axis=-1) >= _BURNT), limits.clipped_share)


FINITE = PictureGate("share of the pixels whose light is not finite", _judge_finite)
DARK = PictureGate("99th percentile of luminance as shown, 0 to 1", _judge_dark)
BURNT = PictureGate("share of the pixels that are burnt out to white", _judge_burnt)
