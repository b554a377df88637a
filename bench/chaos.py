"""Chaos: SIGKILL at random moments over workers, their wardens, Ray's raylet and the driver; then the same command.

`make chaos` runs it: `FRAMES=10000 KILLS=200 make chaos` is the full campaign. Frames are those of the analytic
renderer, in a Ray of the run's own. A campaign holds when the dataset is the undisturbed run's, file by file, and ten
seconds after each kill nothing is left of what died: no process, no temporary file.
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
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from scenegen.dataset.digest import dataset_digest

ROOT = Path(__file__).parents[1]
_COMMAND = "import signal, ray_cluster.cli as cli; signal.signal(signal.SIGINT, signal.default_int_handler); cli.main()"
_TARGETS = {"worker": 5, "warden": 2, "raylet": 1, "driver": 2}
"""What is killed -> how often, beside the others, once each was killed."""
_ORPHANS_S = 10.0
_END_S = 120.0
_STARTS = 40
"""Of the command, beyond one for each kill, before the campaign is given up."""


@dataclass
class Campaign:
    """What is to be made, and what it met."""

    frames: int
    kills: int
    folder: Path
    temporary: Path
    """For temporary files; its name is short enough for Ray's sockets."""
    rng: random.Random
    workers: int = 2
    longest_pause_s: float = 4.0
    """Between two kills."""
    killed: Counter[str] = field(default_factory=Counter)
    rounds: int = 0
    """Datasets that were made: one that is done before all kills are spent is followed by another."""
    faults: list[str] = field(default_factory=list)
    """Violations, a line each."""

    def run(self) -> bool:
        """Returns whether all held."""
        self._undisturbed(calm := self.folder / "calm")
        while not self.faults and (self.killed.total() < self.kills or not self.rounds):
            self.rounds += 1
            self._round(out := self.folder / f"out-{self.rounds}")
            if not self.faults:
                self._compare(calm, out)
                shutil.rmtree(out)
        return not self.faults

    def _round(self, out: Path) -> None:
        """Makes the dataset once, by as many starts as it takes."""
        for _ in range(self.kills + _STARTS):
            with self._started(out) as driver:
                self._disturb(driver)
            if driver.returncode == 0:
                return
        self.faults.append("the run did not come to its end")

    def _undisturbed(self, out: Path) -> None:
        with self._started(out) as driver:
            driver.wait()
        if driver.returncode != 0:
            self.faults.append(f"the undisturbed run ended with status {driver.returncode}")

    def _started(self, out: Path) -> subprocess.Popen[bytes]:
        size = ("--set", "camera={width_px: 64, height_px: 64}", "--set", "recipe=primitives")
        amount = ("--set", f"scenes={self.frames}", "--set", "views_per_scene=1", "--set", "scenes_per_unit=5")
        options = (*size, *amount, "--set", "tasks=[depth]", "--catalog", "builtin", "--renderer", "analytic")
        command = [sys.executable, "-c", _COMMAND, "generate", "quickstart", str(out), *options]
        with (self.folder / "stderr.log").open("ab") as log:
            return subprocess.Popen(
                [*command, "--workers", str(self.workers), "--retry-failed"],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.temporary)},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )

    def _disturb(self, driver: subprocess.Popen[bytes]) -> None:
        """Kills until the driver has ended, of a kill or because all is done."""
        while driver.poll() is None:
            if self.killed.total() >= self.kills:
                driver.wait()
                return
            time.sleep(self.rng.uniform(0, self.longest_pause_s))
            target = self._next_target()
            below = descendants(driver.pid)
            victims = [driver.pid] if target == "driver" else [pid for pid in below if kind_of(pid) == target]
            if not victims or driver.poll() is not None:
                continue
            self._kill(driver, target, self.rng.choice(victims), below)

    def _next_target(self) -> str:
        """Returns each kind once, then kinds by their weights."""
        untried = [kind for kind in _TARGETS if not self.killed[kind]]
        if untried:
            return self.rng.choice(untried)
        return self.rng.choices(list(_TARGETS), list(_TARGETS.values()))[0]

    def _kill(self, driver: subprocess.Popen[bytes], target: str, victim: int, below: Sequence[int]) -> None:
        doomed = {"worker": [victim], "warden": [victim, *descendants(victim)]}.get(target, [driver.pid, *below])
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        self.killed[target] += 1
        if target in ("raylet", "driver"):
            self._wait_for(driver, target)
        self._check_gone(target, doomed, is_all=driver.poll() is not None)

    def _wait_for(self, driver: subprocess.Popen[bytes], target: str) -> None:
        try:
            driver.wait(_END_S)
        except subprocess.TimeoutExpired:
            self.faults.append(f"{_END_S:g} s after a kill of a {target} the driver was still there")
            driver.kill()

    def _check_gone(self, target: str, doomed: Sequence[int], is_all: bool) -> None:
        end = time.monotonic() + _ORPHANS_S
        while alive(doomed) or (is_all and self._files()):
            if time.monotonic() > end:
                self.faults.append(f"10 s after a kill of a {target}: processes {alive(doomed)}, files {self._files()}")
                return
            time.sleep(0.1)

    def _files(self) -> list[str]:
        return sorted(os.listdir(self.temporary))

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


def descendants(pid: int) -> list[int]:
    """Returns the processes below one."""
    parents = dict(_parents())
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in parents.items() if parent == ancestor]
    return found[1:]


def kind_of(pid: int) -> str | None:
    """Returns what a process of a run is, as `_TARGETS` names it."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        if b"ray_cluster.serving" in words:
            return "worker"
        if words[0].startswith(b"ray::Warden"):
            return "warden"
        if words[0].endswith(b"/raylet"):
            return "raylet"
    return None


def alive(pids: Sequence[int]) -> list[int]:
    """Returns those that run; one that only waits to be reaped does not."""
    return [pid for pid in pids if _state(pid) not in "ZX"]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _parents() -> Iterator[tuple[int, int]]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            yield int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(
        description="SIGKILLs at random moments; the dataset must be the undisturbed run's."
    )
    parser.add_argument("--frames", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with TemporaryDirectory(prefix="c") as folder, TemporaryDirectory(prefix="t") as temporary:
        rng = random.Random(given.seed)
        campaign = Campaign(given.frames, given.kills, Path(folder), Path(temporary), rng, given.workers)
        begun = time.monotonic()
        campaign.run()
        spent_s = time.monotonic() - begun
        kills = f"{campaign.killed.total()} kills ({dict(campaign.killed)})"
        print(f"{campaign.rounds} rounds, {kills} in {spent_s:.0f} s")
        print("\n".join(campaign.faults) or f"0 of {given.frames} frames lost, doubled or torn; no orphans")
        return 1 if campaign.faults else 0


if __name__ == "__main__":
    sys.exit(main())
