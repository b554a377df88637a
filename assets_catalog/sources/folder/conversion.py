"""Conversion: FBX, USD and .blend files are read by Blender, in a process that the command starts, and become GLB.

A .blend file can hold programs: it is refused unless the user allows it. A USDZ is a zip, looked at before.
"""

import zipfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from assets_catalog.ingest.candidate import AddOptions, Candidate
from assets_catalog.sources.folder.models import FileModel
from assets_catalog.sources.folder.references import MOST_BYTES
from schemas.errors import AssetError

CONVERTED = frozenset({".blend", ".fbx", ".usd", ".usda", ".usdc", ".usdz"})
_MOST_MEMBERS = 10_000
_MAGIC: dict[str, tuple[bytes, ...]] = {
    ".blend": (b"BLENDER", b"\x28\xb5\x2f\xfd", b"\x1f\x8b"),
    ".fbx": (b"Kaydara FBX Binary", b"; FBX", b";"),
    ".usda": (b"#usda",),
    ".usdc": (b"PXR-USDC",),
    ".usd": (b"PXR-USDC", b"#usda"),
    ".usdz": (b"PK\x03\x04",),
}
"""Ending -> what such files begin with; .blend files may be compressed by zstd or gzip."""


@dataclass(frozen=True)
class Conversion:
    """A candidate whose file Blender must read first."""

    candidate: Candidate
    options: AddOptions
    model: FileModel

    def __call__(self, folder: Path) -> Candidate:
        """Returns the candidate that opens what Blender made of it in the folder. Raises AssetError."""
        check_convertible(self.model.path, self.options)
        target = folder / "model.glb"
        assert self.options.convert is not None
        self.options.convert(self.model.path, target)
        if not target.is_file():
            raise AssetError("Blender made nothing of it")
        model = replace(self.model, path=target, folder=folder)
        files = (*self.candidate.files, target)
        return replace(self.candidate, files=files, folder=folder, load=model, convert=None)


def check_convertible(path: Path, options: AddOptions) -> None:
    """Raises AssetError unless Blender may be asked to open a file."""
    ending = path.suffix.lower()
    if ending == ".blend" and not options.allow_blend:
        raise AssetError("is a .blend file, which can hold programs: not opened unless --allow-blend is given")
    if options.convert is None:
        raise AssetError(f"needs Blender to be read: {ending} files are converted by it")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssetError(f"has {path.stat().st_size} bytes, {MOST_BYTES} are allowed")
        if not path.is_file():
            raise AssetError("is no regular file")
        with path.open("rb") as file:
            begins = file.read(32)
    except OSError as error:
        raise AssetError(f"can't be read: {error.strerror}") from error
    if not begins.startswith(_MAGIC[ending]):
        raise AssetError(f"is no {ending} file: it begins with {begins[:8]!r}")
    if ending == ".usdz":
        _check_zip(path)


def _check_zip(path: Path) -> None:
    """Raises AssetError for an archive that unfolds to too much, or names what lies outside of it."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise AssetError(f"is no valid archive: {error}") from error
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise AssetError(f"unfolds to {sum(member.file_size for member in members)} bytes, {MOST_BYTES} are allowed")
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise AssetError(f"holds a file {ascii(member.filename)[:80]}, which leads out of it")
        if member.compress_type != zipfile.ZIP_STORED:
            raise AssetError("holds compressed files, which USDZ forbids")
