"""Catalog: the records of one source, and the way to load their meshes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from schemas.run_record import CatalogLock


@dataclass(frozen=True)
class Catalog:
    """What a run may place."""

    source: str
    records: Mapping[str, AssetRecord]
    """asset_id -> record, sorted by id."""
    load: Callable[[str], AssetMesh]
    """Loads and checks the mesh of an asset_id; raises AssetError, or CatalogError for an id that is none of its."""

    def lock(self) -> CatalogLock:
        """Returns ids and hashes, for the run record."""
        return CatalogLock(
            source=self.source, assets={asset_id: record.sha256 for asset_id, record in self.records.items()}
        )
