"""Limits: after what a worker is replaced by a fresh process. The bytes of a dataset don't depend on them.

Blender and its drivers lose a little memory with each scene; a process that leaves gives all of it back.
"""

from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 6 * 2**30
_SHARE = 0.8
"""Of the machine's memory that all workers together may hold between units."""
_MOST_SHARE = 0.95
"""Of it that they may hold at all."""
_ROOM = 2
"""A process may hold so many times what it is recycled at, for a scene that is larger than others."""
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class WorkerLimits:
    """Looked at between two units: a worker that has reached one of the first two leaves."""

    scenes: int = 400
    """Scenes made by one process."""
    resident_bytes: int = _MOST_BYTES
    """Memory held by one process."""
    ceiling_bytes: int | None = None
    """A process that holds more is ended, whatever it is at."""

    def reached(self, scenes: int) -> str | None:
        """Returns what this process, which made `scenes`, has reached; nothing where it may go on."""
        if scenes >= self.scenes:
            return f"it made {scenes} scenes"
        held_bytes = resident_bytes()
        if held_bytes >= self.resident_bytes:
            return f"it holds {held_bytes / 2**30:.1f} GiB"
        return None


def limits_for(workers: int, scenes: int = WorkerLimits.scenes) -> WorkerLimits:
    """Returns limits under which so many workers fit into this machine."""
    return limits_within(machine_bytes() / workers, scenes)


def limits_within(share_bytes: float, scenes: int = WorkerLimits.scenes) -> WorkerLimits:
    """Returns limits for a worker that has such a share of a machine's memory."""
    resident = min(_MOST_BYTES, int(_SHARE * share_bytes))
    return WorkerLimits(scenes, resident, min(_ROOM * resident, int(_MOST_SHARE * share_bytes)))


def resident_bytes() -> int:
    """Returns the memory that this process holds."""
    import psutil  # noqa: PLC0415 - of the extra `generate`, as below

    return psutil.Process().memory_info().rss


def machine_bytes() -> int:
    """Returns the memory of this machine, or of the container where that has less."""
    import psutil  # noqa: PLC0415

    physical: int = psutil.virtual_memory().total
    try:
        return min(physical, int(_CGROUP_LIMIT.read_text()))
    except (OSError, ValueError):  # no such limit, or "max"
        return physical
