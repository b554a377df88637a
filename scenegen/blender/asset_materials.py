"""Materials of assets: what the file says (colour, texture, gloss, glass), with grain by the kind its name begins with.

Old models bring flat colours and small textures; grain, weave and a little unevenness keep them from looking plastic.
"""

from collections.abc import Callable

import bpy

from assets_catalog.mesh import AssetMaterial
from scenegen.blender.nodes import Graph, Socket, Value


def asset_material(name: str, source: AssetMaterial) -> bpy.types.Material:
    """Returns a new material."""
    material = bpy.data.materials.new(name)
    graph = Graph(material)
    opaque = _opaque(graph, source)
    graph.surface(opaque if source.opacity >= 0.99 else _pane(graph, source, opaque))
    return material


def _opaque(graph: Graph, source: AssetMaterial) -> Socket:
    base: Value = graph.color(source.color)
    if source.texture is not None:
        base = graph.shaded(_texture(graph, source), base)
    kind = source.name.partition(":")[0]
    grain = GRAINS.get(kind, _plain)(graph)
    return graph.principled(
        Base_Color=graph.shaded(base, graph.between(grain, *_TINTS.get(kind, (0.94, 1.04)))),
        Metallic=source.metallic,
        Roughness=graph.between(grain, max(source.roughness - 0.06, 0.02), min(source.roughness + 0.06, 1.0)),
        Emission_Color=graph.color(source.color),
        Emission_Strength=source.emission,
        Sheen_Weight=0.25 if kind == "fabric" else 0.0,
        Normal=graph.bump(grain, _RELIEF_M.get(kind, 0.0004), 0.5),
    )


def _texture(graph: Graph, source: AssetMaterial) -> Socket:
    """Returns the colour of the packed image; Blender reads it from memory, so no path can be missing."""
    data = source.texture or b""
    image = bpy.data.images.new(source.name, 1, 1)
    image.pack(data=data, data_len=len(data))
    image.source = "FILE"
    node = graph.node("ShaderNodeTexImage")
    node.image = image
    return node.outputs["Color"]


def _pane(graph: Graph, source: AssetMaterial, opaque: Socket) -> Socket:
    """Thin glass: light passes straight, tinted, and mirrors more at grazing angles; shadows stay light."""
    tint = graph.blend(source.opacity, (1.0, 1.0, 1.0, 1.0), graph.color(source.color))
    clear = graph.node("ShaderNodeBsdfTransparent", Color=tint).outputs[0]
    gloss = graph.node("ShaderNodeBsdfGlossy", Roughness=0.03).outputs[0]
    grazing = graph.node("ShaderNodeFresnel", IOR=1.3).outputs[0]
    glass = graph.node("ShaderNodeMixShader", Fac=grazing, Shader=clear, Shader_001=gloss).outputs[0]
    return graph.node("ShaderNodeMixShader", Fac=source.opacity, Shader=glass, Shader_001=opaque).outputs[0]


def _plain(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates(), 14.0, detail=4.0)


def _wood(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates((1.2, 14.0, 14.0)), 2.5, detail=6.0, distortion=0.5)


def _fabric(graph: Graph) -> Socket:
    return graph.noise(graph.object_coordinates(), 260.0, detail=1.0)


GRAINS: dict[str, Callable[[Graph], Socket]] = {"wood": _wood, "fabric": _fabric}
"""Noise that varies a material's shade, gloss and relief, by kind; all others are `_plain`."""
_TINTS = {"wood": (0.72, 1.06), "fabric": (0.85, 1.08)}
_RELIEF_M = {"wood": 0.0006, "fabric": 0.0015}
