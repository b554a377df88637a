"""Papers of a dataset: README.md (the card), ATTRIBUTION.md and assets.json, brought up to date at the end of each run.

All speak of what is committed, no more: where that is nothing, there are none. What would not change is not written:
a finished run may lie on a file system that is read-only.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from obstore.store import LocalStore

from assets_catalog.attribution import attribution
from assets_catalog.catalog import Catalog
from assets_catalog.index import Records, chosen
from assets_catalog.record import Entry
from ray_cluster.storage import drop_staging, replace, root_of
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset, assets_used_json
from scenegen.dataset.card import card
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import read_column
from scenegen.dataset.reader import committed_units
from schemas.run_record import RunRecord


def write_papers(out: Path, record: RunRecord, catalog: Catalog) -> None:
    """Writes the papers; raises as `storage.replace` does."""
    files = committed_units(out)
    store = LocalStore(out)
    if files:
        records, class_names = _assets_used(files, catalog)
        _update(store, "README.md", _card(files, record).encode())
        _update(store, "ATTRIBUTION.md", attribution(records.values()).encode())
        used = {asset_id: _used(entry, class_names[asset_id]) for asset_id, entry in records.items()}
        _update(store, ASSETS_FILE, assets_used_json(used))
    drop_staging(store)


def _update(store: LocalStore, path: str, data: bytes) -> None:
    there = root_of(store) / path
    if not (there.is_file() and there.read_bytes() == data):
        replace(store, path, data)


def _card(files: Sequence[Path], record: RunRecord) -> str:
    splits = sorted({path.parent.name for path in files})
    footers = [unit_footer(path) for path in files]
    frame_count = sum(len(footer.unit.frame_ids(record.spec)) for footer in footers)
    return card(record, splits, sum(footer.rows for footer in footers), frame_count)


def _assets_used(files: Sequence[Path], catalog: Catalog) -> tuple[Mapping[str, Entry], Mapping[str, str]]:
    """Returns records and classes of exactly the assets that stand in a committed scene, of whatever kind."""
    rows = (row for path in files for row in read_column(path, "asset_ids"))
    asset_ids = {asset_id for row in rows for asset_id in row}
    index = chosen(catalog.index, "asset_id", sorted(asset_ids))
    class_names = zip(index["asset_id"].to_pylist(), index["class_name"].to_pylist(), strict=True)
    return Records(index), dict(class_names)


def _used(entry: Entry, class_name: str) -> UsedAsset:
    fields = set(UsedAsset.model_fields) - {"class_name"}
    return UsedAsset(class_name=class_name, **entry.model_dump(include=fields))
