"""Locations: what a user writes to say where a catalog lies, a folder or the URL of a bucket; and the place meant."""

from pathlib import Path

from assets_catalog.folder.bucket import open_bucket
from assets_catalog.folder.layout import INDEX
from assets_catalog.folder.local import LocalFolder
from assets_catalog.folder.place import Place
from assets_catalog.object_store import check_url, shown
from schemas.errors import CatalogError, did_you_mean

_KNOWN_BY_NAME = "builtin"


def open_place(location: str) -> Place:
    """Returns the place; opens nothing yet. Raises CatalogError for a URL of a kind that is unknown."""
    scheme, mark, rest = location.partition("://")
    if location in {"", "file://"}:
        raise CatalogError(f"catalog '{location}' names no place: give a folder or URL")
    if not mark:
        return LocalFolder(location)
    if scheme == "file":
        return LocalFolder(rest)
    try:
        check_url(location)
    except ValueError as error:
        raise CatalogError(f"catalog '{shown(location)}': {error}") from error
    return open_bucket(location.rstrip("/"))


def catalog_name(location: str) -> str:
    """Returns the last part of a location, by which a run's record knows the catalog."""
    scheme, mark, rest = location.partition("://")
    if mark:
        return rest.rstrip("/").rpartition("/")[2] or scheme
    return Path(location).absolute().name or "catalog"


def nothing_there(location: str) -> CatalogError:
    """Returns the fault of a location where there is no folder, with the nearest catalog, or how to fill one."""
    path = Path(location).absolute()
    if path.exists():
        return CatalogError(f"catalog '{location}' is no folder")
    nearest = did_you_mean(path.name, [_KNOWN_BY_NAME, *_catalogs_in(path.parent)])
    hint = nearest or f"; fill one: scenegen catalog add SOURCE --catalog {location}"
    return CatalogError(f"no catalog at '{location}': there is no such folder{hint}")


def _catalogs_in(folder: Path) -> list[str]:
    try:
        return sorted(below.name for below in folder.iterdir() if (below / INDEX).is_file())
    except OSError:
        return []
