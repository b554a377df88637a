"""The index as a file: Parquet with zstd and page checksums, columns as in `assets_catalog.index`, sorted by id.

Equal rows give equal bytes. Whatever a damaged file makes pyarrow raise becomes a CatalogError that names it.
"""

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets_catalog.folder.layout import INDEX, LOCK, OBJECTS
from assets_catalog.folder.locations import nothing_there
from assets_catalog.folder.place import Place, Seen
from assets_catalog.index import INDEX_COLUMNS, index_of
from assets_catalog.locking import locked
from assets_catalog.record import Entry
from schemas.errors import CatalogError, first_line

INDEX_VERSION = "1"
"""Raised when the meaning of a column or of a record's field changes."""

UNREADABLE = (OSError, ValueError, LookupError, TypeError, OverflowError, MemoryError, pa.ArrowException)
"""What pyarrow raises at a damaged file."""

_VERSION_KEY = b"scenegen_catalog"
_FEW_VALUES = ["kind", "class_name", "placement", "split", "license"]
_TRIES = 50
_WAIT_S = 0.1


@dataclass(frozen=True)
class StoredIndex:
    """An index and the file that it was read from; no rows where there was no file."""

    table: pa.Table
    seen: Seen


def index_at(place: Place) -> StoredIndex:
    """Returns the index of a catalog; raises CatalogError where there is none, or one that can't be relied on."""
    if not place.exists():
        raise nothing_there(place.location)
    stored = index_or_none(place)
    if stored.seen.data is None:
        if next(iter(place.names(OBJECTS)), None) is not None:
            raise CatalogError(f"{place.location} has objects, but its {INDEX} is gone: bring it back, or fill another")
        hint = f"fill one: scenegen catalog add SOURCE --catalog {place.location}"
        raise CatalogError(f"{place.location} is no catalog: it has no {INDEX}; {hint}")
    return stored


def index_or_none(place: Place) -> StoredIndex:
    """Returns the index, empty where there is none yet; raises CatalogError for a damaged one."""
    seen = place.see(INDEX)
    if seen.data is None:
        return StoredIndex(INDEX_COLUMNS.empty_table(), seen)
    return StoredIndex(_decoded(seen.data, f"{place.location}/{INDEX}"), seen)


def change_index(place: Place, change: Callable[[StoredIndex], pa.Table]) -> None:
    """Replaces the index by what `change` makes of it, and `catalog.lock`; the caller has the place's turn.

    `change` is called again with a fresh index where another process was first; where it returns the table that it was
    given, nothing is written.
    """
    for _ in range(_TRIES):
        stored = index_or_none(place)
        table = change(stored)
        unchanged = table is stored.table and stored.seen.data is not None
        if unchanged or place.swap(INDEX, index_bytes(table), stored.seen):
            _write_lock(place)
            return
        time.sleep(_WAIT_S)
    raise CatalogError(f"{place.location}: others change its index all the time; try again later")


def sharing_records(index: pa.Table) -> pa.Table:
    """Returns the index with its records as a dictionary: what is filtered from it shares them and copies none."""
    column = index.column_names.index("record")
    rows = pa.array(range(len(index)), pa.int32())
    records = pa.DictionaryArray.from_arrays(rows, index["record"].combine_chunks())
    return index.set_column(column, pa.field("record", records.type, nullable=False), records)


def with_records(index: pa.Table, records: Iterable[Entry]) -> pa.Table:
    """Returns the index with some records, in place of those that have their ids."""
    fresh = index_of(records)
    others = index.filter(pc.invert(pc.is_in(index["asset_id"], value_set=fresh["asset_id"].combine_chunks())))
    return pa.concat_tables([others, fresh]).sort_by("asset_id")


def index_bytes(table: pa.Table) -> bytes:
    """Returns an index as a file."""
    sink = pa.BufferOutputStream()
    pq.write_table(
        table.cast(INDEX_COLUMNS).combine_chunks().replace_schema_metadata({_VERSION_KEY: INDEX_VERSION}),
        sink,
        row_group_size=16_384,
        compression="zstd",
        use_dictionary=_FEW_VALUES,
        write_statistics=False,
        write_page_checksum=True,
    )
    return bytes(sink.getvalue())


def lock_bytes(table: pa.Table) -> bytes:
    """Returns ids and hashes of an index as JSON, one asset a line."""
    return f"{json.dumps(locked(table), indent=0, sort_keys=True)}\n".encode()


def _write_lock(place: Place) -> None:
    """Writes `catalog.lock` until it is that of the index: in a bucket another process may change both meanwhile."""
    while place.read(LOCK) != (data := lock_bytes(index_or_none(place).table)):
        place.put(LOCK, data)


def _decoded(data: bytes, name: str) -> pa.Table:
    try:
        with pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True) as file:
            _check_version(file, name)
            groups = [file.read_row_group(group, use_threads=False) for group in range(file.num_row_groups)]
            table = pa.concat_tables(groups) if groups else INDEX_COLUMNS.empty_table()
            table.validate(full=True)
    except UNREADABLE as error:
        raise CatalogError(f"{name} is damaged: {first_line(error)}") from error
    ids = table["asset_id"]
    if not pc.all(pc.less(ids[:-1], ids[1:])).as_py() and len(ids) > 1:
        raise CatalogError(f"{name} is damaged: its rows are not sorted by id, each once")
    return table.replace_schema_metadata(None)


def _check_version(file: pq.ParquetFile, name: str) -> None:
    version = (file.metadata.metadata or {}).get(_VERSION_KEY)
    if version is None:
        raise CatalogError(f"{name} is no index of a catalog")
    if version.decode("utf-8", "replace") != INDEX_VERSION:
        raise CatalogError(
            f"{name} is of version {version.decode('ascii', 'replace')!r}, and this scenegen reads {INDEX_VERSION}: "
            "use the one that wrote it, or fill a new catalog"
        )
    if not file.schema_arrow.remove_metadata().equals(INDEX_COLUMNS):
        raise CatalogError(f"{name} is damaged: its columns are not those of version {INDEX_VERSION}")
