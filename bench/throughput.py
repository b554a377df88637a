"""Throughput: frames a second by one worker and by two, and what share of the processor time is Ray's.

Each run is the command itself, in a process of its own; runs are taken in turn, several times over, and ratios are
those within one round: what else the machine does then changes both. Speed is told between looks after the first frame
and before the last, so that no start-up is in it. A worker renders and packs in two threads: alone on two cores it uses
more than one of them. So two workers on two cores are held beside one worker on one core, and beside one on both.
Processor time a frame says whether workers are in each other's way, however busy the machine.

Ray's share is the processor time of all processes of a run but those that render (driver, Ray's own, wardens), over
that of all, between the same looks; of a run by Cycles, at 512x512 and 16 samples.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from rich.table import Table

ROUNDS = 3
GAIN, RAYS_SHARE = 1.8, 0.02
"""At least, and at most."""
WAYS: Mapping[str, tuple[int, int]] = {
    "1 core, 1 worker": (1, 1),
    "2 cores, 1 worker": (2, 1),
    "2 cores, 2 workers": (2, 2),
}
"""Words -> cores and workers."""
_BY_FORMULA = ("render.renderer=analytic", "recipe=primitives", "scenes=60", "scenes_per_unit=2")
_BY_CYCLES = ("render_preset=default", "scenes=4", "views_per_scene=2")
_LOOK_S = 1.0
_RENDERS = "ray_cluster.serving"
_MAIN = "from ray_cluster.cli import main; main()"


@dataclass(frozen=True)
class Look:
    """Processor time so far of a run's processes."""

    time_s: float
    """Since 1970."""
    renders_s: float
    others_s: float


@dataclass(frozen=True)
class Run:
    """What one command took, between two looks: after its first frame, and before its last."""

    frames: int
    wall_s: float
    core_s: float
    others_core_s: float
    """Of all processes but those that render."""

    @property
    def frames_per_s(self) -> float:
        """Returns the speed."""
        return self.frames / self.wall_s


def throughput_table(catalog: str) -> Table:
    """Returns frames a second of each way, the median of the rounds, and the gains within them."""
    rounds = [{words: _run(catalog, _BY_FORMULA, *way) for words, way in WAYS.items()} for _ in range(ROUNDS)]
    columns = ("frames a second", "gain, median", "lowest", "highest", "core ms a frame", "of it not rendering")
    table = Table("way", *columns, title=_title())
    last = [*WAYS][-1]
    for words in WAYS:
        runs = [each[words] for each in rounds]
        gains = sorted(each[last].frames_per_s / each[words].frames_per_s for each in rounds)
        speed = statistics.median(run.frames_per_s for run in runs)
        cost_ms = statistics.median(1e3 * run.core_s / run.frames for run in runs)
        others_ms = statistics.median(1e3 * run.others_core_s / run.frames for run in runs)
        shown = [f"{gain:.2f}" for gain in (statistics.median(gains), gains[0], gains[-1])]
        table.add_row(words, f"{speed:.1f}", *shown, f"{cost_ms:.1f}", f"{others_ms:.1f}")
    return table


def share_table(catalog: str) -> Table:
    """Returns what Ray and the driver took beside the rendering."""
    run = _run(catalog, _BY_CYCLES, len(os.sched_getaffinity(0)), len(os.sched_getaffinity(0)))
    table = Table("of a run by Cycles, 512x512, 16 samples", "figure", "target")
    share = run.others_core_s / run.core_s
    table.add_row("core s, all", f"{run.core_s:.1f}", "")
    table.add_row("core s, driver, Ray and wardens", f"{run.others_core_s:.2f}", "")
    table.add_row("their share", f"{share:.2%}", f"{RAYS_SHARE:.0%}")
    table.add_row("their core ms a second of the run", f"{1e3 * run.others_core_s / run.wall_s:.1f}", "")
    return table


def _title() -> str:
    busy = os.getloadavg()[0]
    return f"analytic renderer, 256x256, {ROUNDS} rounds in turn, load before them {busy:.0f}; target {GAIN} to 1 core"


def _run(catalog: str, changes: Sequence[str], cores: int, workers: int) -> Run:
    with TemporaryDirectory() as folder:
        log, said = Path(folder, "log.json"), Path(folder, "said")
        sets = [part for change in changes for part in ("--set", change)]
        held_to = sorted(os.sched_getaffinity(0))[:cores]
        command = ["taskset", "-c", ",".join(map(str, held_to)), sys.executable, "-c", _MAIN, "generate"]
        command += ["quickstart", f"{folder}/out", *sets, "--catalog", catalog]
        command += ["--workers", str(workers), "--log-json", str(log)]
        with said.open("wb") as stderr, subprocess.Popen(command, stdout=stderr, stderr=stderr) as process:
            looks = [*_looks(process, log)]
        if process.returncode:
            raise RuntimeError(said.read_text(errors="replace"))
        return _between(looks, _frame_times(log))


def _looks(process: "subprocess.Popen[bytes]", log: Path) -> Iterator[Look]:
    """Yields a look every second or so, from the first frame on."""
    spent: dict[int, tuple[bool, float]] = {}
    while process.poll() is None:
        if log.exists() and "frame_done" in log.read_text():
            yield _look(psutil.Process(process.pid), spent)
        time.sleep(_LOOK_S)


def _look(root: psutil.Process, spent: dict[int, tuple[bool, float]]) -> Look:
    """Looks at a process and all below it; one that has ended keeps what it had."""
    with suppress(psutil.Error):
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error):
                taken = process.cpu_times()
                spent[process.pid] = _RENDERS in process.cmdline(), taken.user + taken.system
    renders_s = sum(core_s for renders, core_s in spent.values() if renders)
    return Look(time.time(), renders_s, sum(core_s for _, core_s in spent.values()) - renders_s)


def _frame_times(log: Path) -> list[float]:
    events = [json.loads(line) for line in log.read_text().splitlines()]
    return [datetime.fromisoformat(each["time"]).timestamp() for each in events if each["event"] == "frame_done"]


def _between(looks: Sequence[Look], frames: Sequence[float]) -> Run:
    held = [look for look in looks if look.time_s < frames[-1]]
    first, last = held[0], held[-1]
    renders_s, others_s = last.renders_s - first.renders_s, last.others_s - first.others_s
    count = sum(first.time_s < time_s <= last.time_s for time_s in frames)
    return Run(count, last.time_s - first.time_s, renders_s + others_s, others_s)
