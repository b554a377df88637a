"""The Blender session: the one object in the house with state. A scene starts in one that is bare but for what is kept.

Blender's own add-on Cycles must be registered by `read_factory_settings` before its settings exist; once is enough.
What has a fake user stays, with all that it uses; everything else goes with its scene, and so does what Cycles holds.
"""

import ctypes
from functools import cache

import bpy

from schemas.errors import RenderError

_M_MMAP_THRESHOLD = -3
"""Of mallopt(3)."""
_LARGE_BYTES = 2**20


def empty_scene() -> bpy.types.Scene:
    """Drops the last scene with all that only it used, and returns a bare one that Cycles will render."""
    if "cycles" not in bpy.context.preferences.addons:
        bpy.ops.wm.read_factory_settings(use_empty=True)
    if "cycles" not in bpy.context.preferences.addons:
        raise RenderError("Blender started without its Cycles add-on")
    scene = bpy.data.scenes.new("scene")
    bpy.context.window.scene = scene
    _drop_all_but(scene)
    scene.name = "scene"
    scene.render.engine = "CYCLES"
    return scene


def link(item: bpy.types.Object) -> bpy.types.Object:
    """Puts an object into the scene and returns it."""
    bpy.context.scene.collection.objects.link(item)
    return item


def _drop_all_but(scene: bpy.types.Scene) -> None:
    for dropped in [each for each in bpy.data.scenes if each != scene]:
        dropped.render.use_persistent_data = False  # frees Cycles' own copy of the scene
        bpy.data.scenes.remove(dropped)
    bpy.data.batch_remove(bpy.data.objects[:])
    bpy.data.orphans_purge(do_recursive=True)
    _return_memory()


def _return_memory() -> None:
    """Gives freed pages back to the system; scattered through the heap, they would add up from scene to scene."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):  # glibc
        _keep_arrays_off_the_heap()
        libc.malloc_trim(0)


@cache
def _keep_arrays_off_the_heap() -> None:
    """Lets each large array have pages of its own; by itself glibc soon takes them from the heap, which they cut up."""
    ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
