"""Cycles' own list of devices, for real on the processor that every machine has."""

import bpy
import pytest

from scenegen.blender import device
from scenegen.blender.device import use_device
from scenegen.blender.session import empty_scene
from schemas.errors import InputError


def test_cycles_computes_on_the_cpu_where_auto_finds_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_gpu", lambda: False)
    scene: bpy.types.Scene = empty_scene()
    assert use_device(scene, "auto") == "cpu"
    assert scene.cycles.device == "CPU"
    with pytest.raises(InputError, match="there is cpu"):
        use_device(scene, "metal")
