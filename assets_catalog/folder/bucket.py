"""A catalog in a bucket: S3, Google's or Azure's, or in memory, by obstore. Credentials come from the environment.

The index is replaced by a conditional put, so of two processes that change it at once one is told to look again.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError
from obstore.store import ObjectStore

from assets_catalog.folder.place import Seen
from assets_catalog.object_store import ABSENT, open_store, said
from schemas.errors import CatalogError

if TYPE_CHECKING:
    from obstore import ObjectMeta


def open_bucket(url: str) -> "Bucket":
    """Returns the bucket at a URL; raises CatalogError for one that can't be meant."""
    with _faults(url):
        return Bucket(url, open_store(url))


@dataclass(frozen=True)
class Bucket:
    """A `Place` of an object store."""

    location: str
    store: ObjectStore

    def exists(self) -> bool:
        """Says yes: an empty prefix and a missing one are the same."""
        return True

    def read(self, path: str) -> bytes | None:
        """Returns an object, or nothing where there is none."""
        return self.see(path).data

    def see(self, path: str) -> Seen:
        """Returns an object with its version."""
        with _faults(f"{self.location}/{path}"):
            try:
                found = obstore.get(self.store, path)
                return Seen(bytes(found.bytes()), _version(found.meta))
            except ABSENT:
                return Seen(None)

    def names(self, folder: str) -> Iterator[str]:
        """Yields the names of the objects below a prefix."""
        with _faults(f"{self.location}/{folder}"):
            for chunk in obstore.list(self.store, prefix=folder):
                yield from (found["path"].removeprefix(f"{folder}/") for found in chunk)

    def put(self, path: str, data: bytes) -> None:
        """Puts an object and reads it back."""
        with _faults(f"{self.location}/{path}"):
            obstore.put(self.store, path, data)
        stored = self.read(path) or b""
        if hashlib.sha256(stored).digest() != hashlib.sha256(data).digest():
            raise CatalogError(f"{self.location}/{path}: {len(data)} bytes were written and others read back")

    def swap(self, path: str, data: bytes, seen: Seen) -> bool:
        """Puts an object on the condition that it is as it was seen."""
        with _faults(f"{self.location}/{path}"):
            try:
                obstore.put(self.store, path, data, mode="create" if seen.data is None else seen.version)
            except (AlreadyExistsError, PreconditionError, *ABSENT):
                return False
        return True

    def delete(self, path: str) -> None:
        """Removes an object."""
        with _faults(f"{self.location}/{path}"):
            try:
                obstore.delete(self.store, path)
            except ABSENT:
                return

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Waits for nobody: `swap` notices."""
        yield


def _version(meta: "ObjectMeta") -> dict[str, str]:
    """Returns what a conditional put asks for."""
    told = {"e_tag": meta["e_tag"], "version": meta["version"]}
    return {name: value for name, value in told.items() if value is not None}


@contextmanager
def _faults(what: str) -> Iterator[None]:
    """Turns a fault of the store into one line: its own messages run over many."""
    try:
        yield
    except (BaseError, OSError, ValueError) as error:
        raise CatalogError(f"{what}: the bucket refuses: {said(error)}") from error
