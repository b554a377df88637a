"""All shapes of builtin, drawn once."""

import pytest

from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.builtin import open_builtin

_EACH = 7
"""One in so many of the drawn shapes is looked at, beside the first of each family."""


@pytest.fixture(scope="session")
def entries() -> list[tuple[AssetRecord, AssetMesh]]:
    """Returns shapes of every family with their records."""
    catalog = open_builtin()
    firsts = {asset_id.rpartition("-")[0]: asset_id for asset_id in reversed(list(catalog.records))}
    chosen = {*firsts.values(), *list(catalog.records)[::_EACH]}
    return [(record, catalog.load(asset_id)) for asset_id, record in catalog.records.items() if asset_id in chosen]
