"""Objects: what is read of a bucket, by this process, or for it by another.

The runtime of an object store does not survive a fork: in a process that was forked from one with this module loaded,
such as a worker of a torch DataLoader, obstore would wait for ever. There `relay` asks a small process of its own,
which ends with whoever started it.

Errors are FileNotFoundError where there is no such object, else BucketError; each says on one line what was met.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from assets_catalog.object_store import ABSENT, open_store, patiently, said
from schemas.errors import BucketError

if TYPE_CHECKING:
    from obstore import ObjectMeta

_PROCESS = os.getpid()
"""That loaded this module."""

Listed = tuple[str, int, float]
"""Key, bytes, time of the last change in seconds since 1970."""


@runtime_checkable
class Objects(Protocol):
    """The objects of one bucket."""

    def size(self, key: str) -> int | None:
        """Returns the bytes of an object; nothing where there is none."""
        ...

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """Returns an object, or a part of it."""
        ...

    def listed(self, prefix: str, most: int | None = None) -> Iterator[Listed]:
        """Yields what lies below a prefix, sorted by key; `most`: some so many of them."""
        ...


def objects_of(bucket: str) -> Objects:
    """Returns the objects of the bucket at a URL, opened once in each process."""
    return _objects(bucket, os.getpid())


@lru_cache(maxsize=8)
def _objects(bucket: str, process: int) -> Objects:
    if process == _PROCESS:
        return Direct(bucket)
    from scenegen.dataset.places.relay import Relayed  # noqa: PLC0415 - it imports this module

    return Relayed(bucket)


class Direct:
    """By obstore, in this process."""

    def __init__(self, bucket: str) -> None:
        self._bucket = bucket

    def size(self, key: str) -> int | None:
        """Returns the bytes of an object; nothing where there is none."""
        with _os_errors(f"{self._bucket}/{key}"):
            try:
                return patiently(lambda: obstore.head(open_store(self._bucket), key)["size"])
            except ABSENT:
                return None

    def read(self, key: str, start: int = 0, stop: int | None = None) -> bytes:
        """Returns an object, or a part of it."""
        with _os_errors(f"{self._bucket}/{key}"):
            store = open_store(self._bucket)
            if stop is None and start == 0:
                return patiently(lambda: bytes(obstore.get(store, key).bytes()))
            length = None if stop is None else stop - start
            if length == 0:
                return b""
            if length is None:
                return patiently(lambda: bytes(obstore.get(store, key, options={"range": {"offset": start}}).bytes()))
            return patiently(lambda: bytes(obstore.get_range(store, key, start=start, length=length)))

    def listed(self, prefix: str, most: int | None = None) -> Iterator[Listed]:
        """Yields what lies below a prefix, sorted by key; `most`: some so many of them."""
        with _os_errors(f"{self._bucket}/{prefix}"):
            store = open_store(self._bucket)
            found = patiently(lambda: [*islice(_below(store, prefix), most)])
        yield from sorted(found)


def _below(store: ObjectStore, prefix: str) -> Iterator[Listed]:
    for chunk in obstore.list(store, prefix or None):
        yield from map(_listed, chunk)


def _listed(each: "ObjectMeta") -> Listed:
    return each["path"], each["size"], each["last_modified"].timestamp()


@contextmanager
def _os_errors(what: str) -> Iterator[None]:
    try:
        yield
    except ABSENT as error:
        raise FileNotFoundError(errno.ENOENT, "no such object", what) from error
    except (BaseError, OSError, ValueError) as error:
        raise BucketError(errno.EIO, f"the bucket refuses: {said(error)}", what) from error
