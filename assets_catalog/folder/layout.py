"""Where a catalog keeps what: names of its files, relative to its location."""

INDEX = "index.parquet"
SET_ASIDE = "set_aside.parquet"
LOCK = "catalog.lock"
OBJECTS = "objects"
THUMBNAILS = "thumbnails"


def object_path(name: str) -> str:
    """Returns where an object lies."""
    return f"{OBJECTS}/{name}"


def thumbnail_path(sha256: str) -> str:
    """Returns where the thumbnail of the entry with that content lies, if there is one."""
    return f"{THUMBNAILS}/{sha256}.png"
