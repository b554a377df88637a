"""Files that a person asked for by name: each appears whole or not at all, in place of what was there.

Edges: a symbolic link stays, and the file that it leads to is written; what is no regular file is left alone.
Not for what a run commits: that is verified and put only if absent, by `ray_cluster.storage`.
"""

import os
from pathlib import Path

from scenegen.dataset.file_kind import irregular
from schemas.errors import OutputError


def write_output(target: Path, data: bytes) -> None:
    """Writes a file, and the folders that lead to it; raises OutputError where it can't be written."""
    place = _place_of(target)
    part = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(data)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{target} can't be written: {error.strerror}") from error


def check_output(target: Path) -> None:
    """Raises OutputError where a file can't be written, as far as can be told beforehand: before long work."""
    place = _place_of(target)
    folder = next(folder for folder in place.parents if folder.exists())
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise OutputError(f"{target} can't be written: {folder} is {'not writable' if folder.is_dir() else 'a file'}")


def _place_of(target: Path) -> Path:
    """Returns where the bytes go: `target`, or what it leads to as a link."""
    if kind := irregular(target):
        raise OutputError(f"{target} can't be written: it is {kind}; give the name of a file")
    place = Path(os.path.realpath(target))
    if place.is_symlink():
        raise OutputError(f"{target} can't be written: it is a link that leads in a circle")
    return place
