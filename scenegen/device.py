"""Device: the kind of processor that Cycles computes on, told without loading Blender where there is no GPU at all.

Pixels are the same on devices of one kind, and differ in their last bits between kinds; so a run is pinned to one kind
at its start, and a worker that lacks it fails. Of a machine with GPUs Cycles itself is asked, in a process of its own:
drivers that crash or wait take nothing with them, and `auto` then means cpu.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from glob import glob

from schemas.errors import InputError
from schemas.run_spec import RunSpec

FASTEST_FIRST = ("optix", "cuda", "hip", "oneapi", "metal")
"""GPU kinds in the order in which `auto` takes them; cpu is last."""
_GPU_NODES = ("/dev/nvidia[0-9]*", "/dev/dxg", "/dev/kfd", "/dev/dri/renderD*")
_PATIENCE_S = 120


def pinned(spec: RunSpec) -> RunSpec:
    """Returns the spec with the device that it will be rendered on in place of `auto`; only Cycles uses GPUs.

    Raises InputError for a device that isn't there.
    """
    kind = resolved_device(spec.render.device) if spec.render.renderer == "cycles" else "cpu"
    return spec.model_copy(update={"render": spec.render.model_copy(update={"device": kind})})


def resolved_device(asked: str) -> str:
    """Returns the kind that `asked` means on this machine; raises InputError for one that isn't there."""
    return "cpu" if asked == "cpu" else chosen(asked, _gpus_asked_for() if may_have_gpu() else {})


def chosen(asked: str, gpus: Mapping[str, str]) -> str:
    """Returns the kind that `asked` means where there are these GPUs, kind -> name; raises InputError for another."""
    if asked == "auto":
        return next((kind for kind in FASTEST_FIRST if kind in gpus), "cpu")
    if asked != "cpu" and asked not in gpus:
        there = ", ".join(["cpu", *(f"{kind} ({name})" for kind, name in gpus.items())])
        raise InputError(f"render.device: given '{asked}', which Cycles does not find here; there is {there}")
    return asked


def may_have_gpu() -> bool:
    """Tells whether the system shows a GPU; where it shows none, Cycles need not be asked."""
    return sys.platform == "darwin" or any(glob(pattern) for pattern in _GPU_NODES)


def _gpus_asked_for() -> Mapping[str, str]:
    command = [sys.executable, "-m", "scenegen.blender.device"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=True)
        gpus: dict[str, str] = json.loads(answer.stdout.splitlines()[-1])
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return {}
    return gpus
