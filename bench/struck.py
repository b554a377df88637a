"""Struck: real Blender workers that crash, abort, hang and eat memory, one scene each amid fifty good ones.

`make chaos` runs it after the kills. It holds when the fifty are delivered, the four are set aside with what became of
them, and the same command without faults then makes the dataset of a run that never met any, file by file.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from assets_catalog.opening import open_catalog
from bench.chaos import hashes
from ray_cluster.driver import Terms, make_units
from ray_cluster.limits import WorkerLimits
from ray_cluster.policies import FaultKind
from ray_cluster.versions import versions_for_rendering
from scenegen.renderers import FAULTS, RENDERERS
from schemas.errors import RenderError
from schemas.run_record import RunRecord
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of
from schemas.unit_failure import UnitFailure

GOOD = 50
STRUCK: dict[int, tuple[str, FaultKind, str | None]] = {
    7: ("crash", "crashed", "SIGSEGV"),
    19: ("abort", "crashed", "SIGABRT"),
    31: ("hang", "hung", None),
    43: ("memory", "memory", None),
}
"""Scene, which is a unit of its own -> what strikes it, and how that is told: a kind of fault, and a signal."""
_ATTEMPTS = 3
_WORKERS = 2
_CEILING_BYTES = 3 * 2**30
"""A Blender with a small scene holds a fifth of that."""


def record_of(scenes: int) -> RunRecord:
    """Returns a run of small frames by Cycles, a unit each."""
    render = RenderSpec(renderer="cycles", device="cpu", samples=2)
    spec = RunSpec(
        scenes=scenes,
        views_per_scene=1,
        scenes_per_unit=1,
        catalog="builtin",
        recipe="primitives",
        tasks=("depth",),
        camera=CameraSpec(width_px=64, height_px=64),
        render=render,
    )
    versions = versions_for_rendering(RENDERERS["cycles"].libraries.values(), "cpu")
    return RunRecord(spec=spec, catalog_lock=open_catalog("builtin").lock(), versions=versions)


def made(record: RunRecord, out: Path, deadline_s: float, faults: str = "") -> str:
    """Makes what is missing, with faults to order; returns what is said of units that are set aside."""
    os.environ.pop(FAULTS, None)
    if faults:
        os.environ[FAULTS] = faults
    terms = Terms(WorkerLimits(ceiling_bytes=_CEILING_BYTES), deadline_s, retry_failed=True)
    try:
        make_units(record, out, "builtin", _WORKERS, lambda event: None, terms=terms)
    except RenderError as error:
        return str(error)
    return ""


def violations(record: RunRecord, out: Path) -> list[str]:
    """Returns what is not as it must be after a run with faults, a line each."""
    found = []
    for unit in units_of(record.spec):
        is_there, failure = (out / unit.triplets_path).exists(), out / unit.failure_path
        if is_there == (unit.index in STRUCK):
            found.append(f"{unit.name} is {'there' if is_there else 'lost'}")
        if unit.index in STRUCK:
            found += _untold(unit.index, failure)
        elif failure.exists():
            found.append(f"{unit.name} is set aside")
    return found


def _untold(index: int, failure: Path) -> list[str]:
    """Prints what is told of a unit; returns what is missing of it."""
    _, kind, signal = STRUCK[index]
    if not failure.exists():
        return [f"{failure.name} is missing"]
    attempts = UnitFailure.model_validate_json(failure.read_bytes()).attempts
    print(f"unit {index}: {len(attempts)} attempts, {attempts[-1].kind}: {attempts[-1].reason.partition(';')[0]}")
    told = [(attempt.kind, attempt.signal) for attempt in attempts]
    return [] if told == [(kind, signal)] * _ATTEMPTS else [f"{failure.name} tells {told}"]


def campaign(folder: Path, deadline_s: float) -> list[str]:
    """Returns violations."""
    record = record_of(GOOD + len(STRUCK))
    begun = time.monotonic()
    said = made(record, calm := folder / "calm", deadline_s)
    print(f"undisturbed: {time.monotonic() - begun:.0f} s; {said or 'all made'}")
    begun = time.monotonic()
    orders = " ".join(f"{fault}@{scene}" for scene, (fault, *_) in STRUCK.items())
    said = made(record, out := folder / "out", deadline_s, orders)
    print(f"with faults: {time.monotonic() - begun:.0f} s; {said.partition(';')[0]}")
    found = violations(record, out)
    made(record, out, deadline_s)
    if hashes(out) != hashes(calm):
        found.append("made again without faults, the dataset is not the undisturbed run's")
    return found


def main() -> None:
    """Ends with status 1 where something is off."""
    parser = argparse.ArgumentParser(description="Blender workers that crash, abort, hang and eat memory.")
    parser.add_argument(
        "--deadline", type=float, default=60.0, help="seconds of a unit, the start of a Blender among them"
    )
    given = parser.parse_args()
    with TemporaryDirectory(prefix="s") as folder:
        found = campaign(Path(folder), given.deadline)
    print("\n".join(found) or f"{GOOD} of {GOOD} delivered, {len(STRUCK)} set aside with their reasons")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
