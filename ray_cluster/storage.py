"""Storage: the one place where bytes are committed under OUT.

Stage in OUT/.staging, fsync, read back and compare hashes, publish by put-if-absent, fsync the folders. "Already there"
is success: names are pure functions of the plan, so whoever came first wrote the same. On local disk obstore's
`rename(overwrite=False)` is a hard link and an unlink: atomic, with one winner.

Edges: what a process that is gone had staged is swept at the next start; a file system without hard links counts as
one that can't be written.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore

from schemas.errors import DatasetError, OutputError, first_line

STAGING = ".staging"


def commit(store: LocalStore, path: str, data: bytes) -> bool:
    """Publishes `data` at `path` unless something is there already; returns whether it was us.

    Raises OutputError where the place can't be written, DatasetError where the bytes don't read back.
    """
    with _output_faults(store, path):
        staged = _stage(store, path, data)
        try:
            obstore.rename(store, staged, path, overwrite=False)
        except AlreadyExistsError:
            _discard(store, staged)
            return False
        _fsync_folders(store, path)
        return True


def replace(store: LocalStore, path: str, data: bytes) -> None:
    """Publishes `data` at `path` in place of what is there, at once; raises as `commit` does."""
    with _output_faults(store, path):
        staged = _stage(store, path, data)
        obstore.rename(store, staged, path, overwrite=True)
        _fsync_folders(store, path)


def sweep(store: LocalStore) -> None:
    """Removes what killed runs left in the staging folder; what living processes have staged stays."""
    for staged in (root_of(store) / STAGING).glob("*"):
        if not _is_alive(staged.name.partition("#")[0].rpartition("-")[2]):  # obstore's own stages end in #1
            staged.unlink(missing_ok=True)
    drop_staging(store)


def drop_staging(store: LocalStore) -> None:
    """Removes the staging folder unless another run has something in it."""
    with suppress(OSError):
        (root_of(store) / STAGING).rmdir()


def root_of(store: LocalStore) -> Path:
    """Returns the folder that the store is rooted at."""
    return Path(store.prefix or "/")


def _stage(store: LocalStore, path: str, data: bytes) -> str:
    """Returns the name of a durable, verified copy; one process never stages two contents under one name."""
    sha256 = hashlib.sha256(data).hexdigest()
    staged = f"{STAGING}/{sha256[:16]}-{os.getpid()}"
    obstore.put(store, staged, data)
    _fsync(root_of(store) / staged)
    stored = obstore.get(store, staged).bytes()
    if hashlib.sha256(stored).hexdigest() != sha256:
        _discard(store, staged)
        raise DatasetError(
            f"{root_of(store) / path}: {len(data)} bytes were written and others read back; check the disk"
        )
    return staged


def _is_alive(pid: str) -> bool:
    """Returns whether a process of this machine has the number and runs; what is no number is nobody's.

    A zombie holds its number until its parent asks for it, which in a container without an init is never.
    """
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    return not _is_zombie(int(pid))


def _is_zombie(pid: int) -> bool:
    """Tells by /proc, where there is one: `pid (name) state ...`; the name may hold blanks and brackets."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in ("Z", "X")
    except OSError:
        return False


def _discard(store: LocalStore, staged: str) -> None:
    with suppress(FileNotFoundError):
        obstore.delete(store, staged)


def _fsync_folders(store: LocalStore, path: str) -> None:
    """Makes the name durable, with those of the folders that lead to it."""
    for parent in Path(path).parents:
        _fsync(root_of(store) / parent)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _output_faults(store: LocalStore, path: str) -> Iterator[None]:
    """Turns a fault of the store into one line: its own messages run over many."""
    try:
        yield
    except (BaseError, OSError) as error:
        reason = first_line(error).removeprefix("Generic LocalFileSystem error: ")
        raise OutputError(f"{root_of(store) / path}: can't be written: {reason}") from error
