"""Woods. `scale_m`: of planks, their width; of wood, how wide its figure is; of bark, its furrows."""

from scenegen.blender.finishes.laid import Courses, Pieces, laid
from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import rubbed, scratches, soiled, stained
from scenegen.blender.nodes import Socket, Value


def planks(skin: Skin) -> Socket:
    """Boards along the length of the face, or across it, each of its own shade, with grain and open joints."""
    graph = skin.graph
    width_m = skin.length_m(0.02, 0.5, 0.12)
    face = skin.face if skin.kind(2) == 0 else _turned(skin)
    courses = Courses(min(max(11.0 * width_m, 0.9), 2.4), width_m, 0.002, soft=0.3, offset=0.37, every=3)
    pieces = laid(skin, courses, face)
    figure = _figure(skin, face, pieces)
    fibres = graph.flat_noise(graph.stretched(face, (4.0, 160.0, 1.0)), 1.7, detail=2.0)
    color: Value = graph.shaded(skin.color(), graph.ramp(pieces.lot, 0.0, 1.0, 0.72, 1.18))
    color = graph.shaded(color, _warm(skin, figure, 0.74, 1.12))
    color = graph.shaded(color, graph.between(fibres, 0.86, 1.08))
    color = stained(skin, color, most=0.4, tint=skin.color(0.25))
    rough, worn = skin.surface.roughness, 0.25 * skin.wear
    gloss = graph.between(skin.age, max(rough - 0.05, 0.05), min(rough + 0.05 + worn, 1.0))
    scratch = scratches(skin)
    if scratch is not None:
        color = skin.toward(color, skin.color(1.5), graph.math("MULTIPLY", scratch, 0.45))
    color = skin.toward(color, skin.second(0.1), pieces.joint)
    return graph.principled(Base_Color=color, Roughness=gloss, Normal=skin.raised(fibres, 0.00026))


def _turned(skin: Skin) -> Socket:
    x, y, _ = skin.graph.parts(skin.face)
    return skin.graph.node("ShaderNodeCombineXYZ", X=y, Y=x).outputs[0]


def _figure(skin: Skin, face: Socket, pieces: Pieces) -> Socket:
    """Returns the rings that a board's saw has cut, another piece of the trunk for each."""
    graph = skin.graph
    along = graph.stretched(face, (0.9, 14.0, 1.0))
    return graph.flat_noise(graph.vectors("MULTIPLY_ADD", pieces.lot, (31.0, 17.0, 11.0), along), 1.3, detail=4.0)


def _warm(skin: Skin, value: Socket, low: float, high: float) -> Socket:
    """Returns light of `low` to `high` that reddens where it darkens, as wood does."""
    dark, bright = (low * 1.06, low * 0.98, low * 0.88, 1.0), (high, high, high, 1.0)
    return skin.graph.blend(skin.graph.between(value, 0.0, 1.0), dark, bright)


def wood(skin: Skin) -> Socket:
    """Planed wood, grain along the longest side of each box, rings across; its edges wear pale."""
    graph = skin.graph
    ring_m = 0.09 * skin.length_m(0.02, 0.5, 0.12)
    rings = graph.node(
        "ShaderNodeTexWave",
        {"wave_type": "RINGS", "rings_direction": "X", "wave_profile": "SAW"},
        Vector=graph.stretched(skin.sawn, (0.3, 1.0, 0.8)),
        Scale=0.314 / ring_m,
        Distortion=20.0,
        Detail=2.0,
        Detail_Scale=0.11,
        Detail_Roughness=0.55,
    )
    fibres = skin.fibres(9.0, 2.0, 46.0)
    shade = graph.ramp(skin.chance, 0.0, 1.0, 0.86, 1.1)
    color: Value = graph.shaded(graph.shaded(skin.color(), shade), _warm(skin, rings.outputs["Fac"], 0.8, 1.06))
    color = graph.shaded(color, graph.between(fibres, 0.82, 1.08))
    color = stained(skin, color, most=0.4, tint=skin.color(0.2))
    color = soiled(skin, color, height_m=0.15, most=0.4)
    color, _ = rubbed(skin, color, skin.second(1.9), reach_m=0.006)
    rough = skin.surface.roughness
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(fibres, min(rough + 0.1, 1.0), max(rough - 0.06, 0.05)),
        Normal=skin.raised(fibres, 0.0007),
    )


def bark(skin: Skin) -> Socket:
    """Bark: furrows along the upright, plates between them, moss low down when old."""
    graph = skin.graph
    furrow_m = skin.length_m(0.01, 0.3, 0.05)
    rough = skin.noise(0.5 / furrow_m, 3.0, (1.0, 0.22, 1.0))
    deep = graph.ramp(graph.math("ABSOLUTE", graph.math("SUBTRACT", rough, 0.5)), 0.0, 0.11)
    grit = skin.noise(60.0, 1.0, (1.0, 0.5, 1.0))
    color: Value = graph.blend(deep, skin.color(0.22), graph.shaded(skin.color(1.15), graph.between(grit, 0.7, 1.25)))
    color = graph.shaded(color, graph.between(skin.age, 0.82, 1.18))
    color = soiled(skin, color, height_m=1.2, most=0.8, tint=(0.07, 0.1, 0.03, 1.0))
    height = graph.math("ADD", deep, graph.math("MULTIPLY", grit, 0.4))
    return graph.principled(Base_Color=color, Roughness=0.95, Normal=skin.raised(height, 0.014))
