"""Traces: what the processes of assets opened once they were confined, seen from outside, by strace.

A process that confines itself opens by O_PATH what it may read; from then on each file that it opens must lie beneath.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.assets_catalog.hostile.case import CANARY

_CALLS = "open,openat,connect,landlock_restrict_self"
_OPENED = re.compile(r'open(?:at)?\((?:AT_FDCWD, )?"(?P<path>[^"]*)", (?P<flags>[A-Z_|]+).*\)\s+= \d+$')
_CONFINED = re.compile(r"landlock_restrict_self\(.*\)\s+= 0$")


@dataclass(frozen=True)
class Trace:
    """What was seen."""

    processes: int
    """That confined themselves."""
    opens: int
    """By them, after that."""
    outside: tuple[str, ...]
    """Of these, what was not theirs; and any opening of the canary, by anyone."""


def traced(folders: Sequence[Path], temporary: Path) -> Trace | None:
    """Takes folders in under strace; returns what was seen, None where there is no strace."""
    if shutil.which("strace") is None:
        return None
    logs = temporary / "traces"
    logs.mkdir()
    for number, folder in enumerate(folders):
        prefix = str(logs / f"{number}")
        watched = ["strace", "-ff", "-qq", "-s", "4096", "-e", f"trace={_CALLS}", "-e", "signal=none", "-o", prefix]
        run = [sys.executable, "-m", "bench.hostile", "--take-in", str(folder)]
        subprocess.run([*watched, *run], check=True)
    return read_traces(sorted(logs.iterdir()))


def read_traces(logs: Sequence[Path]) -> Trace:
    """Returns what the logs of processes, one each, say."""
    processes, opens, outside = 0, 0, []
    for log in logs:
        own: list[str] = []
        confined = False
        for line in log.read_text(errors="replace").splitlines():
            found = _OPENED.search(line)
            if _CONFINED.search(line):
                confined = True
                processes += 1
            if found is None:
                continue
            path = os.path.normpath(found["path"])
            opens += confined
            if "O_PATH" in found["flags"] and not confined:
                own.append(path)
            elif path.endswith(CANARY) or (confined and not _beneath(path, own)):
                outside.append(path)
    return Trace(processes, opens, tuple(outside))


def _beneath(path: str, own: Sequence[str]) -> bool:
    real = os.path.realpath(path).replace(f"/proc/{os.getpid()}/", "/proc/self/", 1)  # /etc/mtab leads there
    return any(each == place or each.startswith(place.rstrip("/") + "/") for place in own for each in (path, real))
