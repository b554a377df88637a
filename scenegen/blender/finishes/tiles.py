"""Tiles: `scale_m` is their side."""

from scenegen.blender.finishes.laid import Courses, each_its_own, laid
from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import soiled, stained
from scenegen.blender.nodes import Socket, Value

_METRO_M = 0.13
"""Lower ones lie like bricks now and then."""


def tiles(skin: Skin) -> Socket:
    """Tiles with joints that soil first; each has its own shade and marbling."""
    graph = skin.graph
    side_m = skin.length_m(0.01, 2.0, 0.3)
    metro = side_m < _METRO_M and skin.kind(2) == 1
    joint_m = min(max(0.012 * side_m, 0.0016), 0.005)
    courses = Courses((2.0 if metro else 1.0) * side_m, side_m, joint_m, soft=0.4, offset=0.5 if metro else 0.0)
    pieces = laid(skin, courses)
    marbling = graph.flat_noise(each_its_own(skin, skin.point, pieces), 5.0, detail=3.0)
    color: Value = graph.shaded(skin.color(), graph.ramp(pieces.lot, 0.0, 1.0, 0.9, 1.07))
    color = graph.shaded(color, graph.between(marbling, 0.86, 1.08))
    if skin.surface.roughness > 0.3:
        color = graph.shaded(color, graph.between(skin.noise(260.0, 1.0), 0.9, 1.06))
    joint = graph.shaded(
        skin.second((0.62, 0.6, 0.57)),
        graph.between(skin.age, 1.0 - 0.5 * skin.wear, 1.0 - 0.9 * skin.wear, soft=0.12),
    )
    color = graph.blend(pieces.joint, stained(skin, color, most=0.4), joint)
    color = soiled(skin, color, height_m=0.3, most=0.4)
    rough = skin.surface.roughness
    uneven = graph.math("MULTIPLY", skin.noise(9.0, 0.0), 0.2)
    return graph.principled(
        Base_Color=color,
        Roughness=graph.ramp(graph.math("ADD", pieces.joint, uneven), 0.0, 1.0, rough, 0.95),
        Normal=skin.raised(graph.math("SUBTRACT", uneven, pieces.joint), 0.0018),
    )
