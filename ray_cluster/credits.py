"""Credits: what a dataset says of the assets that it uses, as its catalog or another dataset knows them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from assets_catalog.catalog import Catalog
from assets_catalog.index import Records, chosen
from assets_catalog.record import Entry
from scenegen.dataset.assets_used import ASSETS_FILE, UsedAsset, read_assets_used
from scenegen.dataset.places import Located
from schemas.errors import DatasetError, first_few

Credits: TypeAlias = Callable[[Sequence[str]], Mapping[str, UsedAsset]]
"""asset_ids, sorted -> what is said of each."""
_MISSING_SHOWN = 3


def credits_of_catalog(catalog: Catalog) -> Credits:
    """Returns the credits by the records of a catalog that has the assets."""

    def credits_of(asset_ids: Sequence[str]) -> Mapping[str, UsedAsset]:
        index = chosen(catalog.index, "asset_id", list(asset_ids))
        class_names = dict(zip(index["asset_id"].to_pylist(), index["class_name"].to_pylist(), strict=True))
        return {asset_id: _used(entry, class_names[asset_id]) for asset_id, entry in Records(index).items()}

    return credits_of


def credits_of_dataset(root: Located) -> Credits:
    """Returns the credits as a dataset has them; they raise DatasetError where it lacks one, or its file is damaged."""

    def credits_of(asset_ids: Sequence[str]) -> Mapping[str, UsedAsset]:
        known = read_assets_used(root)
        missing = [asset_id for asset_id in asset_ids if asset_id not in known]
        if missing:
            names = first_few(missing, _MISSING_SHOWN)
            raise DatasetError(
                f"{root / ASSETS_FILE} lacks {names}: the run has not come to its end; give its command again, "
                "and then this one, so that all assets are credited"
            )
        return {asset_id: known[asset_id] for asset_id in asset_ids}

    return credits_of


def _used(entry: Entry, class_name: str) -> UsedAsset:
    fields = set(UsedAsset.model_fields) - {"class_name"}
    return UsedAsset(class_name=class_name, **entry.model_dump(include=fields))
