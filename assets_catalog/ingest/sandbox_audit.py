"""Audit hook: Python itself refuses what an asset's process may not do. It holds everywhere, for Python's own calls.

Refused: files outside the named folders, links followed; writing; sockets, programs, children; unpickling. The first
refusal is kept, since a library may swallow the exception: an asset that tried is set aside, whatever came of it.
Source of the events: "Audit events table" of Python's documentation. A hook can't be taken off again.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_REFUSED = (
    "socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system",
    "os.kill", "pty.", "ftplib.", "http.client.", "imaplib.", "nntplib.", "poplib.", "smtplib.", "telnetlib.",
    "urllib.", "webbrowser.", "pickle.find_class", "signal.pthread_kill", "sys.remote_exec", "_winapi.", "winreg.",
)  # fmt: skip
_CHANGING = (
    "os.chflags", "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.removexattr", "os.rename", "os.rmdir",
    "os.setxattr", "os.symlink", "os.truncate", "os.utime", "shutil.", "tempfile.",
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NAME_LENGTH = 120


class RefusedError(PermissionError):
    """Something that an asset's process may not do."""


class Watch:
    """What was refused so far."""

    def __init__(self) -> None:
        self.first: str | None = None

    def refuse(self, what: str) -> None:
        """Keeps it and raises RefusedError."""
        self.first = self.first or what
        raise RefusedError(what)


def watch(readable: Sequence[Path]) -> Watch:
    """Holds this process to reading the given folders and files, for good."""
    kept = Watch()
    sys.addaudithook(_hook(kept, tuple(os.path.realpath(path) for path in readable)))
    return kept


def _hook(kept: Watch, readable: Sequence[str]) -> Callable[[str, tuple[Any, ...]], None]:
    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _look_at_open(kept, arguments, readable)
        elif event in ("os.listdir", "os.scandir"):
            _look_at_listing(arguments[0], readable)
        elif event.startswith((*_REFUSED, *_CHANGING)):
            kept.refuse(f"tried {event}")

    return look


def _look_at_open(kept: Watch, arguments: tuple[Any, ...], readable: Sequence[str]) -> None:
    path, _, flags = arguments
    if isinstance(path, int):
        return
    changes = bool((flags or 0) & _WRITING)
    if changes or not _within(path, readable):
        name = ascii(os.fsdecode(path))[1:-1][:_NAME_LENGTH]
        kept.refuse(f"tried to {'write' if changes else 'open'} {name}, outside of its folder")


def _look_at_listing(path: Any, readable: Sequence[str]) -> None:
    """Refuses, but does not hold it against the asset: Python looks for its modules so."""
    if not isinstance(path, int) and not _within(path or ".", readable):
        raise RefusedError("tried to list a folder outside of its own")


def _within(path: Any, allowed: Sequence[str]) -> bool:
    real = os.path.realpath(os.fsdecode(path))
    return any(real == folder or real.startswith(folder.rstrip(os.sep) + os.sep) for folder in allowed)
