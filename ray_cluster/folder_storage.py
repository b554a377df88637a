"""Storage in a folder: stage in OUT/.staging, fsync, read back and compare, publish by put-if-absent, fsync folders.

obstore's `rename(overwrite=False)` is a hard link and an unlink: atomic, with one winner. It never syncs, so we do.

Edges: a staged name tells its machine and process. What processes of this machine left that are gone is swept at the
next start; what others left, `scenegen gc` removes by its age. A file system without hard links counts as one that
can't be written.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore

from ray_cluster import staging
from ray_cluster.commit_steps import reached
from ray_cluster.staging import STAGING, staged_name
from schemas.errors import DatasetError, OutputError, first_line


class FolderStorage:
    """A `Storage` on a file system."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def commit(self, path: str, data: bytes) -> bool:
        """Publishes `data` unless something is there already; returns whether it was us."""
        with self._faults(path), self._staged(path, data) as staged:
            try:
                obstore.rename(self._store, staged, path, overwrite=False)
            except AlreadyExistsError:
                self.delete(staged)
                return False
            self._published(path)
            return True

    def replace(self, path: str, data: bytes) -> None:
        """Publishes `data` in place of what is there, at once."""
        with self._faults(path), self._staged(path, data) as staged:
            obstore.rename(self._store, staged, path, overwrite=True)
            self._published(path)

    def delete(self, path: str) -> None:
        """Removes a file; one that is gone is no fault."""
        with self._faults(path):
            (self.root / path).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Removes what processes of this machine left that are gone, and the staging folder where it is empty."""
        staging.sweep(self.root)

    @property
    def _store(self) -> LocalStore:
        return _store_of(self.root.absolute())

    @contextmanager
    def _staged(self, path: str, data: bytes) -> Iterator[str]:
        """Yields the name of a durable, verified copy, which a fault removes."""
        staged = f"{STAGING}/{staged_name(data)}"
        try:
            self._stage(path, staged, data)
            yield staged
        except BaseException:
            with suppress(OSError):
                (self.root / staged).unlink()
            raise

    def _stage(self, path: str, staged: str, data: bytes) -> None:
        place = self.root / staged
        obstore.put(self._store, staged, data, use_multipart=False)
        reached("staged", path, place)
        _fsync(place)
        reached("synced", path, place)
        if hashlib.sha256(obstore.get(self._store, staged).bytes()).digest() != hashlib.sha256(data).digest():
            raise DatasetError(
                f"{self.root / path}: {len(data)} bytes were written and others read back; check the disk"
            )
        reached("read back", path, place)

    def _published(self, path: str) -> None:
        """Makes the name durable, with those of the folders that lead to it."""
        reached("published", path)
        for parent in Path(path).parents:
            _fsync(self.root / parent)
        reached("folder synced", path)

    @contextmanager
    def _faults(self, path: str) -> Iterator[None]:
        """Turns a fault of the file system into one line: obstore's own messages run over many."""
        try:
            yield
        except (BaseError, OSError) as error:
            reason = first_line(error).removeprefix("Generic LocalFileSystem error: ")
            raise OutputError(f"{self.root / path}: can't be written: {reason}") from error


@cache
def _store_of(folder: Path) -> LocalStore:
    return LocalStore(folder)


def _fsync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
