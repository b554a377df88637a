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
    catalog = open_catalog(location).only(lock.assets)
    differing = _differing(lock, catalog)
    if differing:
        names = first_few(differing, _DIFFERENCES_SHOWN)
        raise CatalogError(f"catalog '{location}' is not the one of the run's record; they differ in {names}")
    return catalog


def without_newer(catalog: Catalog, lock: CatalogLock) -> Catalog:
    """Returns what a run is locked to where the catalog of that name still has all of it, else the whole catalog."""
    older = catalog.only(lock.assets)
    return older if catalog.name == lock.catalog and not _differing(lock, older) else catalog


def _differing(lock: CatalogLock, catalog: Catalog) -> list[str]:
    """Returns the ids of what is gone from a catalog or has changed, sorted."""
    there = catalog.lock().assets
    return sorted(asset_id for asset_id, sha256 in lock.assets.items() if there.get(asset_id) != sha256)
