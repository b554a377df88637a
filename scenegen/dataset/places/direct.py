"""Direct: reads a bucket by obstore, in this process.

Errors are FileNotFoundError where there is no such object, else BucketError; each says on one line what was met.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from assets_catalog.object_store import ABSENT, open_store, patiently, said
from schemas.errors import BucketError

if TYPE_CHECKING:
    from obstore import ObjectMeta

Listed = tuple[str, int, float]
"""Key, bytes, time of the last change in seconds since 1970."""


class Direct:
    """The objects of one bucket."""

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
