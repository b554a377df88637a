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
_LARGE_BYTES = 2**16
_SCENE = "scene"
"""Name of the only one."""


def empty_scene() -> bpy.types.Scene:
    """Returns the session's scene, bare but for settings, which Cycles will render; drops what only the last one used.

    It is one scene for good: Blender keeps the passes of a render for each scene that it ever rendered, also for those
    that are gone.
    """
    scene = bpy.data.scenes.get(_SCENE) or _first_scene()
    _drop_all_of(scene)
    return scene


def _first_scene() -> bpy.types.Scene:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    if "cycles" not in bpy.context.preferences.addons:
        raise RenderError("Blender started without its Cycles add-on")
    scene = bpy.data.scenes.new(_SCENE)
    bpy.context.window.scene = scene
    for other in [each for each in bpy.data.scenes if each != scene]:
        bpy.data.scenes.remove(other)
    scene.render.engine = "CYCLES"
    return scene


def link(item: bpy.types.Object) -> bpy.types.Object:
    """Puts an object into the scene and returns it."""
    bpy.context.scene.collection.objects.link(item)
    return item


def _drop_all_of(scene: bpy.types.Scene) -> None:
    scene.render.use_persistent_data = False  # frees Cycles' own copy of the scene
    scene.camera = scene.world = None
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
