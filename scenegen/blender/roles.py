"""Roles: what a material is to the exact buffers, told by the Blender material itself.

A pane (glass, mirror) has a second output, under which it isn't there; a cut-out has an alpha texture, whose values
below 0.5 are holes for the picture and for both witnesses alike.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import bpy
import numpy as np
from jaxtyping import Float32

ABSENT = "absent"
"""Name of a pane's second output node."""
_ALPHA = "alpha image"


def is_pane(material: bpy.types.Material) -> bool:
    """Tells whether the material is glass or a mirror."""
    return ABSENT in material.node_tree.nodes


def mark_cutout(material: bpy.types.Material, image: bpy.types.Image) -> None:
    """Says that `image`'s alpha makes holes."""
    material[_ALPHA] = image


def alpha_of(material: bpy.types.Material) -> Float32[np.ndarray, "h w"] | None:
    """Returns the alpha of a cut-out's texture, bottom row first; nothing for all other materials."""
    image = material.get(_ALPHA)
    if image is None:
        return None
    width_px, height_px = image.size
    pixels = np.empty(width_px * height_px * 4, dtype=np.float32)
    image.pixels.foreach_get(pixels)
    return pixels.reshape(height_px, width_px, 4)[..., 3].copy()


@contextmanager
def panes_absent(materials: tuple[str, ...]) -> Iterator[None]:
    """Takes all panes among the named materials out of what is rendered inside the block."""
    panes = [bpy.data.materials[name] for name in materials if is_pane(bpy.data.materials[name])]
    _show(panes, False)
    try:
        yield
    finally:
        _show(panes, True)


def _show(panes: list[bpy.types.Material], shown: bool) -> None:
    for material in panes:
        for node in material.node_tree.nodes:
            if node.bl_idname == "ShaderNodeOutputMaterial":
                node.is_active_output = (node.name == ABSENT) != shown
