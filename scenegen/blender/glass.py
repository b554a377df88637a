"""Glass: a thin pane. Light passes straight, tinted, and mirrors more at grazing angles; shadows stay light.

Seen straight it mirrors a two hundred and fiftieth, not a fiftieth: so few of the paths would meet a lamp there that
each leaves a speck. Light from matt surfaces goes through without any mirroring, which would only be specks too.
"""

from scenegen.blender.nodes import Graph, Socket, Value

_IOR = 1.3
_STRAIGHT = ((_IOR - 1.0) / (_IOR + 1.0)) ** 2
"""What Fresnel's formula says of light that comes straight."""
_LEAST = 0.004
"""What mirrors at all: the passes of depth and index take what is less opaque than 0.002 for a hole."""
_ROUGHNESS = 0.03


def thin_glass(graph: Graph, tint: Value) -> Socket:
    """Returns the shader of a pane that colours what is seen through it."""
    clear = graph.node("ShaderNodeBsdfTransparent", Color=tint).outputs[0]
    gloss = graph.node("ShaderNodeBsdfGlossy", Roughness=_ROUGHNESS).outputs[0]
    fresnel = graph.node("ShaderNodeFresnel", IOR=_IOR).outputs[0]
    seen = graph.inverted(graph.node("ShaderNodeLightPath").outputs["Is Diffuse Ray"])
    mirrored = graph.math("MULTIPLY", graph.ramp(fresnel, _STRAIGHT, 1.0, _LEAST, 1.0), seen)
    return graph.node("ShaderNodeMixShader", Fac=mirrored, Shader=clear, Shader_001=gloss).outputs[0]
