"""Materials of assets: what the file says (colour, texture, gloss, glass), with grain by the kind its name begins with.

Old models bring flat colours and small textures; grain, weave and a little unevenness keep them from looking plastic.
"""

from collections.abc import Callable

import bpy
import numpy as np

from assets_catalog.mesh import AssetMaterial
from scenegen.blender.glass import thin_glass
from scenegen.blender.images import packed_image
from scenegen.blender.nodes import Graph, Socket, Value
from scenegen.blender.roles import mark_cutout
from scenegen.cutouts import HOLE_BELOW


def asset_material(name: str, source: AssetMaterial) -> bpy.types.Material:
    """Returns a new material."""
    material = bpy.data.materials.new(name)
    graph = Graph(material)
    texture = _texture(graph, source)
    shader = _opaque(graph, source, texture)
    if source.opacity < 0.99:
        shader = _pane(graph, source, shader)
        graph.pane()
    elif _is_mirror(source):
        graph.pane()
    if texture is not None and _cuts_out(texture.image):
        shader = graph.cut_out(shader, texture.outputs["Alpha"])
        mark_cutout(material, texture.image)
    graph.surface(shader)
    return material


def _is_mirror(source: AssetMaterial) -> bool:
    return source.metallic >= 0.9 and source.roughness <= 0.05


def _cuts_out(image: bpy.types.Image) -> bool:
    """Tells whether the image has holes; what has no alpha channel is not even decoded for it."""
    if image.depth != 32:
        return False
    pixels = np.empty(image.size[0] * image.size[1] * 4, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    return bool(pixels[3::4].min() < HOLE_BELOW)


def _opaque(graph: Graph, source: AssetMaterial, texture: bpy.types.Node | None) -> Socket:
    base: Value = graph.color(source.color)
    if texture is not None:
        base = graph.shaded(texture.outputs["Color"], base)
    kind = source.name.partition(":")[0]
    grain = GRAINS.get(kind, _plain)(graph)
    uneven = 0.0 if kind in _FLAWLESS else 0.06
    return graph.principled(
        Base_Color=graph.shaded(base, graph.between(grain, *_TINTS.get(kind, (0.975, 1.01)))),
        Metallic=source.metallic,
        Roughness=graph.between(grain, max(source.roughness - uneven, 0.02), min(source.roughness + uneven, 1.0)),
        Emission_Color=graph.color(source.color),
        Emission_Strength=source.emission,
        Sheen_Weight=0.25 if kind == "fabric" else 0.0,
        Normal=graph.bump(grain, _RELIEF_M.get(kind, 0.0004), 0.5),
    )


def _texture(graph: Graph, source: AssetMaterial) -> bpy.types.Node | None:
    """Returns a node with the texture, if there is one."""
    if source.texture is None:
        return None
    node = graph.node("ShaderNodeTexImage")
    node.image = packed_image(source.name, source.texture)
    return node


def _pane(graph: Graph, source: AssetMaterial, opaque: Socket) -> Socket:
    """As much glass as the opacity leaves."""
    tint = graph.blend(source.opacity, (1.0, 1.0, 1.0, 1.0), graph.color(source.color))
    glass = thin_glass(graph, tint)
    return graph.node("ShaderNodeMixShader", Fac=source.opacity, Shader=glass, Shader_001=opaque).outputs[0]


def _plain(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates(), 14.0, detail=4.0)


def _wood(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates((1.2, 14.0, 14.0)), 2.5, detail=6.0, distortion=0.5)


def _fabric(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates(), 260.0, detail=1.0)


GRAINS: dict[str, Callable[[Graph], Socket]] = {"wood": _wood, "fabric": _fabric}
"""Noise that varies a material's shade, gloss and relief, by kind; all others are `_plain`."""
_FLAWLESS = ("coat", "glass", "mirror")
"""The paint of cars and what is polished: unevenness would make it look frosted."""
_TINTS = {"wood": (0.72, 1.06), "fabric": (0.85, 1.08)} | dict.fromkeys(_FLAWLESS, (1.0, 1.0))
_RELIEF_M = {"wood": 0.0006, "fabric": 0.0015} | dict.fromkeys(_FLAWLESS, 0.0)
