"""Landlock: the kernel lets this process read beneath the named folders and files, and nothing else.

Links are followed before the rule is asked, so one that leads outside leads nowhere. Programs can't be started, TCP
ports neither be reached nor opened (ABI 4), signals not sent outside (ABI 6). Interface: landlock(7); older kernels
refuse what they know.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION_FLAG = 1
_PATH_BENEATH = 1
_WRITE_FILE, _READ_FILE, _READ_DIR, _REFER, _TRUNCATE = 1 << 1, 1 << 2, 1 << 3, 1 << 13, 1 << 14
_CHANGING = _WRITE_FILE | _TRUNCATE | ((1 << 13) - (1 << 4)) | _REFER
"""Write, remove, make and move."""
_OF_FILES = _WRITE_FILE | _READ_FILE | _TRUNCATE
_ACCESS_BITS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""ABI -> accesses to files that it knows."""
_NET_TCP = 0b11
_SCOPES = 0b11
_PR_SET_NO_NEW_PRIVS = 38


def abi() -> int:
    """Returns the version that this kernel speaks, 0 for none."""
    return max(_call(_CREATE, None, 0, _VERSION_FLAG), 0) if sys.platform == "linux" else 0


def restrict_files(readable: Iterable[Path], writable: Iterable[Path] = ()) -> bool:
    """Restricts this process for good; returns whether the kernel does. Paths that don't exist are passed over."""
    version = abi()
    if not version:
        return False
    handled = (1 << _ACCESS_BITS[min(version, 5)]) - 1
    scopes = (_NET_TCP if version >= 4 else 0, _SCOPES if version >= 6 else 0)
    attributes = struct.pack("=QQQ", handled, *scopes)[: 8 if version < 4 else 16 if version < 6 else 24]
    ruleset = _call(_CREATE, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(ruleset, path, handled & (_READ_FILE | _READ_DIR | _CHANGING))
        return _no_new_privileges() and _call(_RESTRICT, ruleset, 0) == 0
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, access: int) -> None:
    with suppress(OSError):
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            allowed = access if path.is_dir() else access & _OF_FILES
            _call(_ADD, ruleset, _PATH_BENEATH, struct.pack("=Qi", allowed, handle), 0)
        finally:
            os.close(handle)


def _no_new_privileges() -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    return int(libc.prctl(_PR_SET_NO_NEW_PRIVS, *(ctypes.c_ulong(value) for value in (1, 0, 0, 0)))) == 0


def _call(number: int, *arguments: int | bytes | None) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    given = [ctypes.c_long(value) if isinstance(value, int) else value for value in arguments]
    return int(libc.syscall(ctypes.c_long(number), *given))
