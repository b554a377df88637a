"""Thumbnails of a catalog: one for each content, kept beside the objects; they may be missing."""

from assets_catalog.catalog import Catalog
from assets_catalog.folder.layout import THUMBNAILS, thumbnail_path
from assets_catalog.folder.locations import open_place
from assets_catalog.index import Records
from assets_catalog.record import Entry


def lacking_thumbnails(location: str, catalog: Catalog) -> list[Entry]:
    """Returns the entries of a catalog that have no thumbnail, in the order of ids."""
    there = set(open_place(location).names(THUMBNAILS))
    return [record for record in Records(catalog.index).values() if f"{record.sha256}.png" not in there]


def thumbnail_of(location: str, entry: Entry) -> bytes | None:
    """Returns the thumbnail of an entry, a PNG, if there is one."""
    return open_place(location).read(thumbnail_path(entry.sha256))


def keep_thumbnail(location: str, entry: Entry, png: bytes) -> None:
    """Puts the thumbnail of an entry."""
    place = open_place(location)
    with place.turn():
        place.put(thumbnail_path(entry.sha256), png)
