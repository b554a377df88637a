"""The rows of a file as a validation reads them: an unreadable row is a value, not the end.

One row group is held at a time, so rows are best asked for in their order; row groups of which none is asked for are
not read.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Any

import pyarrow as pa

from scenegen.dataset.parquet import filled_row, read_row_group, row_group_sizes
from scenegen.dataset.places import Located
from schemas.errors import DatasetError

Row = dict[str, Any]


class StoredRows:
    """The rows of one file, by their number."""

    def __init__(self, path: Located, columns: pa.Schema, tell: Callable[[str], None]) -> None:
        """`tell` hears of row groups that do not verify. Raises DatasetError where the file's footer can't be read."""
        self._path, self._columns, self._tell = path, columns, tell
        self._ends = [*accumulate(row_group_sizes(path))]
        self._held: tuple[int, pa.Table | None] = (-1, None)

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def row(self, number: int) -> Row | DatasetError:
        """Returns a row, or why it can't be read; the number must be that of one."""
        group = next(place for place, end in enumerate(self._ends) if number < end)
        if self._held[0] != group:
            self._held = (group, self._row_group(group))
        table = self._held[1]
        if table is None:
            return DatasetError(f"row group {group} can't be read")
        try:
            return filled_row(table, number - (self._ends[group - 1] if group else 0))
        except DatasetError as error:
            return error

    def _row_group(self, group: int) -> pa.Table | None:
        try:
            return read_row_group(self._path, group, self._columns)
        except DatasetError as error:
            self._tell(f"row group {group}: {error}")
        try:
            return read_row_group(self._path, group, self._columns, checksums=False)
        except DatasetError:
            return None
