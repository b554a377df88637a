"""Objects: what is read of a bucket, by this process, or for it by another.

The runtime of an object store does not survive a fork: in a process that was forked from one with this module loaded,
such as a worker of a torch DataLoader, obstore would wait for ever. There `relay` asks a small process of its own,
which ends with whoever started it.
"""

import os
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol, runtime_checkable

from scenegen.dataset.places.direct import Direct, Listed
from scenegen.dataset.places.relay import Relayed

_PROCESS = os.getpid()
"""That loaded this module."""


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
    return Direct(bucket) if process == _PROCESS else Relayed(bucket)
