"""Source `objaverse`: a local download of Objaverse 1.0, as its Python package lays it out.

    glbs/000-023/<uid>.glb                the models
    metadata/000-023.json.gz              annotations of the same part, by uid: licence, user, address
    annotations.json.gz                   or those of a selection, in one file
    lvis-annotations.json.gz              LVIS category -> uids

The class is that of the LVIS category, else `--class`. Licences are listed as they are: whether non-commercial ones may
be shown is for `--licenses` to say. The files have no metric scale, so the size is the usual one of the class.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, SetAside
from assets_catalog.sources.beneath import check_stays
from assets_catalog.sources.folder.models import FileModel
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import AssetError, CatalogError, first_line, one_line

SPDX: Mapping[str, str] = {
    "by": "CC-BY-4.0",
    "by-nc": "CC-BY-NC-4.0",
    "by-nc-nd": "CC-BY-NC-ND-4.0",
    "by-nc-sa": "CC-BY-NC-SA-4.0",
    "by-nd": "CC-BY-ND-4.0",
    "by-sa": "CC-BY-SA-4.0",
    "cc0": "CC0-1.0",
}
"""Licence of an annotation -> SPDX id."""

_MOST_JSON_BYTES = 256 * 2**20
_UID = re.compile(r"[0-9a-fA-F]{32}|[A-Za-z0-9_-]{1,64}")
_LVIS = "lvis-annotations.json.gz"
_ALL = "annotations.json.gz"


def list_objaverse(path: Path | None, options: AddOptions) -> Iterator[Candidate | SetAside]:
    """Yields the models of a download. Raises CatalogError when there is none at the path, or its labels are broken."""
    if path is None:
        raise CatalogError("the source 'objaverse' needs the path of a download: the folder that holds glbs/")
    root = path.absolute()
    parts = sorted(part for part in (root / "glbs").glob("*") if part.is_dir())
    if not parts:
        raise CatalogError(f"{path} is no download of Objaverse: it has no folder glbs/ with parts in it")
    categories = _categories(root / _LVIS)
    of_all = _annotations(root / _ALL)
    for part in parts:
        annotations = of_all or _annotations(root / "metadata" / f"{part.name}.json.gz")
        for file in sorted(part.glob("*.glb")):
            yield _listed(file, root, annotations.get(file.stem), categories.get(file.stem), options)


def _listed(
    file: Path, root: Path, annotation: object, category: str | None, options: AddOptions
) -> Candidate | SetAside:
    plain = file.stem if _UID.fullmatch(file.stem) else "unnamed"
    asset_id = f"objaverse/{plain}"
    try:
        if plain != file.stem:
            raise AssetError("its name is no id of Objaverse")
        check_stays(file, root)
        facts = _facts(file.stem, annotation if isinstance(annotation, dict) else {}, category, options)
    except AssetError as error:
        return SetAside(asset_id, one_line(str(file)), one_line(str(error)))
    return Candidate(asset_id, "model", (file,), file.parent, facts, FileModel(file, file.parent, has_scale=False))


def _facts(uid: str, annotation: Mapping[str, Any], category: str | None, options: AddOptions) -> Facts:
    label = None if category is None else re.sub(r"[_()]+", " ", category).strip().lower()
    class_name = (load_taxonomy().class_for_words(label) if label else None) or options.class_name
    if class_name is None:
        said = f"its LVIS category {label!a} is none of the taxonomy's" if label else "it has no LVIS category"
        raise AssetError(f"no class: {said}; give --class for such models")
    stated = annotation.get("license")
    license_id = SPDX.get(stated) if isinstance(stated, str) else None
    if license_id is None and options.license is None:
        said = f"its annotation says {ascii(stated)[:60]}" if stated else "it has no annotation that states one"
        raise AssetError(f"no licence: {said}; give --license for such models")
    user = annotation.get("user")
    creator = user.get("displayName") or user.get("username") if isinstance(user, dict) else None
    address = annotation.get("viewerUrl")
    return Facts(
        label=label,
        class_name=class_name,
        license=license_id or options.license,
        license_is_override=license_id is None,
        creator=one_line(creator) if isinstance(creator, str) and creator else options.creator or "unknown",
        source=one_line(address) if isinstance(address, str) and address else f"Objaverse 1.0, {uid}",
    )


def _categories(path: Path) -> dict[str, str]:
    """Returns the LVIS category of each uid; the first where there are several."""
    found: dict[str, str] = {}
    for category, uids in _annotations(path).items():
        for uid in uids if isinstance(uids, list) else ():
            if isinstance(uid, str):
                found.setdefault(uid, category)
    return found


def _annotations(path: Path) -> dict[str, Any]:
    """Returns an object of JSON in gzip, nothing where there is no file. Raises CatalogError where it is broken."""
    if not path.is_file():
        return {}
    try:
        with gzip.open(path) as file:
            text = file.read(_MOST_JSON_BYTES + 1)
        if len(text) > _MOST_JSON_BYTES:
            raise CatalogError(f"{path.name} unfolds to more than {_MOST_JSON_BYTES // 2**20} MB")
        tree = json.loads(text)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise CatalogError(f"{path.name} can't be read: {first_line(error)}") from error
    if not isinstance(tree, dict):
        raise CatalogError(f"{path.name} holds no object of JSON")
    return tree
