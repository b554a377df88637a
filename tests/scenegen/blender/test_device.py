"""Cycles' own list of devices, for real on the processor that every machine has."""

import bpy
import pytest

from scenegen.blender import device
from scenegen.blender.device import device_report, use_device
from scenegen.blender.session import empty_scene
from schemas.errors import InputError
from schemas.run_spec import RenderSpec


def test_the_cpu_is_there_and_has_a_name() -> None:
    report = device_report(RenderSpec(device="cpu"))
    assert report["kind"] == "cpu"
    assert report["name"]


def test_cycles_computes_on_the_cpu_where_auto_finds_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_gpu", lambda: False)
    scene: bpy.types.Scene = empty_scene()
    assert use_device(scene, "auto") == "cpu"
    assert scene.cycles.device == "CPU"
    with pytest.raises(InputError, match="there is cpu"):
        use_device(scene, "metal")
