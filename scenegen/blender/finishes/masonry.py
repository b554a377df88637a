"""Masonry. `scale_m`: of brick, its length with a joint; of stone, a slab's width; of concrete, the formwork's side."""

from scenegen.blender.finishes.laid import Courses, each_its_own, laid, ragged
from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import soiled, stained
from scenegen.blender.nodes import Socket, Value

_POLISHED = 0.5
"""Stone smoother than this has veins, else grit."""


def brick(skin: Skin) -> Socket:
    """Bricks in running bond, each burnt in its own way, with sunk, sandy joints."""
    graph = skin.graph
    length_m = skin.length_m(0.1, 0.6, 0.24)
    courses = Courses(length_m, 0.31 * length_m, 0.042 * length_m, soft=0.35)
    pieces = laid(skin, courses, ragged(skin, 0.004, 40.0))
    grit = skin.noise(120.0, 2.0)
    shade = graph.ramp(pieces.lot, 0.0, 1.0, 0.62, 1.25)
    color: Value = graph.blend(graph.math("FRACT", graph.math("MULTIPLY", pieces.lot, 7.0)), skin.color(), _burnt(skin))
    color = graph.shaded(graph.shaded(color, shade), graph.between(grit, 0.72, 1.22))
    color = graph.shaded(color, graph.between(skin.age, 0.9, 1.1))
    mortar = graph.shaded(skin.second((0.62, 0.6, 0.56)), graph.between(grit, 0.8, 1.1))
    color = soiled(skin, stained(skin, graph.blend(pieces.joint, color, mortar), most=0.65), height_m=0.7, most=0.75)
    height = graph.math("SUBTRACT", graph.math("MULTIPLY", grit, 0.35), pieces.joint)
    return graph.principled(Base_Color=color, Roughness=skin.surface.roughness, Normal=skin.raised(height, 0.005))


def _burnt(skin: Skin) -> tuple[float, float, float, float]:
    red, green, blue, _ = skin.color()
    return min(red * 1.08, 1.0), green * 0.86, blue * 0.8, 1.0


def concrete(skin: Skin) -> Socket:
    """Concrete, cast against boards: clouds, pores, faint joints; stains, runs and cracks with age."""
    graph = skin.graph
    side_m = skin.length_m(0.5, 5.0, 2.0)
    pieces = laid(skin, Courses(1.0 * side_m, 0.5 * side_m, 0.006, soft=0.6, offset=0.0))
    clouds, sand = skin.noise(0.45, 3.0), skin.noise(75.0, 1.0)
    pores = graph.ramp(sand, 0.27, 0.34)
    color: Value = graph.shaded(skin.color(), graph.between(clouds, 0.9 - 0.08 * skin.wear, 1.06 + 0.06 * skin.wear))
    color = graph.shaded(color, graph.ramp(pieces.lot, 0.0, 1.0, 0.95, 1.05))
    color = graph.shaded(color, graph.between(sand, 0.92, 1.06))
    color = graph.shaded(color, graph.ramp(pieces.joint, 0.0, 1.0, 1.0, 0.6))
    color = graph.shaded(color, graph.ramp(pores, 0.0, 1.0, 0.55, 1.0))
    color = soiled(skin, stained(skin, color, most=0.4), height_m=0.9)
    if skin.wear > 0.2:
        runs = graph.ramp(skin.noise(3.0, 1.0, (1.0, 0.06, 1.0)), 0.5, 0.8, 1.0, 1.0 - 0.4 * skin.wear)
        color = graph.shaded(color, runs)
    if skin.wear > 0.4:
        lines = graph.ridges(skin.noise(0.55, 3.0, harsh=0.5), 0.0035)
        color = skin.toward(color, skin.color(0.22), graph.math("MULTIPLY", lines, graph.ramp(skin.age, 0.5, 0.56)))
    rough = skin.surface.roughness
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(clouds, max(rough - 0.14, 0.15), min(rough + 0.08, 1.0)),
        Normal=skin.raised(pores, 0.0015),
    )


def stone(skin: Skin) -> Socket:
    """Stone in slabs: veined where it is polished, else gritty and ragged."""
    graph = skin.graph
    width_m = skin.length_m(0.05, 10.0, 0.5)
    polished = skin.surface.roughness < _POLISHED
    joint_m, where = (
        (0.0025, None) if polished else (0.05 * min(width_m, 0.3), ragged(skin, 0.02 * width_m, 6.0 / width_m))
    )
    pieces = laid(skin, Courses(1.6 * width_m, width_m, joint_m, soft=0.15 if polished else 0.7), where)
    point = each_its_own(skin, skin.point, pieces)
    mottle = graph.flat_noise(point, 5.0, detail=3.0)
    grit = skin.noise(100.0, 2.0)
    color: Value = graph.shaded(skin.color(), graph.ramp(pieces.lot, 0.0, 1.0, 0.86, 1.12))
    color = graph.shaded(color, graph.between(mottle, 0.8, 1.16))
    color = graph.shaded(color, graph.between(grit, 0.82, 1.14))
    if polished:
        veins = graph.ridges(graph.flat_noise(point, 1.3, detail=4.0), 0.02)
        color = skin.toward(
            color, skin.color(0.45 if sum(skin.surface.color) > 1.2 else 2.6), _faint(skin, veins, mottle)
        )
    color = skin.toward(color, skin.second(0.35), pieces.joint)
    color = soiled(skin, stained(skin, color, most=0.45), height_m=0.6)
    rough = skin.surface.roughness
    sunk = grit if polished else graph.math("SUBTRACT", graph.math("MULTIPLY", grit, 0.9), pieces.joint)
    return graph.principled(
        Base_Color=color,
        Roughness=graph.ramp(pieces.joint, 0.0, 1.0, rough, 0.9),
        Normal=skin.raised(sunk, 0.00006 if polished else 0.008),
    )


def _faint(skin: Skin, veins: Socket, mottle: Socket) -> Socket:
    return skin.graph.math("MULTIPLY", veins, skin.graph.ramp(mottle, 0.4, 0.65, 0.0, 0.75))
