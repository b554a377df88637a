"""The material of a texture set as its thumbnail shows it: all its maps, where the mesh's own UVs put them."""

from collections.abc import Mapping

import bpy

from assets_catalog.record import MapRole
from scenegen.blender.nodes import Graph, Socket

_RELIEF_M = 0.01
"""Between the lowest and highest point of a height map."""


def texture_material(name: str, maps: Mapping[MapRole, bytes]) -> bpy.types.Material:
    """Returns a new material; `maps` are PNG or JPEG files, one of them of the colour."""
    material = bpy.data.materials.new(name)
    graph = Graph(material)
    given = {role: _image(graph, role, data) for role, data in maps.items()}
    inputs = {
        socket: given[role] for role, socket in (("roughness", "Roughness"), ("metalness", "Metallic")) if role in given
    }
    if "normal" in given:
        inputs["Normal"] = graph.node("ShaderNodeNormalMap", Color=given["normal"]).outputs[0]
    elif "height" in given:
        inputs["Normal"] = graph.bump(given["height"], _RELIEF_M)
    graph.surface(graph.principled(Base_Color=given["color"], **inputs))
    return material


def _image(graph: Graph, role: MapRole, data: bytes) -> Socket:
    image = bpy.data.images.new(role, 1, 1)
    image.pack(data=data, data_len=len(data))
    image.source = "FILE"
    if role != "color":
        image.colorspace_settings.name = "Non-Color"
    node = graph.node("ShaderNodeTexImage")
    node.image = image
    return node.outputs["Color"]
