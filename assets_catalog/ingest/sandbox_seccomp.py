"""Seccomp: a filter of system calls, in classic BPF: no sockets, no programs, no children, no signals to others.

Threads stay allowed. A refused call returns EPERM, so that a library can say what it missed. Interface: seccomp(2).
The filter is a list of jumps forward: it looks at the architecture, then at the call's number, then at its arguments.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Iterable

from assets_catalog.ingest.sandbox_syscalls import CALLS, UNKNOWN_HERE, Calls

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
"""Offsets in struct seccomp_data; an argument has 8 bytes, the low half first on both processors."""
_X32_CALLS = 0x40000000
_CLONE_THREAD = 0x00010000
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_PR_GET_SECCOMP, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _MODE_FILTER = 21, 22, 38, 2

Instruction = tuple[int, int, int, int]
_REFUSE: Instruction = (_RETURN, 0, 0, _ERRNO | errno.EPERM)
_PASS: Instruction = (_RETURN, 0, 0, _ALLOW)


def is_available() -> bool:
    """Tells whether this kernel and processor can filter calls."""
    return sys.platform == "linux" and platform.machine() in CALLS and _prctl(_PR_GET_SECCOMP) >= 0


def filter_calls(may_write: bool = False) -> bool:
    """Filters the calls of this process for good; returns whether the kernel took the filter."""
    if not is_available():
        return False
    lines = b"".join(struct.pack("=HBBI", *line) for line in program(CALLS[platform.machine()], may_write))
    code = ctypes.create_string_buffer(lines)
    header = ctypes.create_string_buffer(struct.pack("@HP", len(lines) // 8, ctypes.addressof(code)))
    return _prctl(_PR_SET_NO_NEW_PRIVS, 1) == 0 and _prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(header)) == 0


def program(calls: Calls, may_write: bool) -> list[Instruction]:
    """Returns the filter: code, jump if true, jump if false, value, line by line."""
    opening = [] if may_write else [(calls.openat, 2), *([] if calls.open is None else [(calls.open, 1)])]
    refused = [*calls.denied.values(), *([] if may_write else calls.writes.values())]
    return [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, calls.audit_arch),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _X32_CALLS),
        _REFUSE,
        *_answers(refused, _REFUSE),
        *_answers(UNKNOWN_HERE.values(), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)),
        *_with_argument(calls.clone, 0, (_ANY_BIT, 1, 0, _CLONE_THREAD)),
        *_with_argument(calls.prlimit64, 2, (_EQUAL, 0, 1, 0), (_LOAD, 0, 0, _high(2)), (_EQUAL, 1, 0, 0)),
        *(line for number in calls.signals for line in _with_argument(number, 0, (_EQUAL, 1, 0, os.getpid()))),
        *(line for number, flags in opening for line in _with_argument(number, flags, (_ANY_BIT, 0, 1, _WRITING))),
        _PASS,
    ]


def _answers(numbers: Iterable[int], answer: Instruction) -> Iterable[Instruction]:
    for number in numbers:
        yield _EQUAL, 0, 1, number
        yield answer


def _with_argument(number: int, argument: int, *tests: Instruction) -> list[Instruction]:
    """Refuses a call unless its tests end by jumping over the refusal; what comes next is left as it was."""
    body = [(_LOAD, 0, 0, _low(argument)), *tests, _REFUSE, _PASS]
    return [(_EQUAL, 0, len(body), number), *body]


def _low(argument: int) -> int:
    return _ARGUMENTS + 8 * argument


def _high(argument: int) -> int:
    return _low(argument) + 4


def _prctl(option: int, *arguments: int) -> int:
    libc = ctypes.CDLL(None, use_errno=True)
    padded = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    return int(libc.prctl(ctypes.c_int(option), *padded))
