"""Kinds of files. Only regular ones are opened: a FIFO would hang the process, a device would be overwritten."""

import stat
from pathlib import Path

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a FIFO"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def irregular(path: Path) -> str | None:
    """Returns e.g. 'a folder' where something other than a regular file stands; links are followed."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return None  # whoever opens it hears why
    if stat.S_ISREG(mode):
        return None
    return next((name for is_kind, name in _KINDS if is_kind(mode)), "no regular file")
