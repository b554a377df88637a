"""Reading: what a folder and a bucket do in ways of their own: listing, hashing, whether one lies in another."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from scenegen.dataset.places import Located, below
from scenegen.dataset.places.bucket_path import BucketPath

Given = TypeVar("Given")
Told = TypeVar("Told")

_AT_ONCE = 16
"""Requests to a bucket."""


class Entry(NamedTuple):
    """A file or object below a place."""

    name: str
    """Relative to the place that was listed, with slashes."""
    size_bytes: int
    changed_s: float
    """Seconds since 1970."""


def listed(root: Located) -> Iterator[Entry]:
    """Yields what lies below a place, folders aside, in no order; nothing where there is no such place.

    Raises OSError where it can't be listed.
    """
    if isinstance(root, BucketPath):
        for path, size_bytes, changed_s in root.below():
            yield Entry(below(path, root), size_bytes, changed_s)
    elif root.is_dir():
        yield from _in_folder(str(root), "")


def sha256_of(path: Located) -> str:
    """Returns the hash of a file; raises OSError."""
    if isinstance(path, BucketPath):
        return hashlib.sha256(path.read_bytes()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lies_in(inner: Located, outer: Located) -> bool:
    """Returns whether a place is another, or lies below it; links are followed."""
    if isinstance(inner, BucketPath) and isinstance(outer, BucketPath):
        return inner.bucket == outer.bucket and f"{inner.key}/".startswith(f"{outer.key}/" if outer.key else "")
    if isinstance(inner, Path) and isinstance(outer, Path):
        return inner.resolve().is_relative_to(outer.resolve())
    return False


def each_of(paths: Sequence[Located], told: Callable[[Located], Told]) -> Iterator[Told]:
    """Yields what is told of each path, in their order; of a bucket's several are asked for at once."""
    if not any(isinstance(path, BucketPath) for path in paths):
        yield from map(told, paths)
        return
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="bucket") as pool:
        for start in range(0, len(paths), 16 * _AT_ONCE):  # what is told waits for whoever takes it: not of all
            yield from pool.map(told, paths[start : start + 16 * _AT_ONCE])


def _in_folder(folder: str, below: str) -> Iterator[Entry]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=not below):  # a split may be a link, a deeper one may lead in a circle
                yield from _in_folder(entry.path, f"{below}{entry.name}/")
                continue
            with suppress(FileNotFoundError):  # gone meanwhile
                told = entry.stat(follow_symlinks=False)
                yield Entry(f"{below}{entry.name}", told.st_size, told.st_mtime)
