"""Outdoors. Land goes on from one object to the next, in the world's axes. `scale_m`: of leaves, and of waves."""

from scenegen.blender.finishes.laid import ragged
from scenegen.blender.finishes.skin import Rgba, Skin, mixed
from scenegen.blender.finishes.wear import GRIME
from scenegen.blender.nodes import Socket, Value

_FIELDS = 0.045
"""Large patches a metre: what breaks land up that is seen from afar."""
_CLOVER: Rgba = (0.022, 0.075, 0.028, 1.0)


def ground(skin: Skin) -> Socket:
    """Bare earth with stones, and patches of the second colour."""
    graph = skin.graph
    patches = graph.between(skin.noise(0.25, 4.0, harsh=0.55), 0.0, 1.0, soft=0.1)
    crumbs = skin.noise(7.0, 4.0, harsh=0.7)
    pebbles, lots = graph.cells(skin.point, 26.0, flat=True)
    pebble = graph.math("MULTIPLY", graph.ramp(pebbles, 0.28, 0.34, 1.0, 0.0), graph.ramp(crumbs, 0.5, 0.56))
    color: Value = graph.blend(patches, skin.color(), skin.second(0.55))
    color = graph.shaded(color, graph.between(crumbs, 0.55, 1.35))
    stone = graph.shaded(
        mixed(skin.color(), (0.2, 0.19, 0.18, 1.0), 0.6), graph.ramp(graph.parts(lots)[0], 0.0, 1.0, 0.5, 1.4)
    )
    color = graph.blend(pebble, color, stone)
    return graph.principled(Base_Color=color, Roughness=0.95, Normal=skin.raised(crumbs, 0.03))


def asphalt(skin: Skin) -> Socket:
    """Asphalt: stones of all greys in black, polished and patched, cracked and oily with age."""
    graph = skin.graph
    _, lots = graph.cells(skin.point, 170.0, flat=True)
    fields = skin.noise(_FIELDS * 5, 4.0)
    grey = graph.ramp(graph.parts(lots)[0], 0.0, 1.0, 0.6, 1.45)
    color: Value = graph.shaded(skin.color(), graph.between(fields, 0.9, 1.1))
    color = graph.shaded(color, skin.faded(grey, 0.012))
    color = graph.shaded(color, graph.between(skin.age, 1.0 - 0.12 * skin.wear, 1.0 + 0.14 * skin.wear))
    if skin.wear > 0.1:
        cracks = graph.ridges(skin.noise(0.5, 3.0, harsh=0.52), 0.006 * skin.wear)
        color = skin.toward(color, skin.color(0.15), graph.math("MULTIPLY", cracks, graph.ramp(skin.age, 0.48, 0.55)))
        oil = graph.ramp(skin.noise(0.9, 3.0), 0.72 - 0.1 * skin.wear, 0.76, 0.0, 0.7)
        color = skin.toward(color, GRIME, oil)
    rough = skin.surface.roughness
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(fields, min(rough + 0.08, 1.0), max(rough - 0.12, 0.3)),
        Normal=skin.raised(skin.noise(150.0, 0.0), 0.006),
    )


def grass(skin: Skin) -> Socket:
    """Grass: blades in tufts, dark between them, lush and dry fields; clover, and worn patches of the second colour."""
    graph = skin.graph
    fields, clumps = skin.noise(_FIELDS * 5, 3.0, harsh=0.6), skin.noise(1.1, 2.0, harsh=0.7)
    bent = graph.vectors("MULTIPLY_ADD", clumps, (0.16, -0.12, 0.0), skin.point)
    tufts = skin.noise(6.5, 2.0, harsh=0.75)
    blades = graph.flat_noise(graph.stretched(bent, (1.0, 0.4, 1.0)), 150.0, detail=1.0)
    dry = graph.between(
        graph.math("ADD", graph.math("MULTIPLY", clumps, 0.45), graph.math("MULTIPLY", fields, 0.55)),
        0.0,
        0.5 + 0.5 * skin.wear,
        soft=0.1,
    )
    color: Value = graph.blend(dry, skin.color(), skin.second((0.56, 0.53, 0.32)))
    clover = graph.ramp(clumps, 0.57, 0.63, 0.0, 0.7)
    color = graph.blend(clover, color, mixed(skin.color(0.8), _CLOVER, 0.6))
    color = graph.shaded(color, skin.faded(graph.between(tufts, 0.5, 1.45), 0.15))
    color = graph.shaded(color, skin.faded(graph.between(blades, 0.5, 1.5, soft=0.16), 0.015))
    return graph.principled(Base_Color=color, Roughness=skin.surface.roughness, Normal=skin.raised(tufts, 0.07))


def foliage(skin: Skin) -> Socket:
    """Leaves side by side, `scale_m` long, each of its own green, with dark between them."""
    graph = skin.graph
    leaf_m = skin.length_m(0.005, 0.3, 0.04)
    leaves, lots = graph.cells(ragged(skin, 3.0 * leaf_m, 0.8 / leaf_m), 1.0 / leaf_m, flat=True)
    lot, other, _ = graph.parts(lots)
    clumps = skin.noise(0.22 / leaf_m, 2.0)
    color: Value = graph.blend(graph.ramp(other, 0.55, 1.0), skin.color(), skin.second((0.5, 0.56, 0.2)))
    color = graph.shaded(color, skin.faded(graph.ramp(lot, 0.0, 1.0, 0.5, 1.45), leaf_m))
    color = graph.shaded(color, graph.between(clumps, 0.45, 1.3))
    color = graph.shaded(color, skin.faded(graph.ramp(leaves, 0.35, 0.8, 1.1, 0.2), leaf_m, 0.8))
    height = graph.math("SUBTRACT", graph.math("MULTIPLY", lot, 0.7), leaves)
    return graph.principled(
        Base_Color=color,
        Roughness=max(skin.surface.roughness, 0.5),
        Specular_IOR_Level=0.25,
        Normal=skin.raised(height, 0.4 * leaf_m),
    )


def water(skin: Skin) -> Socket:
    """Water, as of lakes and puddles: dark and opaque, mirroring in ripples `scale_m` long, calm here and there."""
    graph = skin.graph
    wave_m = skin.length_m(0.02, 5.0, 0.4)
    swell = skin.noise(1.0 / wave_m, 3.0, (1.0, 0.55, 1.0), harsh=0.6)
    calm = graph.between(skin.noise(0.12, 1.0), 0.3, 1.0)
    return graph.principled(
        Base_Color=skin.color(0.3),
        Roughness=min(skin.surface.roughness, 0.12),
        IOR=1.333,
        Normal=graph.bump(swell, 0.11 * wave_m * skin.surface.relief, calm),
    )
