"""Steps of a commit, by name, and faults that can be ordered at each: for tests of what survives them.

    SCENEGEN_COMMIT_FAULT=kill@published:triplets/ scenegen generate ...

ends the process at the first commit below `triplets/`, right after its step `published`. Nothing is ordered by default.
A fault strikes once in a process.

Edges: `partial` leaves half of what is staged, and of what is put; where that is past verification, or nothing is
staged any more, the process ends with it as by `kill`.
"""

import errno
import os
import signal
from pathlib import Path
from typing import NamedTuple

from schemas.errors import InputError

COMMIT_FAULT = "SCENEGEN_COMMIT_FAULT"
"""Variable of the environment."""
FOLDER_STEPS = ("staged", "synced", "read back", "published", "folder synced")
BUCKET_STEPS = ("put", "read back")
FAULTS = ("kill", "EIO", "ENOSPC", "partial")
_VERIFIED_LATER = ("staged", "synced", "put")


class Order(NamedTuple):
    """A fault at a step of the first commit whose path begins so."""

    fault: str
    step: str
    prefix: str


def reached(step: str, path: str, staged: Path | None = None) -> None:
    """Lets the fault strike that is ordered at this step of the commit of `path`; `staged`: what lies there now."""
    fault = _fault_at(step, path)
    if fault in ("EIO", "ENOSPC"):
        number = getattr(errno, fault)
        raise OSError(number, os.strerror(number))
    if fault == "partial" and staged is not None:
        os.truncate(staged, staged.stat().st_size // 2)
    if fault == "kill" or (fault == "partial" and step not in _VERIFIED_LATER):
        os.kill(os.getpid(), signal.SIGKILL)


def sent(path: str, data: bytes) -> bytes:
    """Returns what is put at `path` of a bucket: `data`, or half of it where that is ordered."""
    return data[: len(data) // 2] if _fault_at("put", path, only="partial") else data


def order_of(text: str) -> Order:
    """Returns the order that a text such as 'kill@read back:frames/' means; raises InputError."""
    fault, _, where = text.partition("@")
    step, _, prefix = where.partition(":")
    if fault not in FAULTS or step not in {*FOLDER_STEPS, *BUCKET_STEPS}:
        steps = ", ".join(dict.fromkeys((*FOLDER_STEPS, *BUCKET_STEPS)))
        raise InputError(f"{COMMIT_FAULT}={text}: must be FAULT@STEP:PREFIX, of {', '.join(FAULTS)} and of {steps}")
    return Order(fault, step, prefix)


def _fault_at(step: str, path: str, only: str | None = None) -> str | None:
    """Returns the fault that is ordered here and has not struck yet: from now on it has."""
    text = os.environ.get(COMMIT_FAULT)
    if text is None or text in _struck:
        return None
    order = order_of(text)
    if order.step != step or not path.startswith(order.prefix) or only not in (None, order.fault):
        return None
    _struck.add(text)
    return order.fault


_struck: set[str] = set()
"""In this process."""
