"""The studio of thumbnails: an object on light ground in soft light, or a square metre of a texture set, as a picture.

The camera looks from the front (-y), the left (-x) and above; it stands where the object just fills the picture. Light
is an even grey sky and a soft sun from the camera's left. Exposure is fixed, so that dark things look dark.
"""

import math
from collections.abc import Callable
from dataclasses import replace

import bpy
import numpy as np
from jaxtyping import Float64, UInt8

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, TextureRecord
from scenegen.blender.asset_materials import asset_material
from scenegen.blender.camera import aim
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.finishes import surface_material
from scenegen.blender.lighting import add_light
from scenegen.blender.meshes import asset_mesh, boxes_mesh
from scenegen.blender.nodes import Graph
from scenegen.blender.session import empty_scene, link
from scenegen.blender.textured import lay_metres
from scenegen.tone import srgb
from schemas.errors import AssetError
from schemas.geometry import Vec3, aimed, intrinsics, look_along
from schemas.run_spec import RenderSpec
from schemas.scene_plan import Box, Light, View, flat
from schemas.surface import Surface

SETTINGS = RenderSpec(device="cpu", samples=5, max_bounces=3)
_HEADING_RAD, _PITCH_RAD = math.radians(58.0), math.radians(-24.0)
"""Where the camera looks: 32 degrees off the object's depth, and down."""
_FOV_RAD = 0.4
_FILLED = 0.94
"""Of the picture's width or height."""
_SUN_TOWARD: Vec3 = (0.75, 0.45, -1.0)
_LOW_SUN_TOWARD: Vec3 = (0.8, -0.6, -0.8)
_SUN_W, _SUN_RAD = 2.2, 0.35
_SKY_RADIANCE = 0.5
_GROUND_GREY = 0.6
_SHOWN_M = 1.0
"""Side of what is seen of a texture set."""
_GROUND_SIDES = 30.0
"""Width of the ground over that of the object: beyond what the camera can see."""


def model_picture(mesh: AssetMesh, side_px: int, settings: RenderSpec = SETTINGS) -> UInt8[np.ndarray, "s s 3"]:
    """Returns the picture of a model in object axes; raises AssetError for a texture that Blender can't decode."""
    corners_m = np.concatenate([part.vertices_m[np.unique(part.triangles)] for part in mesh.parts]).astype(np.float64)
    scene = empty_scene()
    _place(mesh)
    _place_ground(corners_m)
    _light(scene)
    configure(scene, settings, threads=0)
    aim(scene, fitted_view(corners_m, side_px))
    return srgb(render_view(scene, seed=0)["Combined"][..., :3])


def texture_picture(
    record: TextureRecord, read_object: Callable[[str], bytes], side_px: int, settings: RenderSpec = SETTINGS
) -> UInt8[np.ndarray, "s s 3"]:
    """Returns the picture of one square metre of a texture set, from straight above, in light that shows its relief."""
    scene = empty_scene()
    plate = boxes_mesh("plate", [Box(center_m=(0.0, 0.0, -0.01), size_m=(1.1 * _SHOWN_M, 1.1 * _SHOWN_M, 0.02))])
    lay_metres(plate)
    catalog = replace(Catalog.of("textures", [record], _no_mesh), read_object=read_object)
    surface = Surface(finish="paint", color=record.color, texture=record.asset_id)
    plate.materials.append(surface_material("plate", surface, catalog))
    link(bpy.data.objects.new("plate", plate))
    _check_images()
    _light(scene, _LOW_SUN_TOWARD)
    configure(scene, settings, threads=0)
    aim(scene, _view(look_along((0.0, 0.0, _SHOWN_M / 2 / math.tan(_FOV_RAD / 2)), math.pi / 2, -math.pi / 2), side_px))
    return srgb(render_view(scene, seed=0)["Combined"][..., :3])


def fitted_view(points_m: Float64[np.ndarray, "n 3"], side_px: int) -> View:
    """Returns the nearest view from the front-left above that has all points inside the picture.

    With slope s of the picture's edges, a camera at (x, y, z) in its own axes has point p inside where
    |p.x - x| <= s (p.z - z), likewise for y: each axis bounds z, and the nearer bound is taken.
    """
    axes = look_along((0.0, 0.0, 0.0), _HEADING_RAD, _PITCH_RAD)[:3, :3]
    across, down, forward = (points_m @ axes).T
    slope = _FILLED * math.tan(_FOV_RAD / 2)
    (x, z_by_x), (y, z_by_y) = (_between(along, forward, slope) for along in (across, down))
    position = axes @ np.array([x, y, min(z_by_x, z_by_y)])
    cam2world = look_along((float(position[0]), float(position[1]), float(position[2])), _HEADING_RAD, _PITCH_RAD)
    return _view(cam2world, side_px)


def _between(along: Float64[np.ndarray, " n"], forward: Float64[np.ndarray, " n"], slope: float) -> tuple[float, float]:
    """Returns where a camera stands along one axis, and how far back, so that both edges touch the points."""
    right, left = float((along - slope * forward).max()), float((-along - slope * forward).max())
    return (right - left) / 2, -(right + left) / (2 * slope)


def _view(cam2world: Float64[np.ndarray, "4 4"], side_px: int) -> View:
    return View(
        view_index=0,
        width_px=side_px,
        height_px=side_px,
        intrinsics=flat(intrinsics(_FOV_RAD, side_px, side_px)),
        cam2world=flat(cam2world),
    )


def _no_mesh(record: AssetRecord) -> AssetMesh:
    raise AssetError(f"'{record.asset_id}' is no texture")


def _check_images() -> None:
    """Blender would show what it can't decode in magenta."""
    if any(image.source == "FILE" and image.size[0] == 0 for image in bpy.data.images):
        raise AssetError("a texture can't be decoded")


def _place(mesh: AssetMesh) -> None:
    built = asset_mesh("asset", mesh)
    for part in mesh.parts:
        built.materials.append(asset_material(part.material.name, part.material))
    _check_images()
    link(bpy.data.objects.new("asset", built))


def _place_ground(corners_m: Float64[np.ndarray, "n 3"]) -> None:
    """Puts ground just below the object, so that what lies flat does not coincide with it."""
    low, high = corners_m.min(axis=0), corners_m.max(axis=0)
    side_m, thickness_m = _GROUND_SIDES * float((high - low).max()), 0.002 * float((high - low).max())
    center = (float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2, float(low[2]) - thickness_m)
    ground = boxes_mesh("ground", [Box(center_m=center, size_m=(side_m, side_m, thickness_m))])
    graph = Graph()
    graph.surface(graph.principled(Base_Color=(_GROUND_GREY, _GROUND_GREY, _GROUND_GREY, 1.0), Roughness=1.0))
    ground.materials.append(graph.material("ground"))
    link(bpy.data.objects.new("ground", ground))


def _light(scene: bpy.types.Scene, toward: Vec3 = _SUN_TOWARD) -> None:
    sun2world = flat(aimed((0.0, 0.0, 0.0), toward))
    add_light(0, Light(kind="sun", light2world=sun2world, power=_SUN_W, angle_rad=_SUN_RAD))
    scene.world = bpy.data.worlds.new("even sky")
    scene.world.cycles.sampling_method = "NONE"  # paths find an even sky by themselves
    background = scene.world.node_tree.nodes["Background"]
    background.inputs["Color"].default_value = (1.0, 1.0, 1.0, 1.0)
    background.inputs["Strength"].default_value = _SKY_RADIANCE
