"""Panes: clear glass and mirrors; they stay clean, since what is seen in them is part of the truth."""

from scenegen.blender.finishes.skin import Skin
from scenegen.blender.glass import thin_glass
from scenegen.blender.nodes import Socket


def glass(skin: Skin) -> Socket:
    """A clear pane, faintly tinted."""
    return thin_glass(skin.graph, skin.color())


def mirror(skin: Skin) -> Socket:
    """Silvered glass."""
    return skin.graph.principled(Base_Color=skin.color(), Metallic=1.0, Roughness=0.02)
