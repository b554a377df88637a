"""Glass: a thin pane. Light passes straight, tinted, and mirrors more at grazing angles; shadows stay light.

How much it mirrors is the same from both sides, by Schlick's formula: a pane is thin, and Fresnel's would make its back
a mirror. Seen straight it mirrors a two hundred and fiftieth, not a fiftieth: so few of the paths would meet a lamp
there that each leaves a speck. Light from matt surfaces goes through without any mirroring, which would be specks too.
"""

from scenegen.blender.nodes import Graph, Socket, Value

_STRAIGHT = 0.004
"""What mirrors at least: the passes of depth and index take what is less opaque than 0.002 for a hole."""
_ROUGHNESS = 0.03
_AS_IT_IS = 0.5
"""Blend at which Blender's facing is one less the cosine."""


def thin_glass(graph: Graph, tint: Value) -> Socket:
    """Returns the shader of a pane that colours what is seen through it."""
    clear = graph.node("ShaderNodeBsdfTransparent", Color=tint).outputs[0]
    gloss = graph.node("ShaderNodeBsdfGlossy", Roughness=_ROUGHNESS).outputs[0]
    grazing = graph.math("POWER", graph.node("ShaderNodeLayerWeight", Blend=_AS_IT_IS).outputs["Facing"], 5.0)
    seen = graph.inverted(graph.node("ShaderNodeLightPath").outputs["Is Diffuse Ray"])
    mirrored = graph.math("MULTIPLY", graph.ramp(grazing, 0.0, 1.0, _STRAIGHT, 1.0), seen)
    return graph.node("ShaderNodeMixShader", Fac=mirrored, Shader=clear, Shader_001=gloss).outputs[0]
