"""One .sh3f file: a zip with models and PluginFurnitureCatalog.properties, read without unpacking.

Format: Sweet Home 3D's furniture libraries. The properties are Java's (ISO-8859-1, `\\uXXXX`): `key#index=value` for
each property of each model, plain keys for the library itself. Lengths are centimetres; paths start at the zip's
root. Members are read whole, so their size is bounded before they are inflated.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from schemas.errors import AssetError, CatalogError

MEMBER_LIMIT_BYTES = 64 * 2**20
CATALOG_MEMBER = "PluginFurnitureCatalog.properties"

_SPDX = (
    (re.compile(r"public domain|creative commons zero|\bCC-?0\b", re.IGNORECASE), "CC0-1.0"),
    (re.compile(r"attribution 3\.0 united states", re.IGNORECASE), "CC-BY-3.0-US"),
    (re.compile(r"attribution 3\.0", re.IGNORECASE), "CC-BY-3.0"),
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class Library:
    """A library's description and the properties of its models."""

    path: Path
    properties: Mapping[str, str]
    models: Mapping[str, Mapping[str, str]] = field(repr=False)
    """id of a model -> its properties."""

    @property
    def title(self) -> str:
        """Returns what to call it, e.g. 'Scopia catalog 1.8'."""
        return f"{self.properties.get('name', self.path.stem)} {self.properties.get('version', '')}".strip()

    @property
    def license(self) -> str:
        """Returns the SPDX id. Raises CatalogError when the library states no licence we know."""
        stated = self.properties.get("license", "")
        for pattern, spdx in _SPDX:
            if pattern.search(stated):
                return spdx
        raise CatalogError(f"{self.path} states no licence we know: {stated!r}")

    @property
    def holder(self) -> str:
        """Returns who holds the copyright of the whole library, e.g. '2008-2016 Reallusion', or nothing."""
        return self.properties.get("license", "").partition("©")[2].strip()


def open_library(path: Path) -> Library:
    """Reads a library's properties. Raises CatalogError when it is no furniture library."""
    try:
        with zipfile.ZipFile(path) as archive:
            text = read_member(archive, CATALOG_MEMBER).decode("latin-1")
    except (OSError, zipfile.BadZipFile, AssetError) as error:
        raise CatalogError(f"{path} is no Sweet Home 3D furniture library: {error}") from error
    general: dict[str, str] = {}
    by_index: dict[str, dict[str, str]] = {}
    for key, value in parse_properties(text).items():
        name, mark, index = key.partition("#")
        (by_index.setdefault(index, {}) if mark else general)[name] = value
    models = {fields["id"]: fields for fields in by_index.values() if {"id", "name", "model"} <= fields.keys()}
    return Library(path=path, properties=general, models=models)


def parse_properties(text: str) -> dict[str, str]:
    """Returns the entries of a Java properties file; a line without '=' or ':' has an empty value."""
    joined = re.sub(r"(?<!\\)((?:\\\\)*)\\\r?\n[ \t\f]*", r"\1", text)
    entries = {}
    for line in re.split(r"\r\n|\r|\n", joined):
        if (bare := line.lstrip(" \t\f")) and bare[0] not in "#!":
            key, _, value = _split_entry(bare)
            entries[_unescaped(key)] = _unescaped(value)
    return entries


def _split_entry(line: str) -> tuple[str, str, str]:
    found = re.match(r"((?:\\.|[^\\=: \t\f])*)([ \t\f]*[=:]?[ \t\f]*)(.*)", line, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (line, "", "")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _CONTROL.get(found[2], found[2]), text)


def member_path(folder: str, reference: str) -> str:
    """Returns the member that a path inside a library names; `folder` is the member folder it is relative to.

    A leading slash of a catalog path is the zip's root. Raises AssetError for a path that leaves the library.
    """
    parts = reference.replace("\\", "/").split("/")
    if ".." in parts or "\0" in reference:
        raise AssetError(f"{reference!r} leaves the library")
    return posixpath.normpath(posixpath.join(folder, reference.replace("\\", "/").lstrip("/")))


@lru_cache(maxsize=16)
def opened_archive(path: Path, modified_ns: int) -> zipfile.ZipFile:
    """Returns a library's archive, which stays open: its directory of thousands of members takes long to read.

    `modified_ns`: of the file; one that was replaced is opened anew. Raises OSError or BadZipFile.
    """
    return zipfile.ZipFile(path)


def read_member(archive: zipfile.ZipFile, member: str, first_bytes: int = MEMBER_LIMIT_BYTES + 1) -> bytes:
    """Returns a member's content, or its first bytes. Raises AssetError when it is absent, damaged or too large."""
    try:
        entry = archive.getinfo(member)
        if entry.file_size > MEMBER_LIMIT_BYTES:
            raise AssetError(f"{member} has {entry.file_size} bytes, more than {MEMBER_LIMIT_BYTES}")
        with archive.open(entry) as content:
            data = content.read(first_bytes)
    except KeyError as error:
        raise AssetError(f"no {member} in {archive.filename}") from error
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error) as error:
        raise AssetError(f"{member} in {archive.filename} can't be read: {error}") from error
    if len(data) > MEMBER_LIMIT_BYTES:
        raise AssetError(f"{member} inflates to more than {MEMBER_LIMIT_BYTES} bytes")
    return data
