"""Processes of a run as /proc tells of them: what is below one, what each is, and the temporary folders they hold."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

KINDS = ("worker", "warden", "raylet", "watchdog")
"""Those of a run that `kind_of` knows."""


def descendants(pid: int) -> list[int]:
    """Returns the processes below one."""
    parents = dict(_parents())
    found = [pid]
    for ancestor in found:
        found += [child for child, parent in parents.items() if parent == ancestor]
    return found[1:]


def kind_of(pid: int) -> str | None:
    """Returns which of `KINDS` a process is."""
    words = _words(pid)
    if b"ray_cluster.serving" in words:
        return "worker"
    if words[0].startswith(b"ray::Warden"):
        return "warden"
    if words[0].endswith(b"/raylet"):
        return "raylet"
    return "watchdog" if _is_watchdog(words) else None


def folder_of(worker: int) -> Path | None:
    """Returns the folder in which a worker keeps its temporary files; that above it is its warden's."""
    with suppress(OSError):
        for entry in Path(f"/proc/{worker}/environ").read_bytes().split(b"\0"):
            if entry.startswith(b"TMPDIR="):
                return Path(entry.removeprefix(b"TMPDIR=").decode())
    return None


def watchdogs(folder: Path) -> list[int]:
    """Returns the watchdogs of folders at or below one."""
    return [pid for pid in _pids() if any(_is_below(word, folder) for word in _watched(pid))]


def alive(pids: Sequence[int]) -> list[int]:
    """Returns those that run; one that only waits to be reaped does not."""
    return [pid for pid in pids if _state(pid) not in "ZX"]


def _watched(pid: int) -> list[str]:
    words = _words(pid)
    return [word.decode(errors="replace") for word in words] if _is_watchdog(words) else []


def _is_watchdog(words: Sequence[bytes]) -> bool:
    return any(word.endswith(b"/ray_cluster/watchdog.py") for word in words)


def _is_below(word: str, folder: Path) -> bool:
    return word == str(folder) or word.startswith(f"{folder}/")


def _words(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return [b""]


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "X"


def _pids() -> Iterator[int]:
    return (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))


def _parents() -> Iterator[tuple[int, int]]:
    for pid in _pids():
        with suppress(OSError):
            yield pid, int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
