"""Our Parquet files: one set of settings for triplets and frames, written in memory, read with their checksums.

Images (PNG, EXR) are compressed already: no compression, PLAIN, no dictionary, no statistics. All other columns: zstd
and dictionary. Row groups of 32 rows make one random row cost 3.5 ms; page index and page checksums are on, for
without the latter four flipped bits of five go unnoticed. Our own metadata stands beside the schema's under the key
`scenegen`.

Edges: whatever a damaged file makes pyarrow raise becomes a DatasetError that names the file, and so does what is no
regular file. Paths are made absolute, for pyarrow would take a folder named '~' for the home folder.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenegen.dataset.file_kind import irregular
from scenegen.dataset.places import Located
from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.places.object_file import ObjectFile
from schemas.errors import DatasetError, first_line

ROW_GROUP_ROWS = 32
FOOTER_KEY = "scenegen"
_IMAGE_LEAVES = ("image.bytes", "input_image.bytes", "edited_image.bytes", "exr")
_MAY_BE_EMPTY = ("path", "asset_id")
"""An image's path is for other readers; walls and other boxes have no asset."""
_UNREADABLE = (OSError, ValueError, LookupError, TypeError, OverflowError, MemoryError, pa.ArrowException)


def parquet_bytes(rows: list[dict[str, object]], columns: pa.Schema, metadata: Mapping[str, str]) -> bytes:
    """Returns the rows as a Parquet file; `metadata` joins that of `columns`."""
    sink = pa.BufferOutputStream()
    write_parquet(sink, [rows], columns, metadata)
    return bytes(sink.getvalue())


def write_parquet(
    sink: Any, parts: Iterable[list[dict[str, object]]], columns: pa.Schema, metadata: Mapping[str, str]
) -> None:
    """Writes the rows of all parts as one Parquet file into what pyarrow writes to; a part is held at a time.

    Parts but for the last must fill their row groups, then the bytes do not depend on how the rows were parted.
    """
    schema = columns.with_metadata({**(columns.metadata or {}), **metadata})
    leaves = [leaf for field in columns for leaf in _leaves(field, field.name)]
    plain = [leaf for leaf in leaves if leaf in _IMAGE_LEAVES]
    others = [leaf for leaf in leaves if leaf not in _IMAGE_LEAVES]
    with pq.ParquetWriter(
        sink,
        schema,
        compression={**dict.fromkeys(plain, "none"), **dict.fromkeys(others, "zstd")},
        use_dictionary=others,
        write_statistics=others,
        write_page_index=True,
        write_page_checksum=True,
    ) as writer:
        for rows in parts:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema), row_group_size=ROW_GROUP_ROWS)


class HashedSink(io.RawIOBase):
    """What is written to it is hashed and forgotten."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._bytes = 0

    @property
    def sha256(self) -> str:
        """Returns the hash of all that was written."""
        return self._hash.hexdigest()

    def writable(self) -> bool:
        """Says yes."""
        return True

    def tell(self) -> int:
        """Returns how many bytes were written."""
        return self._bytes

    def write(self, data: Any) -> int:
        """Takes bytes."""
        view = memoryview(data)
        self._hash.update(view)
        self._bytes += view.nbytes
        return view.nbytes


def metadata_of(path: Located) -> dict[str, str]:
    """Returns the key-value metadata of a file; raises DatasetError."""
    with _opened(path) as file:
        return _pairs(file)


def metadata_and_column(path: Located, name: str) -> tuple[dict[str, str], list[Any]]:
    """Returns what `metadata_of` and `read_column` return, of a file that is opened once; raises DatasetError."""
    with _opened(path) as file:
        return _pairs(file), _column(file, name)


def row_group_sizes(path: Located) -> list[int]:
    """Returns how many rows each row group of a file says it has; raises DatasetError."""
    with _opened(path) as file:
        return [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]


def column_bytes(path: Located) -> int:
    """Returns what the columns of a file take, without footer and indices; raises DatasetError."""
    with _opened(path) as file:
        groups = [file.metadata.row_group(group) for group in range(file.num_row_groups)]
        return sum(
            group.column(number).total_compressed_size for group in groups for number in range(group.num_columns)
        )


def read_index(path: Located, names: Sequence[str]) -> tuple[list[int], pa.Table]:
    """Returns how many rows each row group says it has, and some columns, all rows; raises DatasetError.

    One opening, so that a dataset of a thousand files is ready soon.
    """
    with _opened(path) as file:
        sizes = [file.metadata.row_group(group).num_rows for group in range(file.num_row_groups)]
        table = file.read(list(names), use_threads=False) if names else pa.table({})
        table.validate(full=True)
    if len(table.column_names) != len(names) or (names and len(table) != sum(sizes)):
        raise DatasetError(f"{path}: it has not the columns of this version: {', '.join(names)}")
    return sizes, table


def read_column(path: Located, name: str) -> list[Any]:
    """Returns one column, all rows, as Python values; raises DatasetError."""
    with _opened(path) as file:
        return _column(file, name)


def read_columns(path: Located, names: Sequence[str]) -> pa.Table:
    """Returns some columns, all rows; raises DatasetError, also where the file has no such column."""
    with _opened(path) as file:
        table = file.read(list(names), use_threads=False)
        table.validate(full=True)
    if missing := sorted(set(names) - set(table.column_names)):
        raise DatasetError(f"{path}: it has no column {missing[0]}")
    return table


def read_row_group(path: Located, group: int, columns: pa.Schema, checksums: bool = True) -> pa.Table:
    """Returns the rows of one row group; raises DatasetError, also where the file's columns are not `columns`."""
    with _opened(path, checksums) as file:
        if not file.schema_arrow.equals(columns):
            raise DatasetError(f"{path}: its columns are not those of this version: {_odd_one(file, columns)}")
        table = file.read_row_group(group, use_threads=False)
        table.validate(full=True)
        return table


