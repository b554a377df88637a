"""Which device is taken, and that none is asked for in vain."""

import subprocess
import sys

import pytest

from scenegen import device
from scenegen.device import FASTEST_FIRST, chosen, pinned, resolved_device
from schemas.errors import InputError
from schemas.run_spec import RenderSpec, RunSpec

ALL = {kind: f"a {kind} card" for kind in FASTEST_FIRST}


def test_auto_takes_the_fastest_there_is_and_the_cpu_where_there_is_nothing_else() -> None:
    left = dict(ALL)
    for kind in FASTEST_FIRST:
        assert chosen("auto", left) == kind
        del left[kind]
    assert chosen("auto", left) == "cpu"


@pytest.mark.parametrize("asked", ["cpu", *FASTEST_FIRST])
def test_what_is_asked_for_and_there_is_taken(asked: str) -> None:
    assert chosen(asked, ALL) == asked


def test_a_device_that_is_not_there_is_one_line_that_names_what_is() -> None:
    with pytest.raises(InputError) as caught:
        chosen("hip", {"optix": "NVIDIA T4", "cuda": "NVIDIA T4"})
    assert str(caught.value).startswith("render.device: given 'hip'")
    assert str(caught.value).endswith("there is cpu, optix (NVIDIA T4), cuda (NVIDIA T4)")
    with pytest.raises(InputError, match=r"there is cpu$"):
        chosen("cuda", {})


@pytest.mark.parametrize("output", ["", "driver says hello\n", "{}\nSegmentation fault"])
def test_a_driver_that_gives_no_answer_leaves_the_cpu(monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout=output)
    monkeypatch.setattr(device, "may_have_gpu", lambda: True)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert resolved_device("auto") == "cpu"


def test_what_cycles_says_after_a_drivers_chatter_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout='hello\n{"cuda": "a card"}\n')
    monkeypatch.setattr(device, "may_have_gpu", lambda: True)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: answer)
    assert resolved_device("auto") == "cuda"


def test_without_a_gpu_in_the_system_nothing_is_loaded_to_look_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_gpu", lambda: False)
    monkeypatch.setattr(subprocess, "run", None)
    assert resolved_device("auto") == resolved_device("cpu") == "cpu"
    with pytest.raises(InputError):
        resolved_device("optix")


def test_a_pinned_spec_names_its_device_and_is_else_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_gpu", lambda: False)
    spec = RunSpec(seed=3)
    assert pinned(spec) == RunSpec(seed=3, render=RenderSpec(device="cpu"))
    assert pinned(pinned(spec)) == pinned(spec)


def test_the_analytic_renderer_needs_no_gpu() -> None:
    spec = RunSpec(render=RenderSpec(renderer="analytic", device="optix"))
    assert pinned(spec).render.device == "cpu"


def test_choosing_loads_no_blender() -> None:
    code = "import sys, scenegen.device as d; d.resolved_device('cpu'); sys.exit('bpy' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
