"""Papers of a dataset: README.md (the card), ATTRIBUTION.md and assets.json, brought up to date at the end of each run.

All speak of what is committed, no more: where that is nothing, there are none. What would not change is not written:
a finished run may lie on a file system that is read-only.
"""

from assets_catalog.attribution import attribution
from ray_cluster.credits import Credits
from ray_cluster.holdings import Holdings, holdings
from ray_cluster.storage import Storage, open_storage
from scenegen.dataset.assets_used import ASSETS_FILE, assets_used_json
from scenegen.dataset.card import card
from scenegen.dataset.places import Located


def write_papers(out: Located, credits_of: Credits) -> Holdings:
    """Writes the papers, and returns what they speak of.

    Raises as `holdings`, `Storage.replace` and `credits_of` do, the last before any is written.
    """
    held = holdings(out)
    storage = open_storage(out)
    if held.units:
        used = credits_of(sorted(held.asset_ids))
        _update(storage, "README.md", card(held.records, [*held.splits], held.triplets, held.frames).encode())
        _update(storage, "ATTRIBUTION.md", attribution(used).encode())
        _update(storage, ASSETS_FILE, assets_used_json(used))
    storage.sweep()
    return held


def _update(storage: Storage, path: str, data: bytes) -> None:
    there = storage.root / path
    if not (there.is_file() and there.read_bytes() == data):
        storage.replace(path, data)
