"""Sweet Home 3D's furniture libraries (.sh3f): the default real catalog, from Debian's package.

Models, creators and licences (CC0, CC-BY 3.0) come from the libraries as they are; nothing is unpacked. What is left
out, and why, stands in names.yaml; beside that, models without sane properties.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from assets_catalog.ingest.candidate import AddOptions, Candidate, Facts, SetAside
from assets_catalog.sources.sweethome3d.archive import member_path
from assets_catalog.sources.sweethome3d.facts import facts_of, is_lamp
from assets_catalog.sources.sweethome3d.library import Library, open_library
from assets_catalog.sources.sweethome3d.models import Model, load_model
from assets_catalog.sources.sweethome3d.names import load_names
from schemas.errors import AssetError, CatalogError, one_line

SOURCE = "sweethome3d"
DEFAULT_FOLDER = Path("/usr/share/sweethome3d/furniture")


def list_sweethome3d(path: Path | None, options: AddOptions) -> Iterator[Candidate | SetAside]:
    """Lists the models of the .sh3f libraries in a folder, or of one such file; None: where Debian puts them.

    Reads properties and directories, no model. Raises CatalogError when there is no library.
    """
    return _listed(library_paths(path if path is not None else DEFAULT_FOLDER), options)


def library_paths(path: Path) -> Sequence[Path]:
    """Returns the .sh3f files of a folder, sorted, or the file itself; absolute. Raises CatalogError for none."""
    found = [path] if path.is_file() else sorted(path.glob("*.sh3f"))
    if not found:
        raise CatalogError(
            f"no .sh3f furniture library in {path}: install Debian's package "
            "(apt-get install sweethome3d-furniture), or say where the libraries lie"
        )
    return [library.absolute() for library in found]


def asset_id(model: str) -> str:
    """Returns e.g. 'sweethome3d/Scopia.bed1' for the model 'Scopia#bed1'."""
    return f"{SOURCE}/" + re.sub(r"[^A-Za-z0-9_.-]+", "-", model.replace("#", "."))


def _listed(paths: Sequence[Path], options: AddOptions) -> Iterator[Candidate | SetAside]:
    held_by: dict[str, Path] = {}
    for path in paths:
        try:
            library = open_library(path)
        except AssetError as error:
            yield _set_aside(path.stem, path, str(error))
            continue
        for model in library.models:
            name = asset_id(model)
            if name in held_by:
                yield _set_aside(model, path, f"{held_by[name].name} holds this id already")
            else:
                held_by[name] = path
                yield _candidate(library, model, options)


def _candidate(library: Library, model: str, options: AddOptions) -> Candidate | SetAside:
    try:
        _check_wanted(library.models[model]["name"], model)
        facts = facts_of(library, model, options)
        opened = _model(library, model, facts)
    except AssetError as error:
        return _set_aside(model, library.path, str(error))
    return Candidate(
        asset_id=asset_id(model),
        kind="model",
        files=(library.path,),
        folder=library.path.parent,
        facts=facts,
        load=partial(load_model, opened),
        source_sha256=library.sha256,
    )


def _check_wanted(name: str, model: str) -> None:
    reason = load_names().reason_against(name, model)
    if reason is not None:
        raise AssetError(reason)


def _model(library: Library, model: str, facts: Facts) -> Model:
    properties = library.models[model]
    member = member_path("", properties["model"])
    if member not in library.archive.members:
        raise AssetError(f"no {member} in {library.path.name}")
    assert facts.size_m is not None
    return Model(
        name=model,
        archive=library.archive.below(posixpath.dirname(member)),
        member=member,
        rotation=properties.get("modelRotation"),
        size_m=facts.size_m,
        is_lamp=is_lamp(properties),
    )


def _set_aside(model: str, path: Path, reason: str) -> SetAside:
    return SetAside(asset_id(model), str(path), one_line(reason))
