"""Where a catalog keeps what: names of its files, relative to its location."""

import hashlib
import re

from assets_catalog.record import AssetRecord, Entry, TextureRecord

INDEX = "index.parquet"
SET_ASIDE = "set_aside.parquet"
LOCK = "catalog.lock"
OBJECTS = "objects"
THUMBNAILS = "thumbnails"

_OBJECT = re.compile(r"[0-9a-f]{64}\.(glb|png|jpg|exr)")


def is_object_name(name: str) -> bool:
    """Whether a name can be that of an object; any other would lead elsewhere."""
    return _OBJECT.fullmatch(name) is not None


def object_path(name: str) -> str:
    """Returns where an object lies."""
    return f"{OBJECTS}/{name}"


def thumbnail_path(sha256: str) -> str:
    """Returns where the thumbnail of the entry with that content lies, if there is one."""
    return f"{THUMBNAILS}/{sha256}.png"


def object_names(entry: Entry) -> tuple[str, ...]:
    """Returns the objects that an entry needs, sorted."""
    if isinstance(entry, TextureRecord):
        return tuple(sorted(set(entry.maps.values())))
    ending = "glb" if isinstance(entry, AssetRecord) else "exr"
    return (f"{entry.sha256}.{ending}",)


def content_of_maps(record: TextureRecord) -> str:
    """Returns the sha256 over the sorted lines 'role name' of a texture set."""
    lines = sorted(f"{role} {name}" for role, name in record.maps.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
