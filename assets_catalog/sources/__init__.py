"""Sources of assets: one file each, one line each in SOURCES."""

from collections.abc import Callable
from pathlib import Path

from assets_catalog.catalog import Catalog
from assets_catalog.sources.builtin import open_builtin
from assets_catalog.sources.sweethome3d import open_sweethome3d
from schemas.errors import CatalogError, did_you_mean, first_few
from schemas.run_record import CatalogLock

SOURCES: dict[str, Callable[[Path | None], Catalog]] = {
    "builtin": open_builtin,
    "sweethome3d": open_sweethome3d,
}
"""Name -> opener. The path says where the source's files lie; None: where its package puts them."""

_DIFFERENCES_SHOWN = 3


def open_catalog(source: str, path: Path | None = None) -> Catalog:
    """Returns the catalog of a source. Raises CatalogError for an unknown source or one that can't be opened."""
    if source not in SOURCES:
        raise CatalogError(f"no catalog '{source}'{did_you_mean(source, SOURCES)}; there are: {', '.join(SOURCES)}")
    return SOURCES[source](path)


def open_locked(lock: CatalogLock, path: Path | None = None) -> Catalog:
    """Returns the catalog that a run is locked to. Raises CatalogError where it can't be opened, or is another one."""
    catalog = open_catalog(lock.source, path)
    there = catalog.lock().assets
    differing = sorted({asset_id for asset_id, _ in there.items() ^ lock.assets.items()})
    if differing:
        names = first_few(differing, _DIFFERENCES_SHOWN)
        raise CatalogError(f"catalog '{lock.source}' is not the one of the run's record; they differ in {names}")
    return catalog
