"""Locations: what a user writes to say where a catalog lies, a folder or the URL of a bucket; and the place meant."""

from functools import cache
from pathlib import Path

from assets_catalog.folder.bucket import Bucket, open_bucket
from assets_catalog.folder.local import LocalFolder
from assets_catalog.folder.place import Place
from schemas.errors import CatalogError, did_you_mean

_BUCKETS = ("s3", "gs", "az")
_KNOWN_BY_NAME = "builtin"


def open_place(location: str) -> Place:
    """Returns the place; opens nothing yet. Raises CatalogError for a URL of a kind that is unknown."""
    scheme, mark, rest = location.partition("://")
    if not mark:
        return LocalFolder(location)
    if scheme == "file":
        return LocalFolder(rest)
    if scheme == "memory":
        return _in_memory(location.rstrip("/"))
    if scheme not in _BUCKETS:
        allowed = (*_BUCKETS, "file", "memory")
        kinds = " ".join(f"{known}://" for known in allowed)
        nearest = did_you_mean(scheme, allowed)
        raise CatalogError(f"catalog '{location}': unknown '{scheme}://'{nearest}; must be a folder or one of {kinds}")
    return open_bucket(location.rstrip("/"))


def catalog_name(location: str) -> str:
    """Returns the last part of a location, by which a run's record knows the catalog."""
    scheme, mark, rest = location.partition("://")
    if mark:
        return rest.rstrip("/").rpartition("/")[2] or scheme
    return Path(location).absolute().name or "catalog"


def nothing_there(location: str) -> CatalogError:
    """Returns the fault of a location where there is no folder, with the nearest that there is."""
    path = Path(location).absolute()
    if path.exists():
        return CatalogError(f"catalog '{location}' is no folder")
    try:
        beside = [folder.name for folder in path.parent.iterdir() if folder.is_dir()]
    except OSError:
        beside = []
    nearest = did_you_mean(path.name, [_KNOWN_BY_NAME, *sorted(beside)])
    return CatalogError(f"no catalog at '{location}': there is no such folder{nearest}")


@cache
def _in_memory(location: str) -> Bucket:
    """Returns a bucket that lives as long as the process: the same for the same location."""
    return open_bucket(location)
