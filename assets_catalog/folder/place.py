"""Place: what a catalog asks of where it lies. `local` and `bucket` give it; paths are relative, with slashes."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True)
class Seen:
    """A file as it was read, with what tells later whether it still is the same."""

    data: bytes | None
    """Nothing where there is no such file."""
    version: Any = None
    """The place's own word for this state of it."""


@runtime_checkable
class Place(Protocol):
    """A folder or bucket. Every method raises CatalogError, on one line, where the place refuses."""

    @property
    def location(self) -> str:
        """What the user wrote, without a slash at its end."""
        ...

    def exists(self) -> bool:
        """Whether there is such a place; a bucket is there where it answers."""
        ...

    def read(self, path: str) -> bytes | None:
        """Returns a file, or nothing where there is none."""
        ...

    def see(self, path: str) -> Seen:
        """Returns a file to be replaced by `swap`."""
        ...

    def names(self, folder: str) -> Iterator[str]:
        """Yields the names of the files in a folder, in no order; none where there is no folder."""
        ...

    def put(self, path: str, data: bytes) -> None:
        """Publishes a file in place of what is there: whole or not at all, durable, and read back."""
        ...

    def swap(self, path: str, data: bytes, seen: Seen) -> bool:
        """Does the same if the file is as it was seen; else returns False."""
        ...

    def delete(self, path: str) -> None:
        """Removes a file; one that is gone is no fault."""
        ...

    def turn(self) -> AbstractContextManager[None]:
        """Waits until no other process changes the place, where it can tell; a bucket has `swap` alone."""
        ...
