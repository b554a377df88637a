"""The log of a unit: what a process writes to its file descriptors 1 and 2 while it makes the unit.

The descriptors themselves are turned, so that what Blender's C code prints is caught with what Python prints, under
whatever Ray has put there before. A log of a unit that was tried twice holds both attempts; one without words tells
nothing. What is said while a unit is packed beside the making of the next stands in the latter's log.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from schemas.unit import Unit

_STANDARD = (1, 2)
_LINES_QUOTED, _LINES_KEPT = 10, 50
_CHARACTERS_QUOTED, _CHARACTERS_KEPT = 100, 300
"""Of a line."""
_NOISE = ("Extension modules:", "WARNING CUEW initialization failed:", "WARNING HIPEW initialization failed:")
"""Python ends its word of a crash with the names of a hundred; Cycles, even on a CPU, looks for drivers of GPUs."""
_TAIL_BYTES = 16384


def log_path(logs: Path, unit: Unit) -> Path:
    """Returns where the log of a unit stands."""
    return logs / f"{unit.name}.log"


@contextmanager
def captured(path: Path) -> Iterator[None]:
    """Sends what this process writes to stdout and stderr, be it from C, to the end of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    kept = {number: os.dup(number) for number in _STANDARD}
    _turn(dict.fromkeys(_STANDARD, log))
    try:
        yield
    finally:
        _turn(kept)
        for handle in (log, *kept.values()):
            os.close(handle)


def flush() -> None:
    """Writes out what Python and the C library still hold back."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # none, full, or closed
            stream.flush()
    ctypes.CDLL(None).fflush(None)


def last_lines(logs: Path, unit: Unit) -> tuple[str, ...]:
    """Returns the end of a unit's log, at most 50 lines of bounded length; nothing where nothing was said."""
    path = log_path(logs, unit)
    try:
        with path.open("rb") as log:
            log.seek(max(0, path.stat().st_size - _TAIL_BYTES))
            said = log.read().decode(errors="replace")
    except OSError:
        return ()
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip() and not _is_noise(line)]
    return tuple(line[:_CHARACTERS_KEPT] for line in lines[-_LINES_KEPT:])


def last_words(logs: Path, unit: Unit) -> str:
    """Returns the end of a unit's log and where it stands, as one line to append; empty where nothing was said."""
    quoted = " | ".join(line[:_CHARACTERS_QUOTED] for line in last_lines(logs, unit)[-_LINES_QUOTED:])
    return f"; {log_path(logs, unit)} ends: {quoted}" if quoted else ""


def _is_noise(line: str) -> bool:
    return any(noise in line for noise in _NOISE)


def _turn(targets: dict[int, int]) -> None:
    flush()
    for number, target in targets.items():
        os.dup2(target, number)
