"""Shading: each surface in its own colour, lit by the plan's lights without shadows and by a soft light from above.

Radiance of a matte surface = colour / pi x (irradiance + its own glow). The sun gives power x cosine, a point light
power / (4 pi) x cosine / distance², an area light power / pi x both cosines / distance². Without a light, a fixed key
light shines over the camera's shoulder. Defocus is left out: the picture is sharp.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from scenegen.analytic.placed import Placed
from scenegen.analytic.sky import radiance
from scenegen.analytic.turning import turned
from scenegen.colors import linear
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, pixel_rays
from schemas.scene_plan import Light, ScenePlan, Sky, View, square

_KEY_LIGHT = np.array([-0.4, 0.5, 0.77])
"""Where it comes from, in the axes of normals: x right, y up, z toward the camera."""
_KEY_W_M2 = 6.0


@dataclass(frozen=True)
class Materials:
    """How materials look, that of material_id 1 first."""

    colors: Float64[np.ndarray, "m 3"]
    """Linear Rec.709."""
    glow_w_m2: Float64[np.ndarray, "m 1"]
    """What they send out in their colour."""


def shade(plan: ScenePlan, materials: Materials, view: View, gbuffer: GBuffer) -> Float32[np.ndarray, "h w 3"]:
    """Returns linear Rec.709 radiance."""
    cam2world = square(view.cam2world)
    directions = turned(cam2world[:3, :3], *np.moveaxis(_rays(view), -1, 0))
    surface, sky = gbuffer.instance_id > 0, plan.sky
    assert sky is not None, "an ingested frame is not rendered"
    light = np.empty((view.height_px, view.width_px, 3), dtype=np.float32)
    light[~surface] = radiance(directions[:, ~surface], sky).T
    gl2world = (cam2world @ CV_FROM_GL)[:3, :3]
    normals = turned(gl2world, *gbuffer.normal_cam[surface].T.astype(np.float64))
    points_m = directions[:, surface] * gbuffer.z_depth_m[surface] + cam2world[:3, 3:]
    irradiance = _from_above(normals, sky)
    for lamp in plan.lights:
        irradiance += _from_light(points_m, normals, lamp)
    if not plan.lights:
        irradiance += _KEY_W_M2 * np.maximum(_dot(normals, (gl2world @ _KEY_LIGHT)[:, None]), 0.0)
    seen = gbuffer.material_id[surface] - 1
    light[surface] = (materials.colors / math.pi)[seen] * (irradiance.T + materials.glow_w_m2[seen])
    return light


def materials_of(placed: Sequence[Placed], count: int) -> Materials:
    """Returns how each material looks."""
    colors, glow_w_m2 = np.zeros((count, 3)), np.zeros((count, 1))
    for each in placed:
        colors[each.material_id - 1] = linear(each.color)
        glow_w_m2[each.material_id - 1] = each.glow_w_m2
    return Materials(colors, glow_w_m2)


def _rays(view: View) -> Float64[np.ndarray, "h w 3"]:
    return pixel_rays(square(view.intrinsics), view.width_px, view.height_px)


def _from_above(normals: Float64[np.ndarray, "3 n"], sky: Sky) -> Float64[np.ndarray, "3 n"]:
    """Returns the irradiance of a sky above and a grey ground below."""
    zenith = radiance(np.array([[0.0], [0.0], [1.0]]), sky)
    return math.pi * zenith * (0.65 + 0.35 * normals[2])


def _from_light(
    points_m: Float64[np.ndarray, "3 n"], normals: Float64[np.ndarray, "3 n"], light: Light
) -> Float64[np.ndarray, "3 n"]:
    light2world, color = square(light.light2world), np.array(linear(light.color))[:, None]
    back = light2world[:3, 2:3]
    if light.kind == "sun":
        return color * light.power * np.maximum(_dot(normals, back), 0.0)
    toward = light2world[:3, 3:] - points_m
    distance_m = np.maximum(np.sqrt(_dot(toward, toward)), max(light.size_m))
    spread = np.maximum(_dot(toward, back) / distance_m, 0.0) if light.kind == "area" else 0.25
    cosine = np.maximum(_dot(normals, toward) / distance_m, 0.0)
    return color * light.power / math.pi * (spread * cosine / distance_m**2)


def _dot(a: Float64[np.ndarray, "3 n"], b: Float64[np.ndarray, "3 #n"]) -> Float64[np.ndarray, " n"]:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
