"""Sources of assets: one file each, one line each in SOURCES."""

from collections.abc import Callable
from pathlib import Path

from assets_catalog.catalog import Catalog
from assets_catalog.sources.builtin import open_builtin
from assets_catalog.sources.sweethome3d import open_sweethome3d
from schemas.errors import CatalogError, did_you_mean

SOURCES: dict[str, Callable[[Path | None], Catalog]] = {
    "builtin": open_builtin,
    "sweethome3d": open_sweethome3d,
}
"""Name -> opener. The path says where the source's files lie; None: where its package puts them."""


def open_catalog(source: str, path: Path | None = None) -> Catalog:
    """Returns the catalog of a source. Raises CatalogError for an unknown source or one that can't be opened."""
    if source not in SOURCES:
        raise CatalogError(f"no catalog '{source}'; there are: {', '.join(SOURCES)}{did_you_mean(source, SOURCES)}")
    return SOURCES[source](path)
