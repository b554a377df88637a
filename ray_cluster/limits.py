"""Limits: after what a worker is replaced by a fresh process. The bytes of a dataset don't depend on them.

Blender and its drivers lose a little memory with each scene; a process that leaves gives all of it back.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

SCENES = 400
_MOST_BYTES = 6 * 2**30
_SHARE = 0.8
"""Of the machine's memory that all workers together may hold."""
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class WorkerLimits:
    """Looked at between two units: a worker that has reached one of them leaves."""

    scenes: int = SCENES
    """Scenes made by one process."""
    resident_bytes: int = _MOST_BYTES
    """Memory held by one process."""

    def reached(self, scenes: int) -> str | None:
        """Returns what this process, which made `scenes`, has reached; nothing where it may go on."""
        if scenes >= self.scenes:
            return f"it made {scenes} scenes"
        held_bytes = resident_bytes()
        if held_bytes >= self.resident_bytes:
            return f"it holds {held_bytes / 2**30:.1f} GiB"
        return None


def limits_for(workers: int, scenes: int = SCENES) -> WorkerLimits:
    """Returns limits under which so many workers fit into this machine."""
    return WorkerLimits(scenes, min(_MOST_BYTES, int(_SHARE * machine_bytes() / workers)))


def resident_bytes() -> int:
    """Returns the memory that this process holds; where the system does not tell, the most that it ever held."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        import resource  # noqa: PLC0415 - not on Windows

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 2**10
    return pages * os.sysconf("SC_PAGE_SIZE")


def machine_bytes() -> int:
    """Returns the memory of this machine, or of the container where that has less."""
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        return min(physical, int(_CGROUP_LIMIT.read_text()))
    except (OSError, ValueError):  # no such limit, or "max"
        return physical
