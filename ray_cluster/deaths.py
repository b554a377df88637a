"""Deaths: what the end of a worker's process says of the unit that it was at."""

import signal
from dataclasses import dataclass

from ray_cluster.policies import FaultKind

STOPPED = 128 + signal.SIGTERM
"""Exit status of a process that was asked to leave, and did."""


@dataclass(frozen=True)
class Death:
    """Why a process is at its end."""

    kind: FaultKind
    reason: str
    """One line, without a full stop."""
    signal: str | None = None
    """Name of the signal that ended it, if it was one."""


def death_of(status: int) -> Death:
    """Returns what an exit status says; minus the number of a signal, where that ended it."""
    if status in (STOPPED, -signal.SIGTERM):
        return Death("preempted", "its worker was asked to leave")
    if status >= 0:
        return Death("crashed", f"its worker process left with status {status}")
    name = _name(-status)
    kind: FaultKind = "killed" if -status == signal.SIGKILL else "crashed"
    return Death(kind, f"its worker process died of {name}", name)


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # a real-time signal
        return f"signal {number}"
