"""Exact buffers of a dataset's stored frames, each read once while they are asked for in the order of the triplets."""

from functools import lru_cache
from typing import Any

import pyarrow as pa

from scenegen.dataset.exr import decode_exr
from scenegen.dataset.footer import unit_footer
from scenegen.dataset.parquet import ROW_GROUP_ROWS, filled_row, read_column, read_row_group
from scenegen.dataset.places import Located, below
from scenegen.dataset.stored_frames import source_records
from schemas.errors import DatasetError
from schemas.frame import FRAME_COLUMNS, GBuffer


class StoredFrames:
    """The frames of a dataset, or of the one from which its triplets were encoded.

    What was read last is kept: the row group (32 frames) and the buffers of one frame.
    """

    def __init__(self, out: Located, source: Located | None = None) -> None:
        """`source`: the dataset that has the frames; raises InputError where `out` was not encoded from its frames."""
        if source is not None:
            source_records(out, source)
        self._out, self._source = out, source or out
        self._file_of_unit = lru_cache(maxsize=1)(_file_of_unit)
        self._row_group = lru_cache(maxsize=1)(_row_group)
        self._read_last = lru_cache(maxsize=1)(self._read)

    def read(self, triplets_file: Located, frame_id: str) -> GBuffer | None:
        """Returns the buffers of a frame; nothing where frames are not there. Raises DatasetError."""
        return self._read_last(triplets_file, frame_id)

    def _read(self, triplets_file: Located, frame_id: str) -> GBuffer | None:
        there = self._file_of_unit(self._source, below(triplets_file, self._out))
        if there is None:
            return None
        path, ids = there
        if frame_id not in ids:
            raise DatasetError(f"{path} has no frame {frame_id}")
        group, row = divmod(ids.index(frame_id), ROW_GROUP_ROWS)
        try:
            stored: dict[str, Any] = filled_row(self._row_group(path, group), row)
            return decode_exr(stored["exr"])
        except DatasetError as error:
            raise DatasetError(f"{path}, {frame_id}: {error}") from error


def _file_of_unit(source: Located, triplets_path: str) -> tuple[Located, list[str]] | None:
    """Returns where a unit's frames are, and their names; nothing where they are not kept, or not copied with it."""
    triplets_file = source / triplets_path
    if not triplets_file.is_file():
        return None
    footer = unit_footer(triplets_file)
    if footer.frames_sha256 is None:
        return None
    path = source / footer.unit.frames_path(footer.frames_sha256)
    return (path, read_column(path, "frame_id")) if path.exists() else None


def _row_group(path: Located, group: int) -> pa.Table:
    return read_row_group(path, group, FRAME_COLUMNS)
