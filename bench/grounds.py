"""Grounds: where a campaign's run is carried out: the Ray that it starts for itself, or a cluster of three nodes.

What the run is told, which processes there are beside its own, and what each of them is.
"""

import secrets
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, Protocol

from bench.processes import descendants, kind_of

CLOSED = {
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""A cluster that is bound to this machine, and asks for a token."""
_END_S = 30.0


class Ground(Protocol):
    """What a campaign asks of it."""

    def options(self) -> list[str]:
        """Returns those of the command; what they name is there, or is started."""

    def pids(self) -> list[int]:
        """Returns the processes that are not below the driver."""

    @property
    def is_drivers(self) -> bool:
        """Returns whether it ends with the driver."""

    @property
    def targets(self) -> dict[str, int]:
        """Returns what is killed -> how often, beside the others."""

    def kind_of(self, pid: int) -> str | None:
        """Returns which of the targets a process is."""

    def end(self) -> None:
        """Ends what was started."""


class OwnRay:
    """One node, which the driver starts and which ends with it."""

    is_drivers = True
    targets: ClassVar[dict[str, int]] = {"worker": 8, "warden": 4, "raylet": 3, "driver": 2}

    def options(self) -> list[str]:
        """Returns a number of workers."""
        return ["--workers", "2"]

    def pids(self) -> list[int]:
        """Returns none."""
        return []

    def kind_of(self, pid: int) -> str | None:
        """Returns the kind of a process."""
        return kind_of(pid)

    def end(self) -> None:
        """Does nothing."""


class ThreeNodes:
    """`bench.three_nodes` in a process of its own; where its head has died it ends, and the next is another."""

    is_drivers = False
    targets: ClassVar[dict[str, int]] = {"worker": 16, "warden": 8, "raylet": 4, "head": 1, "driver": 2}

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        """`environment`: of all that runs there, `CLOSED` among it; `log`: of what Ray says."""
        self._environment = environment
        self._log = log
        self._keeper: subprocess.Popen[str] | None = None
        self._folder = TemporaryDirectory(prefix="r")
        self._address, self._head = "", 0

    def options(self) -> list[str]:
        """Returns the address of a cluster that is up."""
        while self._keeper is None or self._keeper.poll() is not None:
            self._start()
        return ["--address", self._address]

    def pids(self) -> list[int]:
        """Returns those of all nodes, without the one that keeps them."""
        return [] if self._keeper is None else descendants(self._keeper.pid)

    def kind_of(self, pid: int) -> str | None:
        """Returns the kind of a process; the raylet of the head is one of its own: the cluster ends with it."""
        return "head" if pid == self._head else kind_of(pid)

    def end(self) -> None:
        """Ends the cluster, and waits for it."""
        if self._keeper is not None:
            self._keeper.communicate(timeout=_END_S)
        self._folder.cleanup()

    def _start(self) -> None:
        """Starts a cluster; one that did not come up in Ray's own time, on a busy machine, leaves no address."""
        if self._keeper is not None:
            self._keeper.communicate()
        with suppress(OSError):
            self._folder.cleanup()
        self._folder = TemporaryDirectory(prefix="r", ignore_cleanup_errors=True)
        with self._log.open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-m", "bench.three_nodes", self._folder.name],
                env=self._environment,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._keeper.stdout is not None
        told = self._keeper.stdout.readline().split()
        if len(told) == 2:
            self._address, self._head = told[0], int(told[1])
        else:
            self._keeper.wait()
