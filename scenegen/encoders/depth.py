"""Depth targets: planar metric depth as a position on the colour path of `scenegen.encoders.hilbert`.

Curve (arXiv:2604.20329, eq. 1): f(d) = 1 - (1 - d / (lambda * c)) ** (lambda + 1), with lambda = -3 and c = 10/3 m
f(d) = 1 - (1 + d/10) ** -2; its inverse is d = lambda * c * (1 - (1 - f) ** (1 / (lambda + 1))). Computed in float64.

No surface is infinity, f = 1, pure white, and back. A finite depth past about 587 m rounds to white too.
"""

from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8

from scenegen.encoders.encoder import Encoder
from scenegen.encoders.hilbert import LAST_LEVEL, PATH_NAMES, look_up, project
from scenegen.encoders.levels import Levels, draw, levels_of
from scenegen.encoders.prompts.request import DepthRequest
from schemas.frame import GBuffer
from schemas.model import canonical_json

_BOUND_LEVELS = 0.5 + 1e-6
"""Rounding moves a depth by half a level at most; the rest is room for another machine's last bits of `power`."""

_CONVENTION = """\
**Depth** is planar: metres along the camera's z, not along the ray. d becomes 1 - (1 + d/10)^-2, which is the position
on the path black, red, yellow, green, cyan, blue, magenta, white through the colour cube (arXiv:2604.20329). White is
infinity: no surface, such as the sky."""


@dataclass(frozen=True)
class PowerCurve:
    """The curve f and its inverse; `exponent` (lambda) below -1 and `scale_m` (c) above 0 keep f within [0, 1]."""

    exponent: float = -3.0
    scale_m: float = 10.0 / 3.0

    def position(self, z_depth_m: Float32[np.ndarray, "*shape"]) -> Float64[np.ndarray, "*shape"]:
        """Returns f, in [0, 1]; 1 for infinity."""
        base = 1.0 - z_depth_m.astype(np.float64) / (self.exponent * self.scale_m)
        return 1.0 - np.power(base, self.exponent + 1.0)

    def z_depth_m(self, position: Float64[np.ndarray, "*shape"]) -> Float32[np.ndarray, "*shape"]:
        """Returns the depth at f in [0, 1]; infinity for 1."""
        with np.errstate(divide="ignore"):  # 1 - f is 0 where there is no surface
            base = np.power(1.0 - position, 1.0 / (self.exponent + 1.0))
        return (self.exponent * self.scale_m * (1.0 - base)).astype(np.float32)


def depth_encoder(curve: PowerCurve) -> Encoder:
    """Returns the depth task on `curve`."""
    params = {"c_m": curve.scale_m, "lambda": curve.exponent, "no_surface": [255, 255, 255], "path": PATH_NAMES}
    depth_of_level = curve.z_depth_m(np.arange(LAST_LEVEL + 1) / LAST_LEVEL)
    return Encoder(
        task="depth",
        codec="power-curve-on-cube-path",
        codec_params=canonical_json(params),
        convention=_CONVENTION,
        tag="depth-estimation",
        request=DepthRequest(exponent=curve.exponent, scale_m=curve.scale_m),
        truth=lambda gbuffer: gbuffer.z_depth_m,
        encode=partial(_encode, curve),
        decode=partial(_decode, depth_of_level),
        excess=partial(_excess, curve),
    )


def _encode(curve: PowerCurve, gbuffer: GBuffer) -> UInt8[np.ndarray, "h w 3"]:
    return draw(gbuffer.z_depth_m, _levels(curve))


@cache
def _levels(curve: PowerCurve) -> Levels:
    return levels_of(curve.position)


def _decode(
    depth_of_level: Float32[np.ndarray, " levels"], rgb: UInt8[np.ndarray, "h w 3"]
) -> Float32[np.ndarray, "h w"]:
    return look_up(rgb, depth_of_level)


def _excess(curve: PowerCurve, target: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer) -> Float32[np.ndarray, "h w"]:
    """Compares levels: there the bound is half a level at every depth, also for a finite one that rounds to white."""
    valid = _is_depth(gbuffer.z_depth_m)
    true_m = np.where(valid, gbuffer.z_depth_m, np.float32(np.inf))
    level = project(target)
    excess = np.abs(level - LAST_LEVEL * curve.position(true_m)) / _BOUND_LEVELS
    surface_differs = (level == LAST_LEVEL) != np.isinf(true_m)
    excess[~valid | (surface_differs & (excess > 1))] = np.inf
    return excess.astype(np.float32)


def _is_depth(z_depth_m: Float32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    return z_depth_m >= 0  # False for NaN


DEPTH = depth_encoder(PowerCurve())
"""The paper's parameters."""
