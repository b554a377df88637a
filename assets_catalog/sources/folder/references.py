"""References: how one file of an asset names another; what it may name lies in the asset's own folder.

Refused with the reason: addresses, absolute paths, drive letters, `..` and links that lead out of the folder, what is
no regular file, what is too large.
"""

import os
import re
import stat
from pathlib import Path

from schemas.errors import AssetError

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:")
_SHOWN_LENGTH = 80
_MIB = 2**20
MOST_BYTES = 512 * _MIB


def inside(folder: Path, reference: str) -> Path:
    """Returns the place that a reference names. Raises AssetError when it lies outside of the folder."""
    shown = ascii(reference)[:_SHOWN_LENGTH]
    if _SCHEME.match(reference):
        raise AssetError(f"refers to an address, {shown}: only files beside it are read")
    plain = reference.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        raise AssetError(f"refers to an absolute path, {shown}: only files beside it are read")
    try:
        real = (folder / plain).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a loop of links, a zero byte
        raise AssetError(f"refers to {shown}, which is no path") from error
    if not real.is_relative_to(folder.resolve()):
        raise AssetError(f"refers to {shown}, which leads out of its folder")
    return real


def read_inside(folder: Path, reference: str) -> bytes | None:
    """Returns the file that a reference names, None where there is none. Raises AssetError."""
    path = inside(folder, reference)
    return read_bounded(path) if path.exists() else None


def read_bounded(path: Path) -> bytes:
    """Returns a file's content. Raises AssetError when it is no regular file, too large or can't be read."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))  # a pipe would wait for its writer
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise AssetError(f"{path.name} is no regular file")
            if found.st_size > MOST_BYTES:
                raise AssetError(f"{path.name} has {found.st_size / _MIB:.0f} MiB, {MOST_BYTES // _MIB} are allowed")
            return file.read(MOST_BYTES)
    except OSError as error:
        raise AssetError(f"{path.name} can't be read: {error.strerror or error}") from error
