"""Opening a catalog: the shapes that come with the package, or a folder or bucket filled by `scenegen catalog add`."""

from pathlib import Path

from assets_catalog.catalog import Catalog
from assets_catalog.folder import open_folder
from assets_catalog.sources.builtin import BUILTIN, open_builtin
from schemas.errors import CatalogError, first_few
from schemas.run_record import CatalogLock

_DIFFERENCES_SHOWN = 3


def absolute(location: str) -> str:
    """Returns a location that means the same from any folder: URLs and 'builtin' as they are."""
    return location if location == BUILTIN or "://" in location else str(Path(location).absolute())


def open_catalog(location: str) -> Catalog:
    """Returns the catalog at a folder or URL, or the one called 'builtin'. Raises CatalogError where there is none."""
    return open_builtin() if location == BUILTIN else open_folder(location)


def open_locked(lock: CatalogLock, location: str) -> Catalog:
    """Returns the assets that a run is locked to. Raises CatalogError where one is gone or has changed.

    What was added to the catalog since is left out.
    """
    if location == BUILTIN and lock.catalog != BUILTIN:
        raise CatalogError(f"the run was made from a catalog called '{lock.catalog}': say where it lies, --catalog DIR")
    catalog = open_catalog(location)
    there = catalog.lock().assets
    differing = sorted(asset_id for asset_id, sha256 in lock.assets.items() if there.get(asset_id) != sha256)
    if differing:
        names = first_few(differing, _DIFFERENCES_SHOWN)
        raise CatalogError(f"catalog '{location}' is not the one of the run's record; they differ in {names}")
    return catalog.only(lock.assets)
