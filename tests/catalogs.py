"""Catalogs made by hand: a mesh and a name are enough."""

import hashlib
from collections.abc import Mapping

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord


def record_of(asset_id: str, sha256: str = "0" * 64) -> AssetRecord:
    """Returns a record that says as little as it can."""
    return AssetRecord(
        asset_id=asset_id,
        label="thing",
        class_name="box",
        size_m=(1.0, 1.0, 1.0),
        placement="floor",
        license="CC0-1.0",
        creator="tests",
        source="tests",
        sha256=sha256,
    )


def catalog_of(meshes: Mapping[str, AssetMesh] | None = None, name: str = "test") -> Catalog:
    """Returns a catalog of meshes by asset_id. Each has a hash of the catalog's name and its own."""
    given = meshes or {}
    digests = {asset_id: hashlib.sha256(f"{name}/{asset_id}".encode()).hexdigest() for asset_id in given}
    records = [record_of(asset_id, digest) for asset_id, digest in digests.items()]
    return Catalog.of(name, records, lambda record: given[record.asset_id])
