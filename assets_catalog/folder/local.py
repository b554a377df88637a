"""A catalog in a folder. One process at a time changes it, by a lock that goes with the process that held it.

A file is written beside its place, synced, read back and renamed, so that it is there whole or not at all, also after
a power cut. What a killed process left half written goes at the next one's turn.
"""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from assets_catalog.folder.place import Seen
from schemas.errors import CatalogError

_TURN = ".turn"
_STAGED = ".staged"
"""Below the catalog's folder."""


class LocalFolder:
    """A `Place` on a file system. `put`, `swap` and `delete` are for who has the turn."""

    def __init__(self, location: str) -> None:
        self.location = location.rstrip("/") or "/"
        self._root = Path(location).absolute()

    def exists(self) -> bool:
        """Whether there is such a folder."""
        return self._root.is_dir()

    def read(self, path: str) -> bytes | None:
        """Returns a regular file; whatever else stands there is a fault, for a FIFO would hang the process."""
        with self._faults(path, "read"):
            try:
                handle = os.open(self._root / path, os.O_RDONLY | os.O_NONBLOCK)
            except FileNotFoundError:
                return None
            with os.fdopen(handle, "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise CatalogError(f"{self.location}/{path} is no regular file")
                return file.read()

    def see(self, path: str) -> Seen:
        """Returns a file; who has the turn needs no version."""
        return Seen(self.read(path))

    def names(self, folder: str) -> Iterator[str]:
        """Yields the names in a folder."""
        with self._faults(folder, "listed"), suppress(FileNotFoundError), os.scandir(self._root / folder) as entries:
            yield from (entry.name for entry in entries)

    def put(self, path: str, data: bytes) -> None:
        """Publishes a file; raises CatalogError also where it doesn't read back."""
        with self._faults(path, "written"):
            target, staged = self._root / path, self._root / _STAGED / Path(path).name
            for folder in (staged.parent, target.parent):
                self._make(folder)
            _write_durably(staged, data)
            if staged.read_bytes() != data:
                raise CatalogError(f"{self.location}/{path}: {len(data)} bytes were written and others read back")
            staged.replace(target)
            _sync(target.parent)

    def swap(self, path: str, data: bytes, seen: Seen) -> bool:
        """Publishes a file: nobody else did since it was seen."""
        self.put(path, data)
        return True

    def delete(self, path: str) -> None:
        """Removes a file."""
        with self._faults(path, "removed"):
            (self._root / path).unlink(missing_ok=True)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits until no other process has the turn; makes the folder where there is none."""
        with self._faults(_TURN, "written"):
            self._make(self._root)
            handle = os.open(self._root / _TURN, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            with self._faults(_TURN, "locked"):
                fcntl.flock(handle, fcntl.LOCK_EX)
                self._clear()
            yield
            with self._faults(_TURN, "locked"):
                self._clear()
        finally:
            os.close(handle)

    def _clear(self) -> None:
        """Removes what a process left that was killed at its turn."""
        for name in [*self.names(_STAGED)]:
            (self._root / _STAGED / name).unlink(missing_ok=True)
        with suppress(OSError):
            (self._root / _STAGED).rmdir()

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync(folder.parent)

    @contextmanager
    def _faults(self, path: str, done: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise CatalogError(f"{self.location}/{path} can't be {done}: {error.strerror}") from error


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
