"""The session: one scene for good, and no picture of an earlier one stays in memory."""

import subprocess
import sys

_RENDERS = """
import os
import bpy
import psutil
from scenegen.blender.cycles import configure, render_view
from scenegen.blender.session import empty_scene
from schemas.run_spec import RenderSpec

SIDE_PX = 1024
held = []
for _ in range(8):
    scene = empty_scene()
    scene.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
    scene.collection.objects.link(scene.camera)
    scene.render.resolution_x = scene.render.resolution_y = SIDE_PX
    configure(scene, RenderSpec(samples=1, denoise=False), 1)
    render_view(scene, 0)
    held.append(psutil.Process().memory_info().rss)
print((held[-1] - held[2]) / (SIDE_PX * SIDE_PX * 4 * 4), flush=True)
os._exit(0)
"""


def test_pictures_of_earlier_scenes_are_not_kept() -> None:
    done = subprocess.run([sys.executable, "-c", _RENDERS], capture_output=True, text=True, check=True)
    pictures = float(done.stdout.splitlines()[-1])
    assert pictures < 1, f"five scenes left {pictures:.1f} pictures in memory"
