"""One .sh3f file: a zip with models and PluginFurnitureCatalog.properties, read without unpacking.

Format: Sweet Home 3D's furniture libraries. The properties are Java's (ISO-8859-1, `\\uXXXX`): `key#index=value` for
each property of each model, plain keys for the library itself. Lengths are centimetres; paths start at the zip's
root.
"""

import hashlib
import re
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assets_catalog.sources.sweethome3d.archive import Archive, open_archive
from schemas.errors import AssetError

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

    archive: Archive
    sha256: str
    properties: Mapping[str, str]
    models: Mapping[str, Mapping[str, str]] = field(repr=False)
    """id of a model -> its properties."""

    @property
    def path(self) -> Path:
        """Returns its file."""
        return self.archive.path

    @property
    def title(self) -> str:
        """Returns what to call it, e.g. 'Scopia catalog 1.8'."""
        return f"{self.properties.get('name', self.path.stem)} {self.properties.get('version', '')}".strip()

    @property
    def license(self) -> str | None:
        """Returns the SPDX id, or None when the library states no licence we know."""
        stated = self.properties.get("license", "")
        return next((spdx for pattern, spdx in _SPDX if pattern.search(stated)), None)

    @property
    def holder(self) -> str:
        """Returns who holds the copyright of the whole library, e.g. '2008-2016 Reallusion', or nothing."""
        return self.properties.get("license", "").partition("©")[2].strip()


def open_library(path: Path) -> Library:
    """Reads a library's properties. Raises AssetError when it is no furniture library."""
    try:
        archive = open_archive(path)
        text = archive.read(CATALOG_MEMBER).decode("latin-1")
        sha256 = _file_sha256(path)
    except (OSError, zipfile.BadZipFile, ValueError, struct.error, NotImplementedError, AssetError) as error:
        raise AssetError(f"is no Sweet Home 3D furniture library: {error}") from error
    general: dict[str, str] = {}
    by_index: dict[str, dict[str, str]] = {}
    for key, value in parse_properties(text).items():
        name, mark, index = key.partition("#")
        (by_index.setdefault(index, {}) if mark else general)[name] = value
    models = {fields["id"]: fields for fields in by_index.values() if {"id", "name", "model"} <= fields.keys()}
    return Library(archive=archive, sha256=sha256, properties=general, models=models)


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


def _file_sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
