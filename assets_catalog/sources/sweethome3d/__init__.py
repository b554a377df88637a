"""Sweet Home 3D's furniture libraries (.sh3f): the default real catalog, from Debian's package.

Models, creators and licences (CC0, CC-BY 3.0) come from the libraries as they are; nothing is unpacked. What is left
out, and why, stands in taxonomy.yaml; beside that, models without sane properties.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import MappingProxyType

from assets_catalog.catalog import Catalog
from assets_catalog.ingest.candidate import AddOptions, Candidate, SetAside
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.sweethome3d.library import Library, member_path, open_library
from assets_catalog.sources.sweethome3d.models import load_model, parse_rotation
from assets_catalog.sources.sweethome3d.records import SOURCE, is_lamp, library_records
from assets_catalog.taxonomy import load_taxonomy
from schemas.errors import CatalogError, did_you_mean

DEFAULT_FOLDER = Path("/usr/share/sweethome3d/furniture")


def open_sweethome3d(path: Path | None) -> Catalog:
    """Returns the catalog of the .sh3f libraries in a folder, or of one such file; None: where Debian puts them.

    Raises CatalogError when there is none, one can't be read, or one states no licence we know.
    """
    records: dict[str, AssetRecord] = {}
    origins: dict[str, tuple[Library, str]] = {}
    for library_path in library_paths(path if path is not None else DEFAULT_FOLDER):
        library = open_library(library_path)
        for model, record in library_records(library, _file_sha256(library_path), load_taxonomy()):
            if record.asset_id in records:
                raise CatalogError(f"{library_path} and {origins[record.asset_id][0].path} both hold {record.asset_id}")
            records[record.asset_id] = record
            origins[record.asset_id] = library, model

    def load(asset_id: str) -> AssetMesh:
        if asset_id not in records:
            raise CatalogError(f"catalog '{SOURCE}' has no asset '{asset_id}'{did_you_mean(asset_id, records)}")
        library, model = origins[asset_id]
        properties = library.models[model]
        return load_model(
            path=library.path,
            member=member_path("", properties["model"]),
            rotation=parse_rotation(model, properties.get("modelRotation")),
            size_m=records[asset_id].size_m,
            is_lamp=is_lamp(properties),
        )

    return Catalog(source=SOURCE, records=MappingProxyType(dict(sorted(records.items()))), load=load)


def library_paths(path: Path) -> Sequence[Path]:
    """Returns the .sh3f files of a folder, sorted, or the file itself. Raises CatalogError when there is none."""
    found = [path] if path.is_file() else sorted(path.glob("*.sh3f"))
    if not found:
        raise CatalogError(
            f"no .sh3f furniture library in {path}: install Debian's package "
            "(apt-get install sweethome3d-furniture), or choose --catalog builtin"
        )
    return found


def _file_sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def list_sweethome3d(path: Path | None, options: AddOptions) -> Iterable[Candidate | SetAside]:
    """Lists the models of the .sh3f libraries in a folder, or of one such file; None: where Debian puts them.

    Raises CatalogError when there is none.
    """
    raise NotImplementedError
