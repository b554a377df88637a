"""Where a catalog may be changed."""

from assets_catalog.sources.builtin import BUILTIN
from schemas.errors import CatalogError


def check_changeable(location: str) -> None:
    """Raises CatalogError for the catalog that comes with the package, and for one in memory."""
    if location == BUILTIN:
        raise CatalogError(f"catalog '{BUILTIN}' comes with the package and is always the same: give a folder or URL")
    if location.startswith("memory:"):
        raise CatalogError(f"catalog '{location}' would be gone when the command ends: give a folder or URL")
