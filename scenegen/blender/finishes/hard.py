"""Hard: metal, plastic and glaze."""

from scenegen.blender.finishes.skin import Rgba, Skin
from scenegen.blender.finishes.wear import rubbed, scratches, soiled, stained
from scenegen.blender.nodes import Socket, Value

_RUST: Rgba = (0.075, 0.031, 0.015, 1.0)
_RUSTS_FROM = 0.5
_STAINLESS = 0.38
"""Metal smoother than this is polished or plated, and only gets scratched."""


def metal(skin: Skin) -> Socket:
    """Bare metal, brushed along its longest side; smudged, scratched, and rusty when old."""
    graph = skin.graph
    brushed = skin.fibres(12.0, 1.0, 110.0)
    rough = skin.surface.roughness
    gloss: Value = graph.between(brushed, max(rough - 0.08, 0.03), min(rough + 0.1, 1.0))
    gloss = graph.math("ADD", gloss, graph.between(skin.age, -0.04, 0.06 + 0.2 * skin.wear), held=True)
    color: Value = graph.shaded(skin.color(), graph.between(brushed, 0.92, 1.04))
    color = stained(skin, color, most=0.2)
    bare: Value = 1.0
    if skin.wear > _RUSTS_FROM and rough > _STAINLESS:
        specks = graph.math("ADD", skin.noise(34.0, 3.0, harsh=0.68), graph.ramp(skin.age, 0.3, 0.75, -0.3, 0.1))
        start = 0.65 - 0.16 * skin.wear
        rust = graph.ramp(specks, start, start + 0.22, 0.0, 0.9)
        color, bare = (
            skin.toward(color, graph.shaded(_RUST, graph.ramp(specks, 0.4, 0.8, 0.5, 1.3)), rust),
            graph.inverted(rust),
        )
        gloss = graph.math("MAXIMUM", gloss, graph.math("MULTIPLY", rust, 0.85))
    else:
        scratch = scratches(skin)
        if scratch is not None:
            gloss = graph.math("ADD", gloss, graph.math("MULTIPLY", scratch, 0.25), held=True)
    return graph.principled(
        Base_Color=color, Metallic=bare, Roughness=gloss, Normal=skin.raised(skin.noise(2.6, 0.0), 0.0012)
    )


def plastic(skin: Skin) -> Socket:
    """Plastic with a fine texture and the gloss of hands; scratched and dusty when old."""
    graph = skin.graph
    rough = skin.surface.roughness
    color: Value = graph.shaded(skin.color(), graph.between(skin.age, 0.96 - 0.1 * skin.wear, 1.03))
    color = soiled(skin, stained(skin, color, most=0.2), height_m=0.12, most=0.35)
    color, _ = rubbed(skin, color, skin.color(1.5), reach_m=0.004)
    gloss = graph.between(skin.age, max(rough - 0.06, 0.03), min(rough + 0.07 + 0.15 * skin.wear, 1.0))
    scratch = scratches(skin)
    if scratch is not None:
        color = skin.toward(color, skin.color(1.6), graph.math("MULTIPLY", scratch, 0.4))
    return graph.principled(Base_Color=color, Roughness=gloss, Normal=skin.raised(skin.noise(500.0, 0.0), 0.00012))


def ceramic(skin: Skin) -> Socket:
    """Glazed clay: a wavy gloss, faint speckles, darker where the glaze is thin at edges."""
    graph = skin.graph
    rough = skin.surface.roughness
    speckles = graph.ramp(skin.noise(190.0, 1.0), 0.3, 0.36, 0.86, 1.0)
    color: Value = graph.shaded(skin.color(), graph.between(skin.age, 0.95, 1.04))
    color = graph.shaded(color, speckles)
    color = soiled(skin, stained(skin, color, most=0.25), height_m=0.1, most=0.3)
    color, _ = rubbed(skin, color, skin.second((0.55, 0.4, 0.3)), reach_m=0.004)
    return graph.principled(
        Base_Color=color,
        Roughness=graph.between(skin.age, rough, min(rough + 0.04 + 0.2 * skin.wear, 1.0)),
        Normal=skin.raised(skin.noise(26.0, 0.0), 0.0007),
    )
