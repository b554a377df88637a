"""Paper and canvas. A second colour is the tape of a cardboard box, or the pale fields of a painting."""

from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import rubbed, soiled, stained
from scenegen.blender.nodes import Socket, Value

_TAPE_M = 0.048
_BOX_M = 0.12
"""Thinner things have no tape."""


def paper(skin: Skin) -> Socket:
    """Paper or cardboard: fibres, soft dents, foxed and worn at the edges; tape along the top of a box."""
    graph = skin.graph
    fibres, dents = skin.noise(330.0, 2.0), skin.noise(7.0, 2.0)
    color: Value = graph.shaded(skin.color(), graph.between(fibres, 0.9, 1.06))
    color = graph.shaded(color, graph.between(skin.age, 0.93, 1.05))
    if skin.surface.second_color is not None:
        color = graph.blend(_tape(skin), color, skin.second(1.0))
    color = soiled(skin, stained(skin, color, most=0.35, tint=skin.color(0.3)), height_m=0.12, most=0.4)
    color, _ = rubbed(skin, color, skin.color(1.5), reach_m=0.006)
    height = graph.math("ADD", graph.math("MULTIPLY", fibres, 0.08), graph.math("MULTIPLY", dents, 0.5 + skin.wear))
    return graph.principled(Base_Color=color, Roughness=skin.surface.roughness, Normal=skin.raised(height, 0.004))


def _tape(skin: Skin) -> Socket:
    """Returns 1 on a band along the middle of the broad sides, and a little way down the ends."""
    graph = skin.graph
    _, y, z = graph.parts(graph.vectors("ABSOLUTE", skin.local))
    _, broad, thin = graph.parts(skin.half)
    band = graph.math("LESS_THAN", y, _TAPE_M / 2)
    down = graph.math("LESS_THAN", graph.math("SUBTRACT", thin, z), 0.06)
    large = graph.math("GREATER_THAN", broad, _BOX_M / 2)
    return graph.math("MULTIPLY", graph.math("MULTIPLY", band, down), large)


def canvas(skin: Skin) -> Socket:
    """An abstract painting, no two alike: brushed fields of the colour, its opposite, a pale and a dark one."""
    graph, grain = skin.graph, skin.grain
    red, green, blue = skin.surface.color
    opposite = graph.color((1.0 - 0.6 * red, 1.0 - 0.6 * green, 1.0 - 0.6 * blue), 0.6)
    fields = [graph.noise(grain, scale, detail=2.0, distortion=1.2) for scale in (1.4, 2.1, 2.9)]
    edges = [graph.between(field, 0.0, 1.0, soft=0.015) for field in fields]
    color = graph.blend(edges[0], skin.color(), opposite)
    color = graph.blend(edges[1], color, skin.second((0.9, 0.87, 0.8)))
    color = graph.blend(graph.between(fields[2], -1.2, 1.0, soft=0.12), color, graph.color((0.1, 0.11, 0.14)))
    strokes = skin.noise(60.0, 3.0, (1.0, 0.3, 1.0))
    return graph.principled(
        Base_Color=graph.shaded(color, graph.between(strokes, 0.8, 1.1)),
        Roughness=skin.surface.roughness,
        Normal=skin.raised(strokes, 0.0012),
    )
