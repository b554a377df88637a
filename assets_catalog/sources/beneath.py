"""Beneath: the files in a folder that a source may take, and those that it may not.

Paths are absolute: they are opened by a process with another current folder. Links to folders aren't followed; a link
to a file must stay in the folder. What a catalog keeps of its own in it is passed over, so that one may lie in the
folder that it is filled from.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from assets_catalog.folder.layout import INDEX, OBJECTS, THUMBNAILS
from schemas.errors import AssetError


def files_beneath(folder: Path) -> list[Path]:
    """Returns all files of a folder and of those in it, in a fixed order."""
    return sorted(_walked(folder.absolute()), key=os.fsencode)


def _walked(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        if INDEX in names:
            folders[:] = [name for name in folders if name not in {OBJECTS, THUMBNAILS}]
        yield from (Path(parent) / name for name in names)


def check_stays(file: Path, folder: Path) -> None:
    """Raises AssetError for a file that is a link to one outside of the folder."""
    if not file.resolve().is_relative_to(folder.resolve()):
        raise AssetError("is a link that leads out of the folder")
