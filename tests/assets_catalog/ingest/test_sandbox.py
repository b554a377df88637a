"""What the sandbox says of itself, and the filter's program: it must end, and refuse what it is there to refuse."""

import errno
import platform
import sys

import pytest

from assets_catalog.ingest import sandbox_landlock, sandbox_seccomp
from assets_catalog.ingest.sandbox import layers, told
from assets_catalog.ingest.sandbox_seccomp import program
from assets_catalog.ingest.sandbox_syscalls import AARCH64, CALLS, X86_64, Calls

ALLOW, REFUSE, UNKNOWN, KILL = 0x7FFF0000, 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS, 0x80000000
CLONE_THREAD, O_CREAT = 0x10000, 0o100


def ran(calls: Calls, number: int, *arguments: int, may_write: bool = False, arch: int | None = None) -> int:
    """Returns the verdict of the filter on a call, as the kernel would run it."""
    halves = [half for value in (*arguments, *[0] * 6)[:6] for half in (value & 0xFFFFFFFF, value >> 32)]
    data = {0: number, 4: calls.audit_arch if arch is None else arch}
    data |= {16 + 4 * place: half for place, half in enumerate(halves)}
    lines = program(calls, may_write)
    at = held = 0
    while True:
        code, if_true, if_false, value = lines[at]
        at += 1
        if code == 0x06:
            return value
        if code == 0x20:
            held = data[value]
        else:
            holds = {0x15: held == value, 0x35: held >= value, 0x45: bool(held & value)}[code]
            at += if_true if holds else if_false


@pytest.mark.parametrize("calls", [X86_64, AARCH64], ids=["x86_64", "aarch64"])
class TestFilter:
    """The same on both processors."""

    def test_refuses_what_is_denied(self, calls: Calls) -> None:
        for name in (
            "socket",
            "connect",
            "execve",
            "execveat",
            "ptrace",
            "io_uring_setup",
            "bpf",
            "setrlimit",
            "mount",
        ):
            assert ran(calls, calls.denied[name]) == REFUSE

    def test_allows_reading(self, calls: Calls) -> None:
        assert ran(calls, calls.openat, 0, 0, 0) == ALLOW
        assert ran(calls, 0 if calls is X86_64 else 63) == ALLOW, "read"

    def test_refuses_writing_unless_it_is_allowed(self, calls: Calls) -> None:
        assert ran(calls, calls.openat, 0, 0, O_CREAT) == REFUSE
        assert ran(calls, calls.openat, 0, 0, O_CREAT, may_write=True) == ALLOW
        assert ran(calls, calls.writes["unlinkat"]) == REFUSE
        assert ran(calls, calls.writes["unlinkat"], may_write=True) == ALLOW

    def test_allows_threads_and_no_processes(self, calls: Calls) -> None:
        assert ran(calls, calls.clone, CLONE_THREAD) == ALLOW
        assert ran(calls, calls.clone, 17) == REFUSE
        assert ran(calls, 435) == UNKNOWN, "clone3"

    def test_limits_can_be_read_and_not_set(self, calls: Calls) -> None:
        assert ran(calls, calls.prlimit64, 0, 7, 0) == ALLOW
        assert ran(calls, calls.prlimit64, 0, 7, 0x7000) == REFUSE
        assert ran(calls, calls.prlimit64, 0, 7, 2**40) == REFUSE

    def test_signals_reach_oneself_only(self, calls: Calls) -> None:
        for number in calls.signals:
            assert ran(calls, number, 1) == REFUSE

    def test_other_conventions_are_refused(self, calls: Calls) -> None:
        assert ran(calls, 0, arch=0x40000003) == KILL
        assert ran(calls, 0x40000000 | 41) == REFUSE


def test_no_number_stands_twice() -> None:
    for calls in CALLS.values():
        numbers = [*calls.denied.values(), *calls.writes.values(), calls.openat, calls.clone, calls.prlimit64]
        assert len(set(numbers)) == len(numbers)


def test_layers_are_told() -> None:
    assert list(layers()) == ["limits", "landlock", "seccomp", "audit hook"]
    assert "audit hook holds" in told()


def test_missing_layers_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox_landlock, "abi", lambda: 0)
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert "landlock is missing here, seccomp is missing here" in told()
    assert not sandbox_landlock.restrict_files([])
    assert not sandbox_seccomp.filter_calls()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux only")
def test_this_machine_is_told_right() -> None:
    assert sandbox_seccomp.is_available() == (platform.machine() in CALLS)
