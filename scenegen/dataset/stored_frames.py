"""Stored frames: those of a dataset that keeps them, read back to be encoded anew without any rendering.

A unit's frames stand in the file that its commit record names by content. That file must be whole, of the run that was
asked for, and hold the unit's frames. Pictures are passed on as the files that they are. One row group is held at a
time, so that memory does not grow with the unit.

Edges: a unit that is not committed yet is a fault of its own, the others can be read meanwhile.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from scenegen.dataset.checks.unit_checks import frames_file_of
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.frames import shot_from_row
from scenegen.dataset.parquet import filled_row, read_row_group, row_group_sizes
from scenegen.dataset.places import Located, located
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_records
from schemas.errors import DatasetError, InputError, first_few
from schemas.frame import FRAME_COLUMNS, Shot
from schemas.run_record import RunRecord
from schemas.unit import FramesOfUnit, Unit

_FAULTS_SHOWN = 2


def open_frames(record: RunRecord, location: str, threads: int) -> FramesOfUnit:
    """Opens the dataset whose frames `record` is encoded from, at an absolute path or URL; `threads` are not needed.

    Raises InputError where another dataset lies there, or none. For a unit it raises DatasetError where that is not
    committed, or a file is damaged or missing.
    """
    root = located(location)
    source = _with_digest(read_records(root), record.frames_from)
    if source is None:
        raise InputError(f"{root} is not the dataset of the run's record: the digests of their runs differ")
    return partial(_shots, root, source)


def source_records(out: Located, frames: Located) -> tuple[RunRecord, ...]:
    """Returns for each record of `out` that of the dataset at `frames` whose frames it was encoded from.

    Raises InputError where `out` was not encoded from its frames.
    """
    there = read_records(frames)
    return tuple(_source_record(out, record, frames, there) for record in read_records(out))


def _source_record(out: Located, record: RunRecord, frames: Located, there: Sequence[RunRecord]) -> RunRecord:
    if record.frames_from is None:
        raise InputError(f"{out} was not encoded from the frames of another dataset; leave out --frames")
    source = _with_digest(there, record.frames_from)
    if source is None:
        raise InputError(f"{out} was not encoded from the frames of {frames}: the digests of their runs differ")
    return source


def _with_digest(records: Sequence[RunRecord], digest: str | None) -> RunRecord | None:
    return next((record for record in records if record.digest() == digest), None)


def check_has_frames(root: Located, source: RunRecord) -> None:
    """Raises InputError where the dataset at `root`, with that record, has no frames to be encoded anew."""
    if source.frames_from is not None:
        raise InputError(f"{root} keeps no frames: it was encoded from those of another dataset; give that one")
    if not source.spec.keep_frames:
        raise InputError(f"{root} keeps no frames: it was made with keep_frames=false")
    if not committed_units(root):
        raise InputError(f"{root} holds no frames yet: no unit of it is committed")


def _shots(root: Located, source: RunRecord, unit: Unit) -> Iterator[Shot]:
    path = _frames_file(root, source, unit)
    for group, size in enumerate(row_group_sizes(path)):
        table = read_row_group(path, group, FRAME_COLUMNS)
        for index in range(size):
            try:
                yield shot_from_row(filled_row(table, index))
            except DatasetError as error:
                raise DatasetError(f"{path}, row {index} of row group {group}: {error}") from error


def _frames_file(root: Located, source: RunRecord, unit: Unit) -> Located:
    committed = root / unit.triplets_path
    if not committed.exists():
        raise DatasetError(f"{root} has not committed it yet; once it has, give the same command again")
    footer = unit_footer(committed)
    _check_run(committed, footer, source, unit)
    path, faults = frames_file_of(root, source, footer.unit, footer)
    if path is None or faults:
        raise DatasetError(f"{path or committed}: {first_few([fault.what for fault in faults], _FAULTS_SHOWN)}")
    return path


def _check_run(path: Located, footer: UnitFooter, source: RunRecord, unit: Unit) -> None:
    if footer.unit.planned != unit.planned or footer.run_digest != source.digest():
        raise DatasetError(f"{path} is no unit of the run in {path.parents[2]}")
