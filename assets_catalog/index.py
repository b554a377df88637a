"""The index of a catalog: one Arrow table, a row for each asset, sorted by id.

What is filtered by has a column of its own; the record stands beside them as JSON and is read only when it is looked
at, so that a catalog of a hundred thousand assets opens and filters at once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from assets_catalog.record import ANY_RECORD, AnyRecord, AssetRecord, Entry

INDEX_COLUMNS = pa.schema(
    [
        pa.field("asset_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("class_name", pa.string(), nullable=False),
        pa.field("placement", pa.string(), nullable=False),
        pa.field("split", pa.string(), nullable=False),
        pa.field("license", pa.string(), nullable=False),
        pa.field("sha256", pa.string(), nullable=False),
        pa.field("record", pa.string(), nullable=False),
    ]
)
"""`class_name` is a texture's substance and an environment's place; `record` is the whole record as JSON."""

_CLASS_FIELD = {"model": "class_name", "texture": "substance", "environment": "place"}


def index_of(records: Iterable[Entry]) -> pa.Table:
    """Returns the index of some records. Of two with one id, the later stays."""
    by_id = {record.asset_id: record for record in records}
    return pa.Table.from_pylist([_row(by_id[asset_id]) for asset_id in sorted(by_id)], schema=INDEX_COLUMNS)


def chosen(index: pa.Table, column: str, values: Sequence[str]) -> pa.Table:
    """Returns the rows whose `column` is one of `values`."""
    return index.filter(pc.is_in(index[column], value_set=pa.array(values, pa.string())))


class Records(Mapping[str, AnyRecord]):
    """asset_id -> record, in the order of ids; each is read when it is first looked at."""

    def __init__(self, index: pa.Table) -> None:
        self._rows = {asset_id: row for row, asset_id in enumerate(index["asset_id"].to_pylist())}
        self._json = index["record"].combine_chunks()
        self._read: dict[str, AnyRecord] = {}

    def __getitem__(self, asset_id: str) -> AnyRecord:
        if asset_id not in self._read:
            self._read[asset_id] = ANY_RECORD.validate_json(self._json[self._rows[asset_id]].as_py())
        return self._read[asset_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, asset_id: object) -> bool:
        return asset_id in self._rows


def _row(record: Entry) -> dict[str, str]:
    fields = record.model_dump(include={"asset_id", "kind", "split", "license", "sha256"})
    named = getattr(record, _CLASS_FIELD[fields["kind"]])
    placement = record.placement if isinstance(record, AssetRecord) else ""
    return fields | {"class_name": named, "placement": placement, "record": record.model_dump_json()}
