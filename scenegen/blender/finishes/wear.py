"""Wear: what use and weather leave on any surface. Each takes a colour and returns it; what is new stays as it is."""

from scenegen.blender.finishes.skin import Rgba, Skin
from scenegen.blender.nodes import Socket, Value

GRIME: Rgba = (0.045, 0.038, 0.03, 1.0)
_LEAST = 0.03
"""Wear that shows."""


def stained(skin: Skin, color: Value, most: float = 0.5, tint: Rgba = GRIME) -> Value:
    """Returns the colour with blotches, more and darker ones with wear."""
    if skin.wear < _LEAST:
        return color
    start = 0.56 - 0.08 * skin.wear
    mask = skin.graph.ramp(skin.age, start, start + 0.36, 0.0, most * skin.wear)
    return skin.toward(color, tint, mask)


def soiled(skin: Skin, color: Value, height_m: float = 0.5, most: float = 0.6, tint: Rgba = GRIME) -> Value:
    """Returns the colour with dirt that rises from the object's bottom, unevenly."""
    if skin.wear < _LEAST:
        return color
    graph = skin.graph
    ragged = graph.math("SUBTRACT", skin.above_m, graph.ramp(skin.age, 0.3, 0.7, 0.0, height_m))
    mask = graph.ramp(ragged, -height_m, 0.25 * height_m, most * skin.wear, 0.0)
    return skin.toward(color, tint, mask)


def rubbed(skin: Skin, color: Value, bare: Value, reach_m: float = 0.005) -> tuple[Value, Socket | None]:
    """Returns the colour, bare along edges where it was rubbed off; and where that is."""
    if skin.wear < _LEAST:
        return color, None
    graph = skin.graph
    reach = graph.ramp(skin.noise(14.0, 1.0), 0.72 - 0.22 * skin.wear, 0.82, 0.0, reach_m)
    away = graph.math("SUBTRACT", skin.edge_m, reach)
    mask = graph.ramp(away, -0.0015, 0.0, 1.0, 0.0)
    return skin.toward(color, bare, mask), mask


def scratches(skin: Skin, amount: float = 1.0) -> Socket | None:
    """Returns 1 on fine lines, here and there; nothing on what is new."""
    if skin.wear < _LEAST:
        return None
    graph = skin.graph
    lines = graph.ridges(skin.noise(5.0, 1.0, (1.0, 13.0, 7.0)), 0.004 * amount * skin.wear)
    return graph.math("MULTIPLY", lines, graph.ramp(skin.age, 0.5, 0.65))
