"""The rows of a file as a validation reads them: an unreadable row is a value, not the end."""

from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from scenegen.dataset.parquet import filled_row, read_row_group, row_group_sizes
from scenegen.dataset.places import Located
from schemas.errors import DatasetError

Row = dict[str, Any]


def stored_rows(path: Located, columns: pa.Schema, tell: Callable[[str], None]) -> Iterator[Row | DatasetError]:
    """Yields each row of the file, or why it can't be read; `tell` hears of row groups that do not verify.

    Raises DatasetError where not even the file's own footer can be read.
    """
    for group, size in enumerate(row_group_sizes(path)):
        table = _row_group(path, group, columns, tell)
        for index in range(size):
            yield _row(table, index) if table is not None else DatasetError(f"row group {group} can't be read")


def _row_group(path: Located, group: int, columns: pa.Schema, tell: Callable[[str], None]) -> pa.Table | None:
    try:
        return read_row_group(path, group, columns)
    except DatasetError as error:
        tell(f"row group {group}: {error}")
    try:
        return read_row_group(path, group, columns, checksums=False)
    except DatasetError:
        return None


def _row(table: pa.Table, index: int) -> Row | DatasetError:
    try:
        return filled_row(table, index)
    except DatasetError as error:
        return error
