"""What was set aside, as a file: which asset of which source, and why. Of each source, the last add counts."""

import time
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from assets_catalog.folder.index_file import UNREADABLE
from assets_catalog.folder.layout import SET_ASIDE
from assets_catalog.folder.place import Place, Seen
from assets_catalog.ingest.candidate import SetAside
from schemas.errors import CatalogError, first_line

SET_ASIDE_COLUMNS = pa.schema(
    [pa.field(name, pa.string(), nullable=False) for name in ("asset_id", "file", "reason", "source")]
)
_TRIES = 50
_WAIT_S = 0.1


def set_aside_at(place: Place) -> pa.Table:
    """Returns the list, empty where there is none; raises CatalogError for a damaged one."""
    return _decoded(place, place.see(SET_ASIDE))


def replace_set_aside(place: Place, source: str, outcomes: Iterable[SetAside]) -> None:
    """Replaces the rows of a source; the caller has the place's turn. What would not change is not written."""
    fresh = _rows(source, outcomes)
    for _ in range(_TRIES):
        seen = place.see(SET_ASIDE)
        stored = _decoded(place, seen)
        table = pa.concat_tables([stored.filter(pc.not_equal(stored["source"], source)), fresh])
        data = _encoded(table.sort_by([("source", "ascending"), ("asset_id", "ascending"), ("file", "ascending")]))
        nothing_yet = seen.data is None and not len(table)
        if nothing_yet or data == seen.data or place.swap(SET_ASIDE, data, seen):
            return
        time.sleep(_WAIT_S)
    raise CatalogError(f"{place.location}: others change its {SET_ASIDE} all the time; try again later")


def _rows(source: str, outcomes: Iterable[SetAside]) -> pa.Table:
    rows = [
        {"asset_id": each.asset_id, "file": each.file, "reason": each.reason, "source": source} for each in outcomes
    ]
    readable = [{name: text.encode("utf-8", "replace").decode() for name, text in row.items()} for row in rows]
    return pa.Table.from_pylist(readable, schema=SET_ASIDE_COLUMNS)


def _encoded(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(table.combine_chunks(), sink, compression="zstd", write_page_checksum=True)
    return bytes(sink.getvalue())


def _decoded(place: Place, seen: Seen) -> pa.Table:
    if seen.data is None:
        return SET_ASIDE_COLUMNS.empty_table()
    name = f"{place.location}/{SET_ASIDE}"
    try:
        with pq.ParquetFile(pa.BufferReader(seen.data), page_checksum_verification=True) as file:
            table = file.read()
            table.validate(full=True)
    except UNREADABLE as error:
        raise CatalogError(f"{name} is damaged: {first_line(error)}; remove it: the next add writes it anew") from error
    if not table.schema.equals(SET_ASIDE_COLUMNS):
        raise CatalogError(f"{name} has other columns; remove it: the next add writes it anew")
    return table
