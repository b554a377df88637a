"""Races: two drivers begin the same run at once, each with a Ray and a worker of its own, in a folder and in a bucket.

    python -m bench.race --runs 50

A race holds when both end well, the dataset is the one that a driver alone makes, every commit record was published
once and never touched again, and nothing lies about that no record names. Each driver is a process that runs the whole
of `scenegen generate`, race after race, on one Ray: to start it takes far longer than a race. Frames are those of the
analytic renderer; the bucket is moto's.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import IO

from ray_cluster.orphans import orphans
from scenegen.dataset.digest import dataset_digest
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import listed
from tests.buckets import Heard, counting_front, environment, make_bucket, s3_server, set_environment

ROOT = Path(__file__).parents[1]
STORES = ("folder", "s3")
_BUCKET = "race"
_LOOK_S = 0.002
_WHATEVER_AGE_S = -3600.0
"""Clocks of stores may differ."""


class Driver:
    """A process that runs the command as often as it is told, with a Ray of its own."""

    def __init__(self, folder: Path, number: int, frames: int) -> None:
        self._log = folder / f"told-{number}.json"
        with (folder / "stderr.log").open("ab") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bench.race", "--serve", str(frames), "--log", str(self._log)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
            )
        self.answer()

    def ask(self, out: Located) -> None:
        """Begins a run; `answer` waits for its end."""
        self._log.unlink(missing_ok=True)
        print(out, file=_there(self._process.stdin), flush=True)

    def answer(self) -> str:
        """Returns what is said at the end of a run: nothing where it ended well."""
        line = _there(self._process.stdout).readline()
        return json.loads(line) if line else "the driver is gone"

    def made(self) -> int:
        """Returns how many units it made in its last run, whoever published them."""
        lines = self._log.read_text().splitlines()
        return sum(json.loads(line)["event"] == "committed" for line in lines)

    def leave(self) -> None:
        """Ends the process."""
        self._process.communicate()


@dataclass
class Races:
    """Some races for one run, and what they came to."""

    frames: int
    folder: Path
    """For whatever the races need."""
    contested: Counter[str] = field(default_factory=Counter)
    """Store -> units that both drivers made."""
    held: Counter[str] = field(default_factory=Counter)
    """Store -> races in which nothing was amiss."""
    faults: list[str] = field(default_factory=list)
    """Violations, a line each."""
    tell: Callable[[str], None] = lambda line: None
    """Is given a line for each race."""

    def run(self, races: int, stores: Sequence[str] = STORES) -> bool:
        """Returns whether all held."""
        with ExitStack() as stack:
            server = stack.enter_context(s3_server())
            front, heard = stack.enter_context(counting_front(server))
            stack.enter_context(set_environment(environment(front)))
            bucket = make_bucket(server, _BUCKET)
            drivers = [Driver(self.folder, number, self.frames) for number in range(2)]
            for driver in drivers:
                stack.callback(driver.leave)
            _raced(drivers[:1], self.folder / "calm")
            for number in range(races):
                for store in stores:
                    name = f"out-{number}"
                    out = located(f"{bucket}/{name}") if store == "s3" else self.folder / name
                    watch = in_bucket(out, heard) if store == "s3" else in_folder(out)
                    self._race(store, number, drivers, out, watch)
        return not self.faults

    @property
    def units(self) -> int:
        """Returns how many units the run has."""
        return len(commits(self.folder / "calm"))

    def _race(
        self, store: str, number: int, drivers: Sequence[Driver], out: Located, watch: Callable[[], Counter[str]]
    ) -> None:
        said = _raced(drivers, out)
        found = [*(line for line in said if line), *_amiss(self.folder / "calm", out, watch())]
        self.faults += [f"{store}, race {number}: {line}" for line in found]
        self.held[store] += not found
        self.contested[store] += (both := sum(driver.made() for driver in drivers) - len(commits(out)))
        self.tell(f"{store}, race {number}: {'fell' if found else 'held'}, {both} units were made by both drivers")


def _raced(drivers: Sequence[Driver], out: Located) -> list[str]:
    for driver in drivers:
        driver.ask(out)
    return [driver.answer() for driver in drivers]


def _amiss(calm: Path, out: Located, published: Counter[str]) -> Iterator[str]:
    """Yields what is off with a dataset that was raced for."""
    there = commits(out)
    if there != commits(calm):
        yield f"{len(there)} commit records of {len(commits(calm))}"
    if dataset_digest(out) != dataset_digest(calm):
        yield "another digest than a driver alone gives"
    if wrong := {name: published[name] for name in there if published[name] != 1}:
        yield f"commit records that were published otherwise than once: {wrong}"
    if left := [orphan.name for orphan in orphans(out, _WHATEVER_AGE_S)]:
        yield f"orphans: {left}"


def commits(out: Located) -> set[str]:
    """Returns the names of the commit records in OUT."""
    return {f"triplets/{entry.name}" for entry in listed(out / "triplets")}


def in_bucket(out: Located, heard: Sequence[Heard]) -> Callable[[], Counter[str]]:
    """Returns what tells how often each object was put."""
    prefix = f"/{_BUCKET}/{out.name}/"

    def published() -> Counter[str]:
        puts = [path for method, path, status in heard if method == "PUT" and status == 200]
        return Counter(path.removeprefix(prefix) for path in puts if path.startswith(prefix))

    return published


def in_folder(out: Located) -> Callable[[], Counter[str]]:
    """Returns what ends a watch that begins now, and tells how often each commit record was published."""
    assert isinstance(out, Path)
    published, is_over = Published(out), Event()

    def watch() -> None:
        while not is_over.wait(_LOOK_S):
            published.look()

    def end() -> Counter[str]:
        is_over.set()
        watcher.join()
        published.look()
        return published.counts

    watcher = Thread(target=watch)
    watcher.start()
    return end


class Published:
    """The commit records of a folder, each counted once for each inode that it was seen to have."""

    def __init__(self, out: Path) -> None:
        self.counts: Counter[str] = Counter()
        self._out = out
        self._inodes: dict[str, int] = {}

    def look(self) -> None:
        """Looks at the folder as it is now."""
        for path in (self._out / "triplets").glob("*/*"):
            name, inode = path.relative_to(self._out).as_posix(), path.stat().st_ino
            self.counts[name] += self._inodes.get(name) != inode
            self._inodes[name] = inode


def serve(frames: int, log: str) -> None:
    """Runs the command for each OUT on stdin; says on stdout, as JSON a line, how it ended."""
    from ray_cluster.commands.generate import Way, run  # noqa: PLC0415 - their imports are heavy
    from ray_cluster.embedded import embedded_ray  # noqa: PLC0415

    amount = (f"scenes={frames}", "views_per_scene=1", "scenes_per_unit=5")
    overrides = ("camera={width_px: 64, height_px: 64}", "recipe=primitives", "tasks=[depth]", *amount)
    with embedded_ray(1):
        print('""', flush=True)
        for line in sys.stdin:
            fault = ""
            try:
                run(
                    "quickstart",
                    located(line.strip()),
                    (*overrides, "catalog=builtin", "render.renderer=analytic"),
                    Way(workers=1, log_json=log),
                )
            except Exception as error:
                fault = f"{type(error).__name__}: {error}"
            print(json.dumps(fault), flush=True)


def _there(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe


def main() -> int:
    """Returns the exit status."""
    parser = argparse.ArgumentParser(description="Two drivers race for one run: one commit a unit, the same digest.")
    parser.add_argument("--runs", type=int, default=50, help="races in each store")
    parser.add_argument("--frames", type=int, default=150)
    parser.add_argument("--stores", nargs="+", choices=STORES, default=STORES)
    parser.add_argument("--serve", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--log", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve(given.serve, given.log)
        return 0
    with TemporaryDirectory(prefix="r") as folder:
        races = Races(given.frames, Path(folder), tell=lambda line: print(line, file=sys.stderr, flush=True))
        begun = time.monotonic()
        races.run(given.runs, given.stores)
        spent_s = time.monotonic() - begun
        for store in given.stores:
            made = f"{races.contested[store]} of {given.runs * races.units} units were made by both drivers"
            print(f"{store}: {races.held[store]} of {given.runs} races held; {made}")
        print("\n".join([*races.faults, f"{spent_s:.0f} s"]))
        return 1 if races.faults else 0


if __name__ == "__main__":
    sys.exit(main())
