"""Textiles. `scale_m`: of carpet, fabric and leather, the size of tuft, thread and grain; of a rug, its bands."""

from scenegen.blender.finishes.skin import Skin
from scenegen.blender.finishes.wear import rubbed, stained
from scenegen.blender.nodes import Socket, Value

_TURN = 6.28319


def carpet(skin: Skin) -> Socket:
    """Short pile, mottled, trodden flat in places."""
    graph = skin.graph
    tuft_m = skin.length_m(0.002, 0.02, 0.006)
    tufts, lots = graph.cells(skin.face, 1.0 / tuft_m, flat=True)
    heather = graph.ramp(graph.parts(lots)[0], 0.0, 1.0, 0.7, 1.25)
    trodden = graph.between(skin.noise(0.8, 4.0), 0.84 - 0.12 * skin.wear, 1.08)
    color: Value = graph.shaded(graph.shaded(skin.color(), heather), trodden)
    if skin.surface.second_color is not None:
        color = graph.blend(graph.ramp(graph.parts(lots)[1], 0.6, 0.7), color, skin.second(1.0))
    color = graph.shaded(color, graph.ramp(tufts, 0.1, 0.75, 1.15, 0.55))
    return _soft(skin, stained(skin, color, most=0.6), graph.inverted(tufts), 0.5 * tuft_m)


def rug(skin: Skin) -> Socket:
    """A woven rug: a field of bands or diamonds `scale_m` apart, inside borders along its edges."""
    graph = skin.graph
    band_m = skin.length_m(0.02, 0.8, 0.15)
    x, y, _ = graph.parts(graph.stretched(skin.local, (1.0 / band_m, 1.0 / band_m, 1.0)))
    kind = skin.kind(3)
    across = x if kind == 0 else graph.math("ADD", graph.math("PINGPONG", x, 1.0), graph.math("PINGPONG", y, 1.0))
    pale = graph.ramp(graph.math("PINGPONG", across, 0.5), 0.2, 0.22)
    dark = graph.ramp(graph.math("PINGPONG", across, 1.0), 0.62, 0.64)
    cream = skin.second((0.86, 0.83, 0.76))
    field = graph.blend(dark, skin.color(), skin.color(0.35))
    field = graph.blend(pale, field, cream)
    if kind != 1:
        border = graph.ramp(graph.math("PINGPONG", skin.edge_m, 0.06), 0.02, 0.022)
        frame = graph.blend(border, skin.color(0.35), skin.color())
        field = graph.blend(graph.ramp(skin.edge_m, 0.17, 0.172), frame, field)
    pile = skin.noise(260.0, 2.0)
    color: Value = graph.shaded(field, graph.between(pile, 0.66, 1.18))
    color = graph.shaded(color, graph.between(skin.age, 0.86 - 0.15 * skin.wear, 1.06))
    return _soft(skin, stained(skin, color, most=0.35), pile, 0.004)


def fabric(skin: Skin) -> Socket:
    """Woven cloth: threads both ways, uneven as yarn is; striped where there is a second colour; soft folds."""
    graph = skin.graph
    thread_m = skin.length_m(0.0003, 0.01, 0.0015)
    u, v, _ = graph.parts(graph.stretched(skin.face, (0.5 / thread_m, 0.5 / thread_m, 1.0)))
    across, up = (graph.math("SINE", graph.math("MULTIPLY", along, _TURN)) for along in (u, v))
    weave = graph.math("ADD", graph.math("MULTIPLY", graph.math("MULTIPLY", across, up), 0.5), 0.5)
    weft = skin.noise(0.35 / thread_m, 1.0, (0.05, 1.0, 1.0))
    warp = skin.noise(0.35 / thread_m, 1.0, (1.0, 0.05, 1.0))
    yarn = graph.between(graph.math("MULTIPLY", graph.math("ADD", weft, warp), 0.5), 0.76, 1.2)
    color: Value = skin.color()
    if skin.surface.second_color is not None:
        stripe = graph.math("PINGPONG", u, (12.0, 30.0, 60.0)[skin.kind(3)])
        color = graph.blend(graph.ramp(stripe, 6.0, 6.5), skin.second(1.0), color)
    color = graph.shaded(graph.shaded(color, yarn), graph.ramp(weave, 0.0, 1.0, 0.84, 1.08))
    color = graph.shaded(color, graph.between(skin.age, 0.93 - 0.2 * skin.wear, 1.04))
    return _soft(skin, color, weave, 0.35 * thread_m)


def leather(skin: Skin) -> Socket:
    """Leather: pebbled, creased, darker where it is not touched and paler at worn edges."""
    graph = skin.graph
    grain_m = skin.length_m(0.001, 0.006, 0.0035)
    pebbles, _ = graph.cells(skin.point, 2.2 / grain_m, flat=True)
    creases = graph.ridges(skin.noise(24.0, 2.0), 0.035)
    color: Value = graph.shaded(skin.color(), graph.ramp(pebbles, 0.2, 0.8, 1.06, 0.72))
    color = graph.shaded(color, graph.between(skin.age, 0.8, 1.16))
    color = graph.shaded(color, graph.ramp(creases, 0.0, 1.0, 1.0, 0.92))
    color, _ = rubbed(skin, color, skin.color(1.7), reach_m=0.009)
    rough = skin.surface.roughness
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(skin.age, max(rough - 0.1, 0.1), min(rough + 0.12, 1.0)),
        Normal=skin.raised(graph.inverted(pebbles), 0.12 * grain_m),
    )


def _soft(skin: Skin, color: Value, height: Socket, depth_m: float) -> Socket:
    return skin.graph.principled(
        Base_Color=color, Roughness=0.95, Sheen_Weight=0.25, Normal=skin.raised(height, depth_m)
    )
