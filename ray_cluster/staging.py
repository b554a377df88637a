"""Staging: names of files on their way into OUT, which tell their machine and process, and what is left of the dead.

Imports nothing but the standard library: a watchdog, which is to start at once and hold little, reads it too.
"""

import hashlib
import os
import platform
from contextlib import suppress
from functools import cache
from pathlib import Path

STAGING = ".staging"


def sweep(out: Path) -> None:
    """Removes what processes of this machine left that are gone, and the staging folder where it is empty."""
    for staged in left_over(out):
        staged.unlink(missing_ok=True)
    with suppress(OSError):  # another has something in it
        (out / STAGING).rmdir()


def left_over(out: Path) -> list[Path]:
    """Returns what processes of this machine staged under OUT that are gone."""
    return [staged for staged in (out / STAGING).glob("*") if is_left_over(staged.name)]


def is_left_over(name: str) -> bool:
    """Returns whether a staged file is of a process of this machine that is gone, or of no process's name."""
    _, _, who = name.partition("#")[0].partition("-")  # obstore's own stages end in #1
    machine, _, process = who.rpartition("-")
    return machine in {"", _machine()} and not _is_alive(process)


def staged_name(data: bytes) -> str:
    """Returns a name that one process never gives to two contents."""
    return f"{hashlib.sha256(data).hexdigest()[:16]}-{_machine()}-{os.getpid()}"


@cache
def _machine() -> str:
    """Returns what tells this machine, since its start, from others that share the folder."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text()
    except OSError:
        start = ""
    return hashlib.sha256(f"{platform.node()} {start}".encode()).hexdigest()[:8]


def _is_alive(process: str) -> bool:
    """Returns whether a process of this machine has the number and runs; what is no number is nobody's.

    A zombie holds its number until its parent asks for it, which in a container without an init is never.
    """
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    return not _is_zombie(int(process))


def _is_zombie(process: int) -> bool:
    """Tells by /proc, where there is one: `pid (name) state ...`; the name may hold blanks and brackets."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in ("Z", "X")
    except OSError:
        return False
