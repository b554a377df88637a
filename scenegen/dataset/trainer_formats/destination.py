"""DEST: the folder that an export fills. Every file appears whole or not at all: written aside, then renamed.

    DEST/.scenegen/export.json              what was asked for; locked while somebody writes
    DEST/.scenegen/parts/<split>/<unit>.jsonl    written after the files of a part: their sizes, then its entries
    DEST/.scenegen/staged/                  what is being written; cleared at each start

A part is done when its record is there and so are its files, each of its size: a mark alone would lie where files were
lost. Trainers pass over folders whose names begin with a dot.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from filecmp import cmp
from pathlib import Path
from shutil import rmtree
from typing import Any, BinaryIO

from scenegen.dataset.trainer_formats.trainer_format import Entry, Part
from schemas.errors import OutputError, ScenegenError, first_few

_OURS = ".scenegen"
_SETTINGS = f"{_OURS}/export.json"
_STAGED = f"{_OURS}/staged"
_DIFFERENCES_SHOWN = 3


@contextmanager
def claimed(dest: Path, settings: Mapping[str, object]) -> Iterator[None]:
    """Makes DEST the place of this export and nobody else's, for the time of the block.

    Raises OutputError where it holds something else, another export, or can't be written.
    """
    with _opened(dest, settings) as file:
        _lock(file, dest)
        rmtree(dest / _STAGED, ignore_errors=True)
        yield
        rmtree(dest / _STAGED, ignore_errors=True)


def _opened(dest: Path, settings: Mapping[str, object]) -> BinaryIO:
    """Returns what tells which export lies in DEST, opened: it is this one."""
    try:
        _settle(dest, settings)
        there = json.loads((dest / _SETTINGS).read_bytes())
        file = (dest / _SETTINGS).open("rb")
    except OSError as error:
        raise OutputError(f"{dest} can't be written: {error.strerror}") from error
    except ValueError as error:
        raise OutputError(f"{dest / _SETTINGS} can't be read: {error}; give a new folder") from error
    found = _differences(there, settings)
    if found:
        file.close()
        raise OutputError(f"{dest} holds another export: {first_few(found, _DIFFERENCES_SHOWN)}; give a new folder")
    return file


def _differences(there: Any, asked: Mapping[str, object]) -> list[str]:
    """Returns a line for each key of two exports that differs."""
    if not isinstance(there, dict):
        return [f"{_SETTINGS} can't be read"]
    return [
        f"{key}: {json.dumps(there.get(key))} there, {json.dumps(asked.get(key))} asked for"
        for key in dict.fromkeys([*asked, *there])
        if there.get(key) != asked.get(key)
    ]


def _settle(dest: Path, settings: Mapping[str, object]) -> None:
    """Writes what is asked for into a new or empty folder."""
    if dest.exists() and not dest.is_dir():
        raise OutputError(f"{dest} is no folder; give one, new or empty")
    if (dest / _SETTINGS).is_file():
        return
    there = sorted(path.name for path in dest.iterdir()) if dest.is_dir() else []
    if there and there != [_OURS]:
        raise OutputError(f"{dest} is not empty and holds no export of ours: {first_few(there, 3)}; give a new folder")
    with _placed(dest, _SETTINGS) as file:
        file.write(f"{json.dumps(settings, indent=1)}\n".encode())


def _lock(file: BinaryIO, dest: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"{dest}: another process exports there; wait until it has ended") from error


class PartFolder:
    """DEST/<split> for the files of one part; notes their sizes."""

    def __init__(self, dest: Path, split: str) -> None:
        self._dest, self._split = dest, split
        self.files: dict[str, int] = {}

    def put(self, name: str, data: bytes) -> None:
        """Writes a file, unless one of its size is there; raises OutputError."""
        self.files[name] = len(data)
        if _size(self._dest / self._split / name) != len(data):
            with _placed(self._dest, f"{self._split}/{name}") as file:
                file.write(data)

    @contextmanager
    def writing(self, name: str) -> Iterator[BinaryIO]:
        """Yields a file that appears when the block ends well, unless the same is there; raises OutputError."""
        with _placed(self._dest, f"{self._split}/{name}", keep_equal=True) as file:
            yield file
            self.files[name] = file.tell()


def note_part(dest: Path, part: Part, files: Mapping[str, int], entries: Sequence[Entry]) -> None:
    """Writes the record of a part whose files are there; raises OutputError."""
    lines = [{"rows": len(part.rows), "files": files}, *entries]
    with _placed(dest, _record(part)) as file:
        file.write("".join(f"{json.dumps(line)}\n" for line in lines).encode())


def is_done(dest: Path, part: Part) -> bool:
    """Tells whether a part's record is there, and all of its files as they were written."""
    try:
        with (dest / _record(part)).open() as file:
            told = json.loads(file.readline())
        folder = dest / part.split
        return told["rows"] == len(part.rows) and all(_size(folder / name) == of for name, of in told["files"].items())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return False


def entries_of(dest: Path, parts: Iterable[Part]) -> Iterator[Entry]:
    """Yields the entries of parts that are done, in their order."""
    for part in parts:
        with (dest / _record(part)).open() as file:
            next(file)
            yield from map(json.loads, file)


def put_text(dest: Path, name: str, lines: Iterable[str]) -> None:
    """Writes a file of text, unless the same is there; raises OutputError."""
    with _placed(dest, name, keep_equal=True) as file:
        for line in lines:
            file.write(line.encode())


@contextmanager
def _placed(dest: Path, name: str, *, keep_equal: bool = False) -> Iterator[BinaryIO]:
    """Yields a file that takes its name when the block ends well."""
    path, part = dest / name, dest / _STAGED / f"{os.getpid()}-{name.replace('/', '-')}.part"
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as file:
                yield file
            if not (keep_equal and path.is_file() and cmp(part, path, shallow=False)):
                part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except ScenegenError:  # of what is read to be written here; some are OSErrors too
        raise
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}") from error


def _record(part: Part) -> str:
    return f"{_OURS}/parts/{part.name}.jsonl"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
