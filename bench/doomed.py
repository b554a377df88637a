"""Doomed: what a kill takes with it, all of which must be gone ten seconds later: processes and temporary files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.grounds import Ground
from bench.processes import alive, descendants, folder_of, kind_of, watchdogs

_OURS = ("worker", "warden", "watchdog")


@dataclass(frozen=True)
class Doomed:
    """Processes, and folders."""

    pids: list[int]
    folders: Callable[[], list[Path]]
    """Returns those that are still there."""

    def left(self) -> list[str]:
        """Returns what is still there, in words."""
        told = [f"process {pid} ({kind_of(pid)})" for pid in alive(self.pids)]
        return told + [str(folder) for folder in self.folders()]


def all_of_a_run(driver: int, target: str, ground: Ground, temporary: Path) -> Doomed:
    """Returns what goes with the driver, or with the raylet that it can't do without.

    Of a cluster that outlives its driver only what is ours goes; a driver outlives its cluster by seconds.
    """
    others, own = ground.pids(), [driver, *descendants(driver)]
    if target == "driver":
        others = [pid for pid in others if kind_of(pid) in _OURS]
    elif not ground.is_drivers:
        own = []
    return Doomed([*own, *others, *watchdogs(temporary)], lambda: sorted(temporary.iterdir()))


def below(target: str, victim: int) -> Doomed:
    """Returns what a worker, a warden or a node takes with it; folders of workers that are at something are known."""
    taken = [] if target == "worker" else descendants(victim)
    folders = [folder for pid in [victim, *taken] if kind_of(pid) == "worker" and (folder := folder_of(pid))]
    if target != "worker":
        folders = sorted({folder.parent for folder in folders})
    dogs = [pid for folder in folders for pid in watchdogs(folder)]
    return Doomed([victim, *taken, *dogs], lambda: [folder for folder in folders if folder.exists()])
