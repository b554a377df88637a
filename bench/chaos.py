"""Chaos: SIGKILL at random moments over workers, their wardens, Ray's raylets and the driver; then the same command.

`make chaos` runs it, on a Ray of three nodes, or with NODES=1 on the one that a run starts for itself: `FRAMES=10000
KILLS=200 make chaos` is the full campaign. A node whose raylet dies is replaced by a new one; with the head goes the
cluster, and the same command resumes on another. Frames are those of the analytic renderer. A campaign holds when the
dataset is the undisturbed run's, file by file, and ten seconds after each kill nothing is left of what died: no
process, no temporary file, nothing staged.

Moments are random in what is committed, so that kills come all along a dataset however fast the machine is; one that is
due soon after another meets what is just being started.
"""

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.doomed import Doomed, all_of_a_run, below
from bench.grounds import CLOSED, Ground, OwnRay, ThreeNodes
from bench.processes import descendants
from ray_cluster.staging import left_over
from scenegen.dataset.digest import dataset_digest

ROOT = Path(__file__).parents[1]
_COMMAND = "import signal, ray_cluster.cli as cli; signal.signal(signal.SIGINT, signal.default_int_handler); cli.main()"
_SCENES_EACH = 5
"""Frames of a unit."""
_ORPHANS_S = 10.0
_LOOK_S = 0.1
_END_S = 120.0
_STARTS = 40
"""Of the command, beyond one for each kill, before the campaign is given up."""
_MOST_FAULTS = 20


@dataclass
class Campaign:
    """What is to be made, and what it met."""

    frames: int
    kills: int
    folder: Path
    temporary: Path
    """For temporary files; its name is short enough for Ray's sockets."""
    rng: random.Random
    nodes: int = 3
    """Three, or the one of a run's own Ray."""
    longest_pause_s: float = 2.0
    """Of a kill, once so much is committed as its moment asks for."""
    killed: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    """Datasets that were made: one that is done before all kills are spent is followed by another."""
    starts: int = 0
    """Of the command."""
    faults: list[str] = field(default_factory=list)
    """Violations, a line each."""
    slowest_s: float = 0.0
    """From a kill until nothing was left of what died."""
    _moments: list[int] = field(default_factory=list)
    """Units that are committed when a kill comes, by the kill's number."""
    tell: Callable[[str], None] = lambda line: None
    """Takes a line for each kill and each dataset."""

    def run(self) -> bool:
        """Returns whether all held."""
        self._moments = sorted(self.rng.randrange(self.frames // _SCENES_EACH) for _ in range(self.kills))
        self._undisturbed(calm := self.folder / "calm")
        ground = OwnRay() if self.nodes == 1 else ThreeNodes(self._environment(), self.folder / "nodes.log")
        try:
            while not self._is_over():
                self.rounds += 1
                self._round(out := self.folder / f"out-{self.rounds}", ground)
                self._compare(calm, out)
                self.tell(f"dataset {self.rounds} is made; violations so far: {len(self.faults)}")
                shutil.rmtree(out)
        finally:
            ground.end()
        return not self.faults

    def _is_over(self) -> bool:
        is_spent = self.rounds > 0 and self.killed.total() >= self.kills
        return is_spent or len(self.faults) >= _MOST_FAULTS

    def _round(self, out: Path, ground: Ground) -> None:
        """Makes the dataset once, by as many starts as it takes."""
        for _ in range(self.kills + _STARTS):
            with self._started(out, ground) as driver:
                self._disturb(driver, out, ground)
            if driver.returncode == 0:
                return
        self.faults.append("the run did not come to its end")

    def _undisturbed(self, out: Path) -> None:
        with self._started(out, OwnRay()) as driver:
            driver.wait()
        if driver.returncode != 0:
            self.faults.append(f"the undisturbed run ended with status {driver.returncode}")

    def _environment(self) -> dict[str, str]:
        return {**os.environ, **CLOSED, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary)}

    def _started(self, out: Path, ground: Ground) -> subprocess.Popen[bytes]:
        size = ("--set", "camera={width_px: 64, height_px: 64}", "--set", "recipe=primitives")
        amount = (
            "--set",
            f"scenes={self.frames}",
            "--set",
            "views_per_scene=1",
            "--set",
            f"scenes_per_unit={_SCENES_EACH}",
        )
        options = (*size, *amount, "--set", "tasks=[depth]", "--catalog", "builtin", "--renderer", "analytic")
        command = [sys.executable, "-c", _COMMAND, "generate", "quickstart", str(out), *options, "--retry-failed"]
        command += ground.options()
        self.starts += 1
        with (self.folder / "stderr.log").open("ab") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=self._environment(), stdout=subprocess.DEVNULL, stderr=log
            )

    def _disturb(self, driver: subprocess.Popen[bytes], out: Path, ground: Ground) -> None:
        """Kills until the driver has ended, of a kill or because all is done."""
        while driver.poll() is None:
            if self.killed.total() >= self.kills:
                driver.wait()
                return
            if _committed(out) < self._moments[self.killed.total()]:
                time.sleep(_LOOK_S)
                continue
            time.sleep(self.rng.uniform(0, self.longest_pause_s))
            target = self._next_target(ground)
            if (victim := self._victim(driver, target, ground)) is not None:
                self._kill(driver, target, victim, out, ground)

    def _next_target(self, ground: Ground) -> str:
        """Returns each kind once, then kinds by their weights."""
        untried = [kind for kind in ground.targets if not self.killed[kind]]
        if untried:
            return self.rng.choice(untried)
        return self.rng.choices(list(ground.targets), list(ground.targets.values()))[0]

    def _victim(self, driver: subprocess.Popen[bytes], target: str, ground: Ground) -> int | None:
        """Returns one of a kind, for which it waits; nothing where the driver ends before there is one."""
        while driver.poll() is None:
            there = [pid for pid in _beside(driver.pid, ground) if ground.kind_of(pid) == target]
            if target == "driver" or there:
                return driver.pid if target == "driver" else self.rng.choice(there)
            time.sleep(_LOOK_S)
        return None

    def _kill(self, driver: subprocess.Popen[bytes], target: str, victim: int, out: Path, ground: Ground) -> None:
        is_end = target in ("driver", "head") or (target == "raylet" and ground.is_drivers)
        doomed = all_of_a_run(driver.pid, target, ground, self.temporary) if is_end else below(target, victim)
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        self.killed[target] += 1
        if is_end and ground.is_drivers:
            self._wait_for(driver, target)
        self._check_gone(target, doomed, out)
        if is_end:
            self._wait_for(driver, target)

    def _wait_for(self, driver: subprocess.Popen[bytes], target: str) -> None:
        try:
            driver.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.faults.append(f"{_END_S:g} s after a kill of a {target} the driver was still there")
            driver.kill()

    def _check_gone(self, target: str, doomed: Doomed, out: Path) -> None:
        begun = time.monotonic()
        while left := [*doomed.left(), *(f"{staged.name}, staged" for staged in left_over(out))]:
            if time.monotonic() - begun > _ORPHANS_S:
                self.faults.append(f"10 s after a kill of a {target}: {', '.join(left)}")
                break
            time.sleep(_LOOK_S)
        spent_s = time.monotonic() - begun
        self.slowest_s = max(self.slowest_s, spent_s)
        done = f"{_committed(out)} units committed, kill {self.killed.total()}"
        self.tell(f"{done}: a {target}, gone after {spent_s:.1f} s; {', '.join(left)}")

    def _compare(self, calm: Path, out: Path) -> None:
        before, after = hashes(calm), hashes(out)
        if dataset_digest(calm) != dataset_digest(out):
            self.faults.append("the datasets' digests differ")
        for name, words in ((before.keys() - after.keys(), "lost"), (after.keys() - before.keys(), "too much")):
            self.faults += [f"{words}: {path}" for path in sorted(name)]
        self.faults += [
            f"differs: {path}" for path in sorted(before.keys() & after.keys()) if before[path] != after[path]
        ]


