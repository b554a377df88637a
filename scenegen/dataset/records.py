"""The records of a dataset: that of its run, and those of the generations that were appended to it.

Each generation was planned by a record of its own, so whatever holds a unit against its plan asks for the record of
that unit. Together they are numbered without a gap: `read_records` makes sure of it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import listed
from schemas.errors import DatasetError, InputError
from schemas.model import first_fault
from schemas.run_record import GENERATIONS, RUN_FILE, Appended, RunRecord, generation_path
from schemas.unit import Unit

_GENERATION_FILE = re.compile(r"([1-9]\d*)\.json")


def read_record(out: str | Located) -> RunRecord:
    """Returns what `out/run.json` holds; raises InputError where it is missing, DatasetError where it is damaged."""
    root = located(out)
    path = root / RUN_FILE
    try:
        if not path.is_file():
            raise InputError(f"{root} is no dataset of ours: it has no {RUN_FILE}" if root.is_dir() else _nowhere(root))
    except OSError as error:
        raise DatasetError(f"{path} can't be read: {error.strerror}") from error
    return _record(path)


def read_records(out: str | Located) -> tuple[RunRecord, ...]:
    """Returns the records of the run and of its generations, in their order.

    Raises as `read_record` does, and DatasetError where a generation is missing or does not follow the one before.
    """
    root = located(out)
    records = [read_record(root)]
    for generation in _generations(root):
        path = root / generation_path(generation)
        record, end = _record(path), records[-1].end
        follows = Appended(generation=len(records), first_unit=end.unit, first_scene=end.scene)
        if generation != follows.generation or record.appended != follows:
            raise DatasetError(f"{path} does not follow {root / records[-1].path}, as generation {len(records)} must")
        records.append(record)
    return tuple(records)


def tasks_of(records: Sequence[RunRecord]) -> tuple[str, ...]:
    """Returns the tasks that are asked in any generation, in the order in which they came."""
    return tuple(dict.fromkeys(task for record in records for task in record.spec.tasks))


def record_of(records: Sequence[RunRecord], unit: Unit | int) -> RunRecord:
    """Returns the record that planned a unit, given by its number; the last one's where none did."""
    index = unit if isinstance(unit, int) else unit.index
    return records[max(0, bisect_right(records, index, key=lambda record: record.start.unit) - 1)]


def planned_unit(records: Sequence[RunRecord], index: int) -> Unit | None:
    """Returns the unit of a number; nothing where no record plans it."""
    record = record_of(records, index)
    units, place = record.units, index - record.start.unit
    return units[place] if place < len(units) else None


def _generations(root: Located) -> list[int]:
    try:
        names = [entry.name for entry in listed(root / GENERATIONS)]
    except OSError as error:
        raise DatasetError(f"{root / GENERATIONS} can't be listed: {error.strerror}") from error
    return sorted(int(found[1]) for name in names if (found := _GENERATION_FILE.fullmatch(name)))


def _record(path: Located) -> RunRecord:
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except OSError as error:
        raise DatasetError(f"{path} can't be read: {error.strerror}") from error
    except ValidationError as error:
        raise DatasetError(f"{path} can't be read: {first_fault(error)}") from error


def _nowhere(root: Located) -> str:
    return f"no directory {root}" if isinstance(root, Path) else f"nothing lies at {root}"
