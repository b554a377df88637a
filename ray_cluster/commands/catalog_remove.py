"""`scenegen catalog remove`: assets leave a catalog, all that are named or none."""

from collections.abc import Sequence

from assets_catalog.folder.remove import remove
from ray_cluster.commands.catalog_location import check_changeable
from ray_cluster.telling import plain


def run(location: str, asset_ids: Sequence[str]) -> list[str]:
    """Returns a line for each asset that was removed."""
    check_changeable(location)
    remove(location, asset_ids)
    return [plain(f"removed {asset_id}") for asset_id in dict.fromkeys(asset_ids)]