def hashes(out: Path) -> dict[str, str]:
    """Returns the sha256 of each file of a dataset, staged ones too; the ledger and words of failures are apart."""
    apart = {*out.glob("ledger/*.json"), *out.glob("failures/*.json")}
    files = (path for path in out.rglob("*") if path.is_file() and path not in apart)
    return {path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _committed(out: Path) -> int:
    return sum(len(os.listdir(split)) for split in out.glob("triplets/*"))


def _beside(driver: int, ground: Ground) -> list[int]:
    return [*descendants(driver), *ground.pids()]


def _tell(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(
        description="SIGKILLs at random moments; the dataset must be the undisturbed run's."
    )
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--nodes", type=int, choices=(1, 3), default=3, help="1: of a Ray of the run's own")
    given = parser.parse_args()
    with TemporaryDirectory(prefix="c") as folder, TemporaryDirectory(prefix="t") as temporary:
        rng = random.Random(given.seed)
        campaign = Campaign(given.frames, given.kills, Path(folder), Path(temporary), rng, given.nodes, tell=_tell)
        begun = time.monotonic()
        campaign.run()
        spent_s = time.monotonic() - begun
        kills = f"{campaign.killed.total()} kills ({dict(campaign.killed)})"
        print(f"{campaign.rounds} datasets, {campaign.starts} starts, {kills} in {spent_s:.0f} s")
        print(f"{campaign.slowest_s:.1f} s at most until what a kill ended was gone")
        print("\n".join(campaign.faults) or f"0 of {given.frames} frames lost, doubled or torn; no orphans")
        return 1 if campaign.faults else 0


if __name__ == "__main__":
    sys.exit(main())
