"""Walls: what is spread or glued on them. `scale_m`: of plaster, the sweep of the trowel; of paper, its pattern."""

from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import rubbed, soiled, stained
from scenegen.blender.nodes import Socket, Value


def paint(skin: Skin) -> Socket:
    """Paint, rolled on walls or sprayed on things: nearly even, with an orange-peel skin; chipped at edges."""
    graph = skin.graph
    clouds = skin.noise(0.9, 1.0)
    color: Value = graph.shaded(skin.color(), graph.between(clouds, 0.95, 1.04))
    color = soiled(skin, stained(skin, color, most=0.25), most=0.35)
    color, _ = rubbed(skin, color, skin.second((0.55, 0.5, 0.43)))
    rough = skin.surface.roughness
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(clouds, max(rough - 0.06, 0.02), min(rough + 0.06, 1.0)),
        Normal=skin.raised(skin.noise(260.0, 0.0), 0.0006),
    )


def plaster(skin: Skin) -> Socket:
    """Plaster, trowelled: uneven at the width of a hand, sandy close by, with cracks when old."""
    graph = skin.graph
    sweep = skin.noise(1.6 / skin.length_m(0.05, 3.0, 0.5), 2.0)
    sand = skin.noise(80.0, 2.0)
    color: Value = graph.shaded(skin.color(), graph.between(sweep, 0.88, 1.08))
    color = graph.shaded(color, graph.between(sand, 0.93, 1.05))
    color = soiled(skin, stained(skin, color, most=0.45), height_m=0.8)
    if skin.wear > 0.35:
        lines = graph.ridges(skin.noise(0.8, 3.0, harsh=0.52), 0.005)
        crack = graph.math("MULTIPLY", lines, graph.ramp(skin.age, 0.52, 0.6, 0.0, 0.8))
        color = skin.toward(color, skin.color(0.3), crack)
    height = graph.math("ADD", sand, graph.math("MULTIPLY", sweep, 3.0))
    return graph.principled(Base_Color=color, Roughness=skin.surface.roughness, Normal=skin.raised(height, 0.0022))


def wallpaper(skin: Skin) -> Socket:
    """Wallpaper in lengths of 53 cm: stripes, lattices, dots or a weave in the second colour."""
    graph = skin.graph
    repeat_m = skin.length_m(0.02, 0.8, 0.2)
    u, v, _ = graph.parts(graph.stretched(skin.face, (1.0 / repeat_m, 1.0 / repeat_m, 1.0)))
    motif = (_stripes, _pinstripes, _lattice, _dots, _weave)[skin.kind(5)](skin, u, v)
    fibres = skin.noise(420.0, 1.0)
    color: Value = graph.blend(motif, skin.color(), skin.second(0.75))
    color = graph.shaded(color, graph.between(fibres, 0.95, 1.03))
    color = soiled(skin, stained(skin, color, most=0.3, tint=(0.35, 0.26, 0.14, 1.0)), most=0.3)
    seam = graph.math("PINGPONG", graph.parts(skin.face)[0], 0.265)
    color = graph.shaded(color, graph.ramp(seam, 0.0004, 0.0016, 0.82, 1.0))
    return graph.principled(
        Base_Color=color,
        Roughness=graph.ramp(motif, 0.0, 1.0, skin.surface.roughness, max(skin.surface.roughness - 0.18, 0.2)),
        Normal=skin.raised(graph.math("ADD", motif, fibres), 0.0004),
    )


def _stripes(skin: Skin, u: Socket, v: Socket) -> Socket:
    return skin.graph.ramp(skin.graph.math("PINGPONG", u, 0.5), 0.245, 0.255)


def _pinstripes(skin: Skin, u: Socket, v: Socket) -> Socket:
    return skin.graph.ramp(skin.graph.math("PINGPONG", u, 0.25), 0.215, 0.222)


def _lattice(skin: Skin, u: Socket, v: Socket) -> Socket:
    graph = skin.graph
    across = graph.math("ADD", graph.math("PINGPONG", u, 0.5), graph.math("PINGPONG", v, 0.5))
    away = graph.math("ABSOLUTE", graph.math("SUBTRACT", across, 0.5))
    return graph.ramp(graph.math("PINGPONG", away, 0.25), 0.03, 0.045, 1.0, 0.0)


def _dots(skin: Skin, u: Socket, v: Socket) -> Socket:
    graph = skin.graph
    across, up = (graph.math("COSINE", graph.math("MULTIPLY", along, 6.28319)) for along in (u, v))
    return graph.ramp(graph.math("MULTIPLY", across, up), 0.55, 0.62)


def _weave(skin: Skin, u: Socket, v: Socket) -> Socket:
    return skin.graph.ramp(skin.noise(90.0, 2.0, (1.0, 0.03, 1.0)), 0.35, 0.65)
