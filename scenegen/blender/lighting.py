"""Lighting: planned lights, and the sky or a picture of all directions in its place.

The camera doesn't see a light's shape, so the exact buffers needn't either; they have no surface where it sees the sky.
"""

import bpy
import mathutils

from assets_catalog.catalog import Catalog
from scenegen.blender.images import packed_image
from scenegen.blender.session import link
from scenegen.blender.skies import sky_graph
from scenegen.colors import linear
from schemas.errors import CatalogError, did_you_mean
from schemas.scene_plan import Environment, Light, Sky, square

_SKY_MAP_PX = 256
"""Width of the map by which paths find the sky. Without a sun disc it is smooth; Cycles' own choice of size takes over
a second a scene to fill."""
_ENVIRONMENT_MAP_PX = 1024
"""A picture may hold the sun, half a degree wide."""
_BLENDER_KIND = {"area": "AREA", "point": "POINT", "sun": "SUN"}


def add_light(number: int, light: Light) -> None:
    """Puts one light into the scene."""
    data = bpy.data.lights.new(f"light-{number:03d}", _BLENDER_KIND[light.kind])
    data.energy = light.power
    data.color = linear(light.color)
    if light.kind == "area":
        data.shape, data.size, data.size_y = "RECTANGLE", light.size_m[0], light.size_m[1]
    elif light.kind == "point":
        data.shadow_soft_size = light.size_m[0]
    else:
        data.angle = light.angle_rad
    lamp = link(bpy.data.objects.new(data.name, data))
    lamp.visible_camera = False
    lamp.matrix_world = mathutils.Matrix(square(light.light2world).tolist())


def set_sky(scene: bpy.types.Scene, sky: Sky) -> None:
    """Sets a sky without its sun disc, which a Light of kind sun stands for."""
    sky_graph(sky).draw(_new_world(scene, "sky", _SKY_MAP_PX).node_tree)


def set_environment(scene: bpy.types.Scene, environment: Environment, catalog: Catalog) -> None:
    """Sets a picture of all directions, turned. Raises CatalogError for one that the catalog lacks, AssetError."""
    record = catalog.environments.get(environment.asset_id)
    if record is None:
        nearest = did_you_mean(environment.asset_id, catalog.environments)
        raise CatalogError(f"catalog '{catalog.name}' has no environment '{environment.asset_id}'{nearest}")
    tree = _new_world(scene, "environment", min(_ENVIRONMENT_MAP_PX, record.width_px)).node_tree
    toward, turned = tree.nodes.new("ShaderNodeTexCoord"), tree.nodes.new("ShaderNodeMapping")
    turned.inputs["Rotation"].default_value = (0.0, 0.0, -environment.heading_rad)
    texture = tree.nodes.new("ShaderNodeTexEnvironment")
    exr = catalog.read_object(f"{record.sha256}.exr")
    texture.image = packed_image(record.asset_id, exr, "Linear Rec.709")
    tree.links.new(toward.outputs["Generated"], turned.inputs["Vector"])
    tree.links.new(turned.outputs["Vector"], texture.inputs["Vector"])
    _shine(scene, texture.outputs["Color"], environment.strength)


def _new_world(scene: bpy.types.Scene, name: str, map_px: int) -> bpy.types.World:
    """Gives the scene a new world without nodes; `map_px`: width of the map by which paths find its light."""
    world = bpy.data.worlds.new(name)
    scene.world = world
    world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", map_px
    world.node_tree.nodes.clear()
    return world


def _shine(scene: bpy.types.Scene, color: bpy.types.NodeSocket, strength: float) -> None:
    """Makes a colour, times `strength`, what the scene's world radiates."""
    tree = scene.world.node_tree
    background, output = tree.nodes.new("ShaderNodeBackground"), tree.nodes.new("ShaderNodeOutputWorld")
    background.inputs["Strength"].default_value = strength
    tree.links.new(color, background.inputs["Color"])
    tree.links.new(background.outputs["Background"], output.inputs["Surface"])
