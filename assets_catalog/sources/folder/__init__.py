"""Source `folder`: model files that lie in a folder, with what sidecar files beside them say.

An asset may read its own file's folder, and what lies in it. The class is the sidecar's, else what words of the file's
name say, else `--class`; the licence the sidecar's, else `--license`. A LICENSE file is not interpreted.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, SetAside
from assets_catalog.sources.beneath import check_stays, files_beneath
from assets_catalog.sources.folder.conversion import CONVERTED, Conversion, check_convertible
from assets_catalog.sources.folder.models import READERS, FileModel
from assets_catalog.sources.folder.sidecar import OF_FOLDER, Statement, merged, read_sidecar
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import AssetError, CatalogError, one_line

UNREAD = frozenset({
    ".3ds", ".3mf", ".abc", ".ac", ".ase", ".b3d", ".bvh", ".c4d", ".cob", ".dae", ".dxf", ".hmp", ".ifc", ".iges",
    ".irr", ".irrmesh", ".lwo", ".lws", ".lxo", ".ma", ".max", ".mb", ".md2", ".md3", ".md5mesh", ".mdl", ".ms3d",
    ".nff", ".ogex",
    ".q3d", ".q3o", ".raw", ".skp", ".smd", ".step", ".stp", ".ter", ".vrml", ".wrl", ".x", ".x3d", ".xgl",
    ".7z", ".gz", ".rar", ".tar", ".tgz", ".zip",
})  # fmt: skip
"""Endings of models that no one reads here, and of archives: set aside by name, where other files are passed over."""

_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9]+)?")
_ID_LENGTH = 80


@dataclass(frozen=True)
class _Folder:
    """What is being listed."""

    root: Path
    options: AddOptions
    of_folders: dict[Path, Statement]


def list_folder(path: Path | None, options: AddOptions) -> Iterator[Candidate | SetAside]:
    """Yields the models of a folder and those in it, or of one file.

    Raises CatalogError when there is none, or where a sidecar of a folder has a fault.
    """
    if path is None:
        raise CatalogError("the source 'folder' needs a path: a folder, or a model file")
    given = Path(os.path.abspath(path))
    if not given.exists():
        raise CatalogError(f"there is no {path}")
    files = files_beneath(given) if given.is_dir() else [given]
    known = {*READERS, *CONVERTED, *UNREAD}
    models = [file for file in files if file.suffix.lower() in known]
    if not models:
        raise CatalogError(f"{path} has no model that can be read: {', '.join(sorted({*READERS, *CONVERTED}))}")
    root = given if given.is_dir() else given.parent
    listed = _Folder(root, options, _of_folders(files))
    for file in models:
        yield _listed(file, listed)


def asset_name(relative: str) -> str:
    """Returns a name with letters, digits and ._- only; a hash tells apart what would become the same."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", relative.replace("/", "."))[-_ID_LENGTH:].strip(".-") or "model"
    parts = relative.split("/")
    if len(relative) <= _ID_LENGTH and all(_PLAIN.fullmatch(p) for p in parts) and "." not in "".join(parts[:-1]):
        return plain
    return f"{plain}-{hashlib.sha256(os.fsencode(relative)).hexdigest()[:8]}"


def _of_folders(files: list[Path]) -> dict[Path, Statement]:
    return {file.parent: read_sidecar(file) for file in files if file.name == OF_FOLDER}


def _listed(file: Path, listed: _Folder) -> Candidate | SetAside:
    relative = file.relative_to(listed.root).as_posix()
    asset_id = f"folder/{asset_name(f'{listed.root.name}/{relative}'.lstrip('/'))}"
    try:
        return _candidate(file, relative, asset_id, listed)
    except (AssetError, CatalogError) as error:
        return SetAside(asset_id, one_line(str(file)), one_line(str(error)))


def _candidate(file: Path, relative: str, asset_id: str, listed: _Folder) -> Candidate:
    ending = file.suffix.lower()
    if ending in UNREAD:
        raise AssetError(f"{ending} files aren't read here; export GLB")
    check_stays(file, listed.root)
    statement = read_sidecar(file.with_suffix(".yaml")).over(merged(listed.of_folders, file.parent, listed.root))
    model = FileModel(file, file.parent, statement.up, statement.front)
    facts = _facts(file, relative, statement, listed.options)
    candidate = Candidate(asset_id, "model", (file,), file.parent, facts, model)
    if ending not in CONVERTED:
        return candidate
    check_convertible(file, listed.options)
    return Candidate(
        asset_id, "model", (file,), file.parent, facts, model, Conversion(candidate, listed.options, model)
    )


def _facts(file: Path, relative: str, statement: Statement, options: AddOptions) -> Facts:
    """Returns what is known before a file is opened. Raises AssetError without a class or a licence."""
    class_name = statement.class_name or load_taxonomy().class_for_words(file.stem) or options.class_name
    if class_name is None:
        raise AssetError("no class: neither a sidecar nor the file's name says what it is; give --class, or a sidecar")
    license_id = statement.license or options.license
    if license_id is None:
        raise AssetError("no licence: no sidecar states one; give --license, or a sidecar")
    return Facts(
        label=statement.label,
        class_name=class_name,
        license=license_id,
        license_is_override=statement.license is None,
        creator=statement.creator or options.creator or "unknown",
        source=statement.source or _printable(relative),
        size_m=statement.size_m,
        height_m=statement.height_m,
        meters_per_unit=statement.meters_per_unit,
        placement=statement.placement,
    )


def _printable(text: str) -> str:
    """Returns a file's name without the bytes in it that are no text."""
    return text.encode("utf-8", "replace").decode()
