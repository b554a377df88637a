"""Papers of a dataset: README.md (the card), ATTRIBUTION.md and assets.json, brought up to date at the end of each run.

All speak of what is committed, no more: where that is nothing, there are none. What would not change is not written:
a finished run may lie on a file system that is read-only.
"""

from collections.abc import Sequence

from assets_catalog.attribution import attribution
from ray_cluster.credits import Credits
from ray_cluster.storage import Storage, open_storage
from scenegen.dataset.assets_used import ASSETS_FILE, assets_used_json
from scenegen.dataset.card import card
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import read_column
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from scenegen.dataset.reader import committed_units
from schemas.run_record import RunRecord


def write_papers(out: Located, record: RunRecord, credits_of: Credits) -> None:
    """Writes the papers; raises as `Storage.replace` and `credits_of` do, the latter before any is written."""
    files = committed_units(out)
    storage = open_storage(out)
    if files:
        used = credits_of(_asset_ids(files))
        _update(storage, "README.md", _card(files, record).encode())
        _update(storage, "ATTRIBUTION.md", attribution(used).encode())
        _update(storage, ASSETS_FILE, assets_used_json(used))
    storage.sweep()


def _update(storage: Storage, path: str, data: bytes) -> None:
    there = storage.root / path
    if not (there.is_file() and there.read_bytes() == data):
        storage.replace(path, data)


def _card(files: Sequence[Located], record: RunRecord) -> str:
    splits = sorted({path.parent.name for path in files})
    footers = [*each_of(files, unit_footer)]
    frame_count = sum(len(footer.unit.frame_ids(record.spec)) for footer in footers)
    return card(record, splits, sum(footer.rows for footer in footers), frame_count)


def _asset_ids(files: Sequence[Located]) -> list[str]:
    """Returns exactly the assets that stand in a committed scene, of whatever kind, sorted."""
    columns = each_of(files, lambda path: read_column(path, "asset_ids"))
    return sorted({asset_id for column in columns for row in column for asset_id in row})
