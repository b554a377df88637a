"""Materials of assets: what the file says (colour, picture, gloss, glass), with the grain of what each part is made of.

A plan may give a part another colour: `recolored` returns the part's material in it, and leaves the kept one as it is.
"""

import bpy
import numpy as np

from assets_catalog.colors import LUMINANCE, linear
from assets_catalog.mesh import AssetMaterial
from assets_catalog.substances import substance_of
from scenegen.blender.asset_grains import Cut, Grain, grain_of, shifted_point
from scenegen.blender.glass import thin_glass
from scenegen.blender.images import packed_image
from scenegen.blender.nodes import Graph, Node, Socket, Value
from scenegen.blender.roles import mark_cutout
from scenegen.colors import linear_rgba
from scenegen.cutouts import HOLE_BELOW
from schemas.surface import Color

PART = "part"
"""Custom property: the part's name in the record."""
_BASE = "base"
"""Name of the node that holds the part's own colour; it multiplies the picture, where there is one."""
_BRIGHTEST = 2.5
"""Of a picture's light over its mean, where the part is dyed."""


def asset_material(name: str, source: AssetMaterial, class_name: str = "", along: int = 0) -> bpy.types.Material:
    """Returns a new material. `class_name`: of the asset, where known; `along`: axis of the part's longest side."""
    graph = Graph()
    image = None if source.texture is None else packed_image(source.name, source.texture)
    texture = None if image is None else graph.node("ShaderNodeTexImage", {"image": image})
    shader = _opaque(graph, source, texture, (grain_of(source.name, substance_of(source), class_name), along))
    if source.opacity < 0.99:
        shader = _pane(graph, source, shader)
        graph.pane()
    elif _is_mirror(source):
        graph.pane()
    holed = image is not None and _cuts_out(image)
    if texture is not None and holed:
        shader = graph.cut_out(shader, texture.outputs["Alpha"])
    graph.surface(shader)
    material = graph.material(name)
    material[PART] = source.name
    if holed:
        mark_cutout(material, image)
    return material


def recolored(material: bpy.types.Material, mean: Color, color: Color) -> bpy.types.Material:
    """Returns a copy of an asset's material, dyed: a part whose mean colour was `mean` has the mean colour `color`.

    A picture keeps its lights and darks and loses its colours. What glows, glows in the new colour.
    """
    dyed = material.copy()
    dyed.name = f"{material.name}-{_code(color)}"
    nodes, links = dyed.node_tree.nodes, dyed.node_tree.links
    base = nodes[_BASE]
    light = linear_rgba(color)
    if base.bl_idname == "ShaderNodeRGB":
        base.outputs[0].default_value = light
    else:
        picture, tint = _sockets(base)
        of_tint = _luminance(tuple(tint.default_value))
        of_picture = float(np.dot(linear(np.array(mean)), LUMINANCE)) / max(of_tint, 1e-3)
        grey = nodes.new("ShaderNodeRGBToBW")
        links.new(picture.links[0].from_socket, grey.inputs[0])
        level = nodes.new("ShaderNodeMapRange")
        level.inputs["From Max"].default_value = _BRIGHTEST * max(of_picture, 0.01)
        level.inputs["To Max"].default_value = _BRIGHTEST
        links.new(grey.outputs[0], level.inputs["Value"])
        links.new(level.outputs[0], picture)
        tint.default_value = light
    for node in nodes:
        if node.bl_idname == "ShaderNodeBsdfPrincipled" and not node.inputs["Emission Color"].is_linked:
            node.inputs["Emission Color"].default_value = light
    return dyed


def _sockets(mix: bpy.types.Node) -> tuple[bpy.types.NodeSocket, bpy.types.NodeSocket]:
    """Returns where a mix of colours takes its first and its second one."""
    sockets = {socket.identifier: socket for socket in mix.inputs}
    return sockets["A_Color"], sockets["B_Color"]


def _code(color: Color) -> str:
    return bytes(round(255 * channel) for channel in color).hex()


def _luminance(light: tuple[float, ...]) -> float:
    return float(np.dot(light[:3], LUMINANCE))


def _is_mirror(source: AssetMaterial) -> bool:
    return source.metallic >= 0.9 and source.roughness <= 0.05


def _cuts_out(image: bpy.types.Image) -> bool:
    """Tells whether the image has holes; what has no alpha channel is not even decoded for it."""
    if image.depth != 32:
        return False
    pixels = np.empty(image.size[0] * image.size[1] * 4, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    return bool(pixels[3::4].min() < HOLE_BELOW)


def _opaque(graph: Graph, source: AssetMaterial, texture: Node | None, made_of: tuple[Grain, int]) -> Socket:
    grain, _ = made_of
    base = _base(graph, source, texture)
    inputs: dict[str, Value] = {"Base_Color": base, "Roughness": source.roughness}
    if grain.uneven or grain.relief_m:
        inputs |= _grained(graph, source, base, texture, made_of)
    shader = graph.principled(
        **inputs,
        Metallic=source.metallic,
        Emission_Color=graph.color(source.color),
        Emission_Strength=source.emission,
        Sheen_Weight=grain.sheen,
    )
    return shader if source.emission else graph.plain_to_diffuse_light(shader, base)


def _base(graph: Graph, source: AssetMaterial, texture: Node | None) -> Socket:
    """Returns the part's own colour, of the node that `recolored` looks for."""
    if texture is None:
        return graph.one_color(_BASE, graph.color(source.color))
    shown = graph.shaded(texture.outputs["Color"], graph.color(source.color))
    shown.node.settings["name"] = _BASE
    return shown


def _grained(
    graph: Graph, source: AssetMaterial, base: Socket, texture: Node | None, made_of: tuple[Grain, int]
) -> dict[str, Value]:
    """Returns colour, gloss and relief with the grain of what the part is made of."""
    grain, along = made_of
    cut = Cut(graph, shifted_point(graph), along)
    height, clouds = grain.height(cut), cut.noise(3.5, 3.0)
    shade = graph.between(height, *grain.tint) if texture is None else _FAINT
    color = graph.shaded(graph.shaded(base, shade), graph.between(clouds, *grain.clouds))
    relief = graph.math("MULTIPLY", height, grain.relief_m)
    if texture is not None and grain.carved:
        grey = graph.node("ShaderNodeRGBToBW", Color=texture.outputs["Color"]).outputs[0]
        relief = graph.math("ADD", relief, graph.math("MULTIPLY", grey, grain.carved))
    low, high = max(source.roughness - grain.uneven, 0.02), min(source.roughness + grain.uneven, 1.0)
    return {
        "Base_Color": color,
        "Roughness": graph.between(graph.math("MULTIPLY", graph.math("ADD", height, clouds), 0.5), low, high),
        "Normal": graph.bump(relief, 1.0),
    }


_FAINT = (1.0, 1.0, 1.0, 1.0)
"""Shade of what has a picture of its own grain."""


def _pane(graph: Graph, source: AssetMaterial, opaque: Socket) -> Socket:
    """As much glass as the opacity leaves."""
    tint = graph.blend(source.opacity, (1.0, 1.0, 1.0, 1.0), graph.color(source.color))
    glass = thin_glass(graph, tint)
    return graph.node("ShaderNodeMixShader", Fac=source.opacity, Shader=glass, Shader_001=opaque).outputs[0]