def filled_row(table: pa.Table, index: int) -> dict[str, object]:
    """Returns one row as Python values; raises DatasetError where a value is missing or is no UTF-8."""
    try:
        row = table.slice(index, 1).to_pylist()[0]
    except _UNREADABLE as error:
        raise DatasetError(f"a value can't be read: {first_line(error)}") from error
    empty = [name for name, value in row.items() if _holds_none(value)]
    if empty:
        raise DatasetError(f"no value in {', '.join(empty)}")
    return dict(row)


@contextmanager
def _opened(path: Located, checksums: bool = True) -> Iterator[pq.ParquetFile]:
    is_object = isinstance(path, BucketPath)
    try:
        source = _source(path)
        with pq.ParquetFile(source, page_checksum_verification=checksums, pre_buffer=is_object) as file:
            yield file
    except _UNREADABLE as error:
        raise DatasetError(f"{path}: {_why(error)}") from error


def _pairs(file: pq.ParquetFile) -> dict[str, str]:
    pairs = file.metadata.metadata or {}
    return {key.decode(): value.decode("utf-8", "replace") for key, value in pairs.items()}


def _column(file: pq.ParquetFile, name: str) -> list[Any]:
    return list(file.read([name], use_threads=False)[name].to_pylist())


def _source(path: Located) -> Path | ObjectFile:
    if isinstance(path, BucketPath):
        return ObjectFile(path)
    if kind := irregular(path):
        raise DatasetError(f"{path}: it is {kind}, must be a file")
    return path.absolute()


def _why(error: Exception) -> str:
    """Returns what is wrong; of a system's error the reason alone, for the name stands before it."""
    return error.strerror if isinstance(error, OSError) and error.strerror else first_line(error)


def _leaves(field: pa.Field, path: str) -> Iterator[str]:
    """Yields the column paths below a field as Parquet names them, e.g. 'legend.list.element.label'."""
    if pa.types.is_struct(field.type):
        for child in field.type:
            yield from _leaves(child, f"{path}.{child.name}")
    elif pa.types.is_list(field.type) or pa.types.is_fixed_size_list(field.type):
        yield from _leaves(field.type.value_field, f"{path}.list.element")
    else:
        yield path


def _odd_one(file: pq.ParquetFile, columns: pa.Schema) -> str:
    theirs = {str(field) for field in file.schema_arrow}
    ours = {str(field) for field in columns}
    return ", ".join(sorted(theirs ^ ours)) or "their order"


def _holds_none(value: object) -> bool:
    """Whether a value lacks a part that may not be empty."""
    if isinstance(value, dict):
        return any(_holds_none(part) for name, part in value.items() if name not in _MAY_BE_EMPTY)
    if isinstance(value, list):
        return any(map(_holds_none, value))
    return value is None
