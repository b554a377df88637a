"""Device: which GPUs Cycles finds, by its own preferences, and the one that a scene is rendered on.

Run as a module it prints the GPUs as JSON, kind -> name, for `scenegen.device`.
"""

import json
import sys
from collections.abc import Mapping

import bpy

from scenegen.device import FASTEST_FIRST, chosen, may_have_gpu


def use_device(scene: bpy.types.Scene, asked: str) -> str:
    """Makes Cycles compute on all devices of one kind and returns the kind; InputError for one that isn't there."""
    kind = "cpu" if asked == "cpu" else chosen(asked, gpus())
    scene.cycles.device = "CPU" if kind == "cpu" else "GPU"
    scene.cycles.denoising_use_gpu = kind != "cpu"
    preferences = _preferences()
    if kind != "cpu" and preferences.compute_device_type != kind.upper():
        preferences.compute_device_type = kind.upper()
        for device in preferences.get_devices_for_type(kind.upper()):
            device.use = device.type == kind.upper()
    return kind


def gpus() -> Mapping[str, str]:
    """Returns the GPUs that Cycles can use, kind -> name of the first, fastest kind first."""
    if not may_have_gpu():
        return {}
    names = {kind: _first_name(kind) for kind in FASTEST_FIRST}
    return {kind: name for kind, name in names.items() if name}


def _first_name(kind: str) -> str:
    """Returns the name of the first device of a kind; an empty text where there is none."""
    devices = _preferences().get_devices_for_type(kind.upper())
    return next((str(device.name) for device in devices if device.type == kind.upper()), "")


def _preferences() -> bpy.types.AddonPreferences:
    if "cycles" not in bpy.context.preferences.addons:
        bpy.ops.wm.read_factory_settings(use_empty=True)
    return bpy.context.preferences.addons["cycles"].preferences


if __name__ == "__main__":
    sys.stdout.write(f"\n{json.dumps(gpus())}\n")
