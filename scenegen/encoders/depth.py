"""Depth targets: planar metric depth as a position on the colour path of `scenegen.encoders.hilbert`.

Curve (arXiv:2604.20329, eq. 1): f(d) = 1 - (1 - d / (lambda * c)) ** (lambda + 1), with lambda = -3 and c = 10/3 m
f(d) = 1 - (1 + d/10) ** -2; its inverse is d = lambda * c * (1 - (1 - f) ** (1 / (lambda + 1))). Computed in float64.

No surface is infinity, f = 1, pure white, and back. A finite depth past about 587 m rounds to white too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from jaxtyping import Bool, Float32, Float64, UInt8

from scenegen.encoders.codec import Codec
from scenegen.encoders.color_maps import COLOR_MAPS, ColorMap
from scenegen.encoders.encoder import Encoder, Target, painted
from scenegen.encoders.hilbert import LAST_LEVEL, PATH_NAMES, look_up, project
from scenegen.encoders.levels import Levels, draw, levels_of, no_depth
from scenegen.encoders.prompts import DepthRequest, ParsedPrompt
from scenegen.encoders.prompts.request import RAINBOW
from schemas.frame import GBuffer
from schemas.model import canonical_json
from schemas.scene_plan import ScenePlan
from schemas.target_spec import DepthTargetSpec, TargetSpec
from schemas.triplet import LegendEntry

_BOUND_LEVELS = 0.5 + 1e-6
"""Rounding moves a depth by half a level at most; the rest is room for another machine's last bits of `power`."""
_LAST_BITS = 1e-12
"""Of a position, for the same."""

_CONVENTION = """\
**Depth** is planar: metres along the camera's z, not along the ray. d becomes 1 - (1 + d/10)^-2, which is the position
on the path black, red, yellow, green, cyan, blue, magenta, white through the colour cube (arXiv:2604.20329). White is
infinity: no surface, such as the sky. A prompt that names plasma, inferno, viridis or grayscale has its target in that
map's colours, from first to last at the same positions; one that gives λ and c, 1 - (1 - d/(λc))^(λ+1)."""


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


def depth_codec(curve: PowerCurve, color_map: str = RAINBOW) -> Codec:
    """Returns how depth is drawn on `curve` in the colours of `color_map`; the same object each time."""
    return _codec(curve, color_map)


@cache
def _codec(curve: PowerCurve, color_map: str) -> Codec:
    return _on_path(curve) if color_map == RAINBOW else _on_map(curve, color_map)


def _on_path(curve: PowerCurve) -> Codec:
    params = {"c_m": curve.scale_m, "lambda": curve.exponent, "no_surface": [255, 255, 255], "path": PATH_NAMES}
    depth_of_level = curve.z_depth_m(np.arange(LAST_LEVEL + 1) / LAST_LEVEL)
    return Codec(
        name="power-curve-on-cube-path",
        params=canonical_json(params),
        encode=partial(_encode, curve),
        decode=partial(_decode, depth_of_level),
        truth=_truth,
        excess=partial(_excess, curve),
        spoken=_spoken,
    )


def _on_map(curve: PowerCurve, name: str) -> Codec:
    color_map = COLOR_MAPS[name]
    last = color_map.colors[-1].tolist()
    return Codec(
        name="power-curve-on-color-map",
        params=canonical_json({"c_m": curve.scale_m, "lambda": curve.exponent, "map": name, "no_surface": last}),
        encode=partial(_encode_on_map, curve, color_map),
        decode=partial(_decode_on_map, color_map, curve.z_depth_m(color_map.positions)),
        truth=_truth,
        excess=partial(_excess_on_map, curve, color_map),
        spoken=_spoken,
    )


def _truth(gbuffer: GBuffer) -> Float32[np.ndarray, "h w"]:
    return gbuffer.z_depth_m


def _spoken(value: np.generic | np.ndarray) -> str:
    return f"{float(value):.6g} m"


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


def _encode_on_map(curve: PowerCurve, color_map: ColorMap, gbuffer: GBuffer) -> UInt8[np.ndarray, "h w 3"]:
    z_depth_m = gbuffer.z_depth_m
    if not (valid := _is_depth(z_depth_m)).all():
        row, column = np.argwhere(~valid)[0].tolist()
        raise ValueError(no_depth(row, column, float(z_depth_m[row, column])))
    return color_map.draw(curve.position(z_depth_m))


def _decode_on_map(
    color_map: ColorMap, depth_of_level: Float32[np.ndarray, " levels"], rgb: UInt8[np.ndarray, "h w 3"]
) -> Float32[np.ndarray, "h w"]:
    return color_map.look_up(rgb, depth_of_level)


def _excess_on_map(
    curve: PowerCurve, color_map: ColorMap, target: UInt8[np.ndarray, "h w 3"], gbuffer: GBuffer
) -> Float32[np.ndarray, "h w"]:
    """Compares positions: a level covers its stretch of them, the last one all that rounds to it and infinity."""
    valid = _is_depth(gbuffer.z_depth_m)
    true_m = np.where(valid, gbuffer.z_depth_m, np.float32(np.inf))
    level = color_map.look_up(target, np.arange(len(color_map.colors)))
    apart = np.abs(color_map.positions[level] - curve.position(true_m))
    excess = apart / (color_map.reach[level] * (1 + 1e-9) + _LAST_BITS)
    surface_differs = (level == len(color_map.colors) - 1) != np.isinf(true_m)
    excess[~valid | (surface_differs & (excess > 1))] = np.inf
    return excess.astype(np.float32)


def _is_depth(z_depth_m: Float32[np.ndarray, "h w"]) -> Bool[np.ndarray, "h w"]:
    return z_depth_m >= 0  # False for NaN


def _draw(rng: np.random.Generator, gbuffer: GBuffer, plan: ScenePlan, spec: TargetSpec) -> Target:
    request = _request(rng, spec.depth)
    codec = depth_codec(PowerCurve(request.exponent, request.scale_m), request.color_map)
    return painted(rng, gbuffer, codec, request)


def _request(rng: np.random.Generator, spec: DepthTargetSpec) -> DepthRequest:
    is_other = rng.random() < spec.other_maps_share
    other = int(rng.integers(max(len(spec.other_maps), 1)))
    color_map = spec.other_maps[other] if is_other and spec.other_maps else RAINBOW
    return DepthRequest(color_map, spec.exponent, spec.scale_m)


def _codec_of(said: ParsedPrompt, legend: Sequence[LegendEntry]) -> Codec:
    return depth_codec(PowerCurve(said.exponent, said.scale_m), said.color_map)


DEPTH = Encoder("depth", convention=_CONVENTION, tag="depth-estimation", encode=_draw, codec_of=_codec_of)
