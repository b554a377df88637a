"""Objects: the files that a catalog keeps of its entries, each named by its content, '<sha256>.<ending>'."""

import hashlib
import re
from collections.abc import Mapping

from assets_catalog.record import AssetRecord, Entry, MapRole, TextureRecord

_NAME = re.compile(r"[0-9a-f]{64}\.(?:glb|png|jpg|exr)")


def is_object_name(name: str) -> bool:
    """Whether a name can be that of an object; any other would lead elsewhere."""
    return _NAME.fullmatch(name) is not None


def object_name(content: bytes, ending: str) -> str:
    """Returns the name of a content; `ending` with its dot."""
    return f"{hashlib.sha256(content).hexdigest()}{ending}"


def is_named_by(content: bytes, name: str) -> bool:
    """Whether the name of an object is that of the content."""
    return name.partition(".")[0] == hashlib.sha256(content).hexdigest()


def object_names(entry: Entry) -> tuple[str, ...]:
    """Returns the objects that an entry needs, sorted."""
    if isinstance(entry, TextureRecord):
        return tuple(sorted(set(entry.maps.values())))
    ending = "glb" if isinstance(entry, AssetRecord) else "exr"
    return (f"{entry.sha256}.{ending}",)


def content_of_maps(maps: Mapping[MapRole, str]) -> str:
    """Returns the sha256 of a texture set: over the sorted lines 'role name' of its maps."""
    lines = sorted(f"{role} {name}" for role, name in maps.items())
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
