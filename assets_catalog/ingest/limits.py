"""Limits: what one asset may cost. The kernel enforces them in the asset's process, wall time the parent.

Memory is counted as address space beyond what the process holds before it opens the asset. A kernel that lacks a limit
(macOS counts no address space) is passed over; `sandbox.layers` says so.
"""

import math
import resource
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_GRACE_S = 2


@dataclass(frozen=True)
class Limits:
    """What one asset may cost."""

    memory_bytes: int = 1792 * 2**20
    """With what the process holds anyway, it stays below 2 GB."""
    cpu_s: int = 8
    wall_s: float = 9.5
    file_bytes: int = 512 * 2**20
    """All files of an asset together."""
    answer_bytes: int = 512 * 2**20
    """What its process may hand back."""


def apply_limits(limits: Limits) -> None:
    """Sets the limits of this process, for good: no memory, time, core file or written file beyond them."""
    _limit(resource.RLIMIT_CORE, 0, 0)
    _limit(resource.RLIMIT_FSIZE, 0, 0)
    _limit(resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + _GRACE_S)
    _limit(resource.RLIMIT_NPROC, 0, 0)
    if sys.platform == "linux":
        most = address_space_bytes() + limits.memory_bytes
        _limit(resource.RLIMIT_AS, most, most)
    for name in (signal.SIGXCPU, signal.SIGALRM):
        signal.signal(name, signal.SIG_DFL)
    signal.alarm(math.ceil(limits.wall_s) + _GRACE_S)  # should the parent die, and the server with it


def address_space_bytes() -> int:
    """Returns the address space that this process holds. Linux only."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _limit(kind: int, soft: int, hard: int) -> None:
    """Sets a limit, or what is left to set where it was lower already."""
    with suppress(OSError, ValueError):
        allowed = resource.getrlimit(kind)[1]
        lowest = hard if allowed == resource.RLIM_INFINITY else min(hard, allowed)
        resource.setrlimit(kind, (min(soft, lowest), lowest))
