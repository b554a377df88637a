"""Glass: a thin pane. Light passes straight, tinted, and mirrors more at grazing angles; shadows stay light."""

from scenegen.blender.nodes import Graph, Socket, Value

_IOR = 1.3
_ROUGHNESS = 0.03


def thin_glass(graph: Graph, tint: Value) -> Socket:
    """Returns the shader of a pane that colours what is seen through it."""
    clear = graph.node("ShaderNodeBsdfTransparent", Color=tint).outputs[0]
    gloss = graph.node("ShaderNodeBsdfGlossy", Roughness=_ROUGHNESS).outputs[0]
    grazing = graph.node("ShaderNodeFresnel", IOR=_IOR).outputs[0]
    return graph.node("ShaderNodeMixShader", Fac=grazing, Shader=clear, Shader_001=gloss).outputs[0]
