"""Files of a source: found below its folder, in the order in which people count, and never outside of it."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from scenegen.ingest.ingester import FrameError
from schemas.errors import InputError

_NUMBER = re.compile(r"(\d+)")
_MOST_BYTES = 1 << 30


def by_number(name: str) -> list[tuple[int, int | str]]:
    """Returns the key by which '2.hdf5' stands before '10.hdf5'."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in _NUMBER.split(name) if part]


def files_below(root: Path, pattern: str) -> list[str]:
    """Returns the files that match, as names relative to `root`, in order; raises InputError for one outside of it."""
    return sorted((path.relative_to(root).as_posix() for path in _inside(root, pattern)), key=by_number)


def _inside(root: Path, pattern: str) -> Iterator[Path]:
    real = root.resolve()
    for path in root.rglob(pattern):
        if path.is_file():
            if not path.resolve().is_relative_to(real):
                raise InputError(f"{path} leads out of {root}: give files, not links to places elsewhere")
            if not str(path.relative_to(root)).isprintable():  # nor where a byte of it is no UTF-8
                raise InputError(f"{str(path)!a} can't be written in a record: rename it to printable UTF-8")
            yield path


def check_inside(root: Path, files: Sequence[str]) -> None:
    """Raises FrameError where one of a frame's files is a link to a place outside of the folder."""
    real = root.resolve()
    for file in files:
        if not (root / file).resolve().is_relative_to(real):
            raise FrameError("a file leads out of the folder", file)


def checked_folder(root: Path) -> None:
    """Raises InputError where there is no such folder."""
    if not root.is_dir():
        raise InputError(f"{root} is a file, give the folder" if root.exists() else f"no directory {root}")


def content_of(path: Path, what: str) -> bytes:
    """Returns a file's bytes; `what` is what faults call it. Raises FrameError, for one that is too large as well."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise FrameError(f"{what} is too large", f"more than {_MOST_BYTES >> 20} MiB")
        return path.read_bytes()
    except OSError as error:
        raise FrameError(f"{what} can't be read", str(error.strerror)) from error
