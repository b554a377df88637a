"""Papers of a dataset: README.md (the card), ATTRIBUTION.md and assets.json, brought up to date at the end of each run.

All speak of what is committed, no more: where that is nothing, there are none. What would not change is not written:
a finished run may lie on a file system that is read-only.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from obstore.store import LocalStore

from assets_catalog.attribution import attribution
from ray_cluster.credits import Credits
from ray_cluster.storage import drop_staging, replace, root_of
from scenegen.dataset.assets_used import ASSETS_FILE, assets_used_json
from scenegen.dataset.card import card
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import read_column
from scenegen.dataset.reader import committed_units
from schemas.run_record import RunRecord


def write_papers(out: Path, record: RunRecord, credits_of: Credits) -> None:
    """Writes the papers; raises as `storage.replace` and `credits_of` do, the latter before any is written."""
    files = committed_units(out)
    store = LocalStore(out)
    if files:
        used = credits_of(_asset_ids(files))
        _update(store, "README.md", _card(files, record).encode())
        _update(store, "ATTRIBUTION.md", attribution(used).encode())
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


def _asset_ids(files: Iterable[Path]) -> list[str]:
    """Returns exactly the assets that stand in a committed scene, of whatever kind, sorted."""
    rows = (row for path in files for row in read_column(path, "asset_ids"))
    return sorted({asset_id for row in rows for asset_id in row})
