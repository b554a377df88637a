"""Catalogs and records made by hand: a mesh and a name are enough."""

import hashlib
from collections.abc import Mapping
from typing import Any

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, EnvironmentRecord, TextureRecord

_ENTRY: Mapping[str, Any] = {
    "label": "thing",
    "license": "CC0-1.0",
    "creator": "tests",
    "source": "tests",
    "sha256": "0" * 64,
}


def record_of(asset_id: str, **stated: Any) -> AssetRecord:
    """Returns a record that says as little as it can, beside what is stated."""
    fields = {"class_name": "box", "size_m": (1.0, 1.0, 1.0), "placement": "floor"}
    return AssetRecord(asset_id=asset_id, **{**_ENTRY, **fields, **stated})


def texture_of(asset_id: str, **stated: Any) -> TextureRecord:
    """Returns the record of a set of red bricks, beside what is stated."""
    fields = {"substance": "brick", "color_name": "red", "color": (0.6, 0.2, 0.1), "maps": {"color": f"{'2' * 64}.png"}}
    size = {"size_m": (1.0, 1.0), "width_px": 8, "height_px": 8}
    return TextureRecord(asset_id=asset_id, **{**_ENTRY, **fields, **size, **stated})


def environment_of(asset_id: str, **stated: Any) -> EnvironmentRecord:
    """Returns the record of an overcast sky, beside what is stated."""
    light = {"mean_luminance": 1.0, "contrast": 9.0, "brightest": (0.0, 1.0)}
    size = {"width_px": 64, "height_px": 32}
    return EnvironmentRecord(asset_id=asset_id, **{**_ENTRY, "place": "outdoors", **light, **size, **stated})


def catalog_of(meshes: Mapping[str, AssetMesh] | None = None, name: str = "test") -> Catalog:
    """Returns a catalog of meshes by asset_id. Each has a hash of the catalog's name and its own."""
    given = meshes or {}
    digests = {asset_id: hashlib.sha256(f"{name}/{asset_id}".encode()).hexdigest() for asset_id in given}
    records = [record_of(asset_id, sha256=digest) for asset_id, digest in digests.items()]
    return Catalog.of(name, records, lambda record: given[record.asset_id])
