"""Thumbnails of a catalog: one for each content, kept beside the objects; they may be missing."""

from collections.abc import Iterable

from assets_catalog.folder.layout import THUMBNAILS, thumbnail_path
from assets_catalog.folder.locations import open_place
from assets_catalog.record import AnyRecord


def lacking_thumbnails(location: str, records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """Returns those of the records that have no thumbnail."""
    there = set(open_place(location).names(THUMBNAILS))
    return [record for record in records if f"{record.sha256}.png" not in there]


def thumbnail_of(location: str, record: AnyRecord) -> bytes | None:
    """Returns the thumbnail of a record, a PNG, if there is one."""
    return open_place(location).read(thumbnail_path(record.sha256))


def keep_thumbnail(location: str, record: AnyRecord, png: bytes) -> None:
    """Puts the thumbnail of a record."""
    place = open_place(location)
    with place.turn():
        place.put(thumbnail_path(record.sha256), png)
