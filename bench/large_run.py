"""A large run: a million frames are planned, listed at 90 % done and taken up again; prints what that took.

    python -m bench.large_run

Each line is a fresh process, up to the moment at which the first unit would be leased. The commit records are real but
for their rows, and so are the frames files that they name.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from ray_cluster.driver import make_units
from ray_cluster.events import Event
from ray_cluster.progress import Tally
from ray_cluster.run_folder import open_out, pending_units
from ray_cluster.status import run_status
from scenegen.dataset.footer import UnitFooter
from scenegen.dataset.frames import frames_file
from scenegen.dataset.triplets import triplets_file
from schemas.run_record import CatalogLock, RunRecord
from schemas.run_spec import RunSpec, SplitSpec
from schemas.unit import units_of

FRAMES, VIEWS, SCENES_PER_UNIT = 1_000_000, 4, 25
DONE = 0.9
LIMIT_S, LIMIT_MB = 10.0, 500.0


class _FirstLeaseError(Exception):
    """The run would begin to work now."""


def record_of(frames: int) -> RunRecord:
    """Returns the record of a run of so many frames, with a catalog of 10,000 assets."""
    spec = RunSpec(
        scenes=frames // VIEWS,
        views_per_scene=VIEWS,
        scenes_per_unit=SCENES_PER_UNIT,
        recipe="primitives",
        splits=SplitSpec(train=0.9, val=0.05, test=0.05),
    )
    assets = {f"shop/{number:05d}": f"{number:064x}" for number in range(10_000)}
    return RunRecord(spec=spec, catalog_lock=CatalogLock(catalog="shop", assets=assets), versions={"scenegen": "bench"})


def fill(out: Path, record: RunRecord, share: float) -> None:
    """Writes run.json and what a share of the units would have committed."""
    open_out(out, record)
    units = units_of(record.spec)
    footer = UnitFooter(unit=units[0], run_digest=record.digest(), versions=record.versions, rows=0)
    (frames := out / "frames.parquet").write_bytes(frames_file([], footer.metadata()))
    for unit in units[: int(share * len(units))]:
        named = footer.model_copy(update={"unit": unit, "frames_path": unit.frames_path("0" * 64)})
        for path in (unit.triplets_path, unit.frames_path("0" * 64)):
            (out / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(frames, out / unit.frames_path("0" * 64))
        (out / unit.triplets_path).write_bytes(triplets_file([], named.metadata()))
    frames.unlink()


def start(out: Path, record: RunRecord) -> int:
    """Does what a driver does before its first lease; returns how many frames it counts as done."""
    tally = Tally(record.spec)
    done = 0

    def on_event(event: Event) -> None:
        nonlocal done
        done = tally.add(event)

    try:
        make_units(record, out, "builtin", 2, on_event, frames="bench.large_run:never")
    except _FirstLeaseError:
        return done
    raise AssertionError("nothing was left to do")


def listing(out: Path, record: RunRecord) -> int:
    """Lists what is pending; returns how many units."""
    return len(pending_units(out, record))


def told_status(out: Path, record: RunRecord) -> int:
    """Returns the frames that `scenegen status` counts."""
    return run_status(out).total.frames


PARTS: dict[str, tuple[float, Callable[[Path, RunRecord], int]]] = {
    "start": (0.0, start),
    "list, 90 % done": (DONE, listing),
    "resume, 90 % done": (DONE, start),
    "status, 90 % done": (DONE, told_status),
}
"""Name -> share done, what is measured."""


def measured(name: str, out: Path, frames: int) -> dict[str, float]:
    """Runs one part in this process; returns seconds, with imports aside, and the most megabytes that it held."""
    import ray_cluster.driver as driver  # noqa: PLC0415, PLR0402 - its fleet is taken away below

    def first_lease(*_: object) -> None:
        raise _FirstLeaseError

    driver._made = first_lease  # type: ignore[assignment]  # Ray would start here
    record = record_of(frames)
    started = time.perf_counter()
    counted = PARTS[name][1](out, record)
    wall_s = time.perf_counter() - started
    most_kb = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    return {"wall_s": wall_s, "most_mb": float(most_kb) / 2**10, "counted": counted}


def main() -> None:
    """Prints the table; exit status 1 where a part takes more than it may."""
    parser = argparse.ArgumentParser(prog="python -m bench.large_run")
    parser.add_argument("--frames", type=int, default=FRAMES)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.part:
        print(json.dumps(measured(given.part, given.out, given.frames)))
        return
    table = Table(
        "part", "s", "MB at most", "counted", title=f"{given.frames:,} frames, units of {VIEWS * SCENES_PER_UNIT}"
    )
    is_within = True
    with TemporaryDirectory() as folder:
        fill(Path(folder, str(DONE)), record_of(given.frames), DONE)
        for name, (share, _) in PARTS.items():
            out = Path(folder, str(share))
            command = [sys.executable, "-m", "bench.large_run", "--part", name, "--out", out, "--frames", given.frames]
            said = subprocess.run([*map(str, command)], check=True, capture_output=True, text=True).stdout
            told = json.loads(said)
            is_within &= told["wall_s"] <= LIMIT_S and told["most_mb"] <= LIMIT_MB
            table.add_row(name, f"{told['wall_s']:.1f}", f"{told['most_mb']:.0f}", f"{told['counted']:,}")
    Console().print(table)
    sys.exit(not is_within)


if __name__ == "__main__":
    main()
