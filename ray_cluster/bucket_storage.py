"""Storage in a bucket: put on the condition that nothing is there, read back and compare.

An object appears whole or not at all, and S3's signature covers its content, so nothing is staged. A put whose answer
was lost is tried again and finds its own object there: what has the same bytes is ours. What we put and what reads back
otherwise, twice, is removed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError

from assets_catalog.object_store import ABSENT, open_store, patiently, said
from ray_cluster.commit_steps import reached, sent
from scenegen.dataset.places.bucket_path import BucketPath
from schemas.errors import DatasetError, OutputError


class BucketStorage:
    """A `Storage` of an object store; credentials come from the environment."""

    def __init__(self, root: BucketPath) -> None:
        self.root = root

    def commit(self, path: str, data: bytes) -> bool:
        """Publishes `data` unless something is there already; returns whether what is there has our bytes."""
        with self._faults(path):
            try:
                self._put(path, data, "create")
            except AlreadyExistsError:
                return self._read(path) == data
            reached("put", path)
            self._verify(path, data)
            reached("read back", path)
            return True

    def replace(self, path: str, data: bytes) -> None:
        """Publishes `data` in place of what is there, at once."""
        with self._faults(path):
            self._put(path, data, "overwrite")
            reached("put", path)
            self._verify(path, data)
            reached("read back", path)

    def delete(self, path: str) -> None:
        """Removes an object; one that is gone is no fault."""
        with self._faults(path):
            try:
                patiently(lambda: obstore.delete(open_store(self.root.bucket), self._key(path)))
            except ABSENT:
                return

    def sweep(self) -> None:
        """Does nothing: nothing is staged."""

    def _put(self, path: str, data: bytes, mode: Literal["create", "overwrite"]) -> None:
        store, key, body = open_store(self.root.bucket), self._key(path), sent(path, data)
        patiently(lambda: obstore.put(store, key, body, mode=mode, use_multipart=False))

    def _verify(self, path: str, data: bytes) -> None:
        """Raises DatasetError, and removes the object, where it reads back otherwise, twice."""
        if self._read(path) != data and (there := self._read(path)) != data:
            self.delete(path)
            raise DatasetError(f"{self.root / path}: {len(data)} bytes were written and {len(there)} others read back")

    def _read(self, path: str) -> bytes:
        return patiently(lambda: bytes(obstore.get(open_store(self.root.bucket), self._key(path)).bytes()))

    def _key(self, path: str) -> str:
        return (self.root / path).key

    @contextmanager
    def _faults(self, path: str) -> Iterator[None]:
        """Turns a fault of the store into one line, without anything secret."""
        try:
            yield
        except (BaseError, OSError, ValueError) as error:
            raise OutputError(f"{self.root / path}: can't be written: the bucket refuses: {said(error)}") from error
