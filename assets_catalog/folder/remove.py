"""Removing from a catalog: the index first, then the files that nothing needs any more."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from assets_catalog.folder.index_file import StoredIndex, change_index, index_at
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.unused import drop_unused
from assets_catalog.index import Records, chosen
from assets_catalog.record import Entry
from schemas.errors import CatalogError, did_you_mean


def remove(location: str, asset_ids: Sequence[str]) -> None:
    """Removes assets, all or none. Raises CatalogError for an id that isn't there, and where `open_folder` does.

    A removed asset that is added again comes to the split that it had, unless all that it looked like is gone too.
    """
    place = open_place(location)
    index_at(place)
    gone: list[Entry] = []

    def change(stored: StoredIndex) -> pa.Table:
        nonlocal gone
        _check_there(location, asset_ids, stored.table)
        gone = list(Records(chosen(stored.table, "asset_id", asset_ids)).values())
        return stored.table.filter(pc.invert(pc.is_in(stored.table["asset_id"], value_set=pa.array(asset_ids))))

    with place.turn():
        change_index(place, change)
        drop_unused(place, gone)


def _check_there(location: str, asset_ids: Sequence[str], index: pa.Table) -> None:
    there = index["asset_id"].to_pylist()
    for asset_id in sorted(set(asset_ids) - set(there)):
        raise CatalogError(f"catalog '{location}' has no asset '{asset_id}'{did_you_mean(asset_id, there)}")
