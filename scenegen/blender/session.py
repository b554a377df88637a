"""The Blender session: the one object in the house with state, emptied before each scene.

Blender's own add-on Cycles must be registered by `read_factory_settings` before its settings exist.
"""

import bpy

from schemas.errors import RenderError


def empty_scene() -> bpy.types.Scene:
    """Drops everything in the session and returns a bare scene that Cycles will render."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    if scene is None or "cycles" not in bpy.context.preferences.addons:
        raise RenderError("Blender started without its Cycles add-on")
    scene.render.engine = "CYCLES"
    return scene


def link(item: bpy.types.Object) -> bpy.types.Object:
    """Puts an object into the scene and returns it."""
    bpy.context.scene.collection.objects.link(item)
    return item
