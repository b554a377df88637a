"""Shading: each surface in its own colour, lit by the plan's lights without shadows and by a soft light from above.

Radiance of a matte surface = colour / pi x irradiance. The sun gives power x cosine, a point light
power / (4 pi) x cosine / distance², an area light power / pi x both cosines / distance². Without a light, a fixed key
light shines over the camera's shoulder. Defocus is left out: the picture is sharp.
"""

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float32, Float64

from scenegen.analytic.placed import Placed
from scenegen.analytic.sky import radiance
from scenegen.colors import linear
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, Vec3, pixel_rays
from schemas.scene_plan import Color, Light, ScenePlan, View, square

_KEY_LIGHT: Vec3 = (-0.4, -0.5, 0.77)
"""Where the light comes from, in camera axes: x right, y down, z forward, negated; over the left shoulder."""
_KEY_W_M2 = 6.0


def shade(
    plan: ScenePlan, colors: Float64[np.ndarray, "m 3"], view: View, gbuffer: GBuffer
) -> Float32[np.ndarray, "h w 3"]:
    """Returns linear Rec.709 radiance; `colors` are linear, that of material_id 1 first."""
    cam2world = square(view.cam2world)
    rays = pixel_rays(square(view.intrinsics), view.width_px, view.height_px).reshape(-1, 3)
    surface = gbuffer.instance_id.ravel() > 0
    light = np.empty((surface.size, 3))
    light[~surface] = radiance(rays[~surface] @ cam2world[:3, :3].T, plan.sky)
    normals = gbuffer.normal_cam.reshape(-1, 3)[surface].astype(np.float64) @ (cam2world @ CV_FROM_GL)[:3, :3].T
    points_m = rays[surface] * gbuffer.z_depth_m.ravel()[surface, None] @ cam2world[:3, :3].T + cam2world[:3, 3]
    irradiance = _from_above(normals, plan)
    for lamp in plan.lights:
        irradiance += _from_light(points_m, normals, lamp)
    if not plan.lights:
        irradiance += _KEY_W_M2 * np.maximum(normals @ _over_the_shoulder(cam2world), 0.0)[:, None]
    light[surface] = colors[gbuffer.material_id.ravel()[surface] - 1] * irradiance / math.pi
    return light.astype(np.float32).reshape(view.height_px, view.width_px, 3)


def linear_colors(placed: Sequence[Placed], materials: int) -> Float64[np.ndarray, "m 3"]:
    """Returns the colour of each material."""
    colors = np.zeros((materials, 3))
    for each in placed:
        colors[each.material_id - 1] = linear(each.color)
    return colors


def _from_above(normals: Float64[np.ndarray, "n 3"], plan: ScenePlan) -> Float64[np.ndarray, "n 3"]:
    """Returns the irradiance of half a sky above and a grey ground below."""
    zenith = radiance(np.array([[0.0, 0.0, 1.0]]), plan.sky)
    return math.pi * zenith * (0.65 + 0.35 * normals[:, 2:])


def _from_light(
    points_m: Float64[np.ndarray, "n 3"], normals: Float64[np.ndarray, "n 3"], light: Light
) -> Float64[np.ndarray, "n 3"]:
    light2world = square(light.light2world)
    back = light2world[:3, 2]
    if light.kind == "sun":
        return _tinted(light.power * np.maximum(normals @ back, 0.0), light.color)
    toward = light2world[:3, 3] - points_m
    distance_m = np.maximum(np.sqrt(np.einsum("nx,nx->n", toward, toward)), max(light.size_m))
    cosine = np.maximum(np.einsum("nx,nx->n", normals, toward) / distance_m, 0.0)
    if light.kind == "area":
        spread = np.maximum(toward @ back / distance_m, 0.0) / math.pi
        return _tinted(light.power * spread * cosine / distance_m**2, light.color)
    return _tinted(light.power / (4.0 * math.pi) * cosine / distance_m**2, light.color)


def _tinted(irradiance: Float64[np.ndarray, " n"], color: Color) -> Float64[np.ndarray, "n 3"]:
    return irradiance[:, None] * linear(color)


def _over_the_shoulder(cam2world: Float64[np.ndarray, "4 4"]) -> Float64[np.ndarray, "3"]:
    x, y, z = _KEY_LIGHT
    return cam2world[:3, :3] @ np.array([x, y, -z])
