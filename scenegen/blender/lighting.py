"""Lighting: planned lights and the sky. The camera doesn't see a light's shape, so the exact buffers needn't either."""

import math

import bpy
import mathutils

from scenegen.blender.session import link
from scenegen.colors import linear
from schemas.scene_plan import Light, Sky, square

_SKY_MAP_PX = 256
"""Width of the map by which paths find the sky. Without a sun disc it is smooth; Cycles' own choice of size takes over
a second a scene to fill."""
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
    """Sets a physical sky without its sun disc, which a Light of kind sun stands for."""
    world = bpy.data.worlds.new("sky")
    scene.world = world
    world.cycles.sampling_method, world.cycles.sample_map_resolution = "MANUAL", _SKY_MAP_PX
    nodes, links = world.node_tree.nodes, world.node_tree.links
    nodes.clear()
    texture = nodes.new("ShaderNodeTexSky")
    texture.sky_type = "MULTIPLE_SCATTERING"
    texture.sun_disc = False
    texture.sun_elevation = sky.sun_elevation_rad
    # Blender counts the sun's rotation clockwise from +y.
    texture.sun_rotation = math.pi / 2 - sky.sun_azimuth_rad
    background = nodes.new("ShaderNodeBackground")
    background.inputs["Strength"].default_value = sky.strength
    output = nodes.new("ShaderNodeOutputWorld")
    links.new(texture.outputs["Color"], background.inputs["Color"])
    links.new(background.outputs["Background"], output.inputs["Surface"])
