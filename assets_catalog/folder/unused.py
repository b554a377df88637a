"""Files that nothing in the index needs any more."""

import json
from collections.abc import Iterable

import pyarrow as pa

from assets_catalog.folder.index_file import index_or_none
from assets_catalog.folder.layout import object_path, thumbnail_path
from assets_catalog.folder.place import Place
from assets_catalog.index import chosen
from assets_catalog.objects import object_names
from assets_catalog.record import Entry


def used_objects(index: pa.Table) -> set[str]:
    """Returns the names of all objects that an index needs."""
    endings = (("model", "glb"), ("environment", "exr"))
    used = {f"{sha256}.{ending}" for kind, ending in endings for sha256 in _hashes(chosen(index, "kind", [kind]))}
    textures = chosen(index, "kind", ["texture"])["record"].to_pylist()
    return used.union(*(json.loads(record)["maps"].values() for record in textures))


def drop_unused(place: Place, gone: Iterable[Entry]) -> None:
    """Removes the files of entries that left the index, but those that others need; the caller has the turn."""
    entries = list(gone)
    if not entries:
        return
    index = index_or_none(place).table
    used, shown = used_objects(index), set(_hashes(index))
    for entry in entries:
        for name in object_names(entry):
            if name not in used:
                place.delete(object_path(name))
        if entry.sha256 not in shown:
            place.delete(thumbnail_path(entry.sha256))


def _hashes(index: pa.Table) -> list[str]:
    hashes: list[str] = index["sha256"].to_pylist()
    return hashes
