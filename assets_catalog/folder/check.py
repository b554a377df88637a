"""Checking a catalog: every row against its record, every file against its hash and its record, and nothing besides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from assets_catalog.folder.check_objects import entry_faults
from assets_catalog.folder.index_file import index_at, lock_bytes
from assets_catalog.folder.layout import LOCK, OBJECTS, THUMBNAILS
from assets_catalog.folder.locations import open_place
from assets_catalog.folder.place import Place
from assets_catalog.folder.set_aside_file import set_aside_at
from assets_catalog.folder.unused import used_objects
from assets_catalog.index import index_of
from assets_catalog.record import ANY_RECORD, AnyRecord
from assets_catalog.splits import split_of_group
from schemas.errors import CatalogError
from schemas.model import first_fault


@dataclass(frozen=True)
class Fault:
    """What is off, and where."""

    where: str
    """An asset's id or a file's path, relative to the catalog."""
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check(location: str, on_asset: Callable[[int, int], None] = lambda done, rows: None) -> Iterator[Fault]:
    """Yields every fault; `on_asset` hears how many of how many assets are looked through.

    Raises CatalogError where there is no catalog, or its index itself can't be read: then nothing can be told.
    """
    place = open_place(location)
    index = index_at(place).table
    rows = index.to_pylist()
    for done, row in enumerate(rows, 1):
        for what in _row_faults(place, row):
            yield Fault(row["asset_id"], what)
        on_asset(done, len(rows))
    yield from _orphans(place, OBJECTS, used_objects(index))
    yield from _orphans(place, THUMBNAILS, {f"{row['sha256']}.png" for row in rows})
    if place.read(LOCK) != lock_bytes(index):
        yield Fault(LOCK, "is not of this index; the next add or remove writes it anew")
    try:
        set_aside_at(place)
    except CatalogError as error:
        yield Fault(location, str(error))


def _row_faults(place: Place, row: dict[str, str]) -> Iterator[str]:
    try:
        record: AnyRecord = ANY_RECORD.validate_json(row["record"])
    except ValidationError as error:
        yield f"its record can't be read: {first_fault(error)}"
        return
    derived = index_of([record]).to_pylist()[0]
    yield from (
        f"its record says {name} {derived[name]!r}, its row {row[name]!r}"
        for name in row
        if name != "record" and row[name] != derived[name]
    )
    if record.split != split_of_group(record.group):
        yield f"its split is {record.split}, that of its group is {split_of_group(record.group)}"
    yield from entry_faults(place, record)


def _orphans(place: Place, folder: str, used: set[str]) -> Iterator[Fault]:
    for name in sorted(set(place.names(folder)) - used):
        yield Fault(f"{folder}/{name}", "no asset of the index needs it")
