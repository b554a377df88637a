"""A dataset held against its own plan: every unit, row by row, every target against the exact buffers.

`run.json` says which units, frames and triplets must be there; prompts and seeds are derived again from it. The
footer of a unit's triplets names its other files by their content, and every candidate view that became no frame.
Where frames are not kept, the triplets are held against their own words, and the tasks of a frame against each other.
Of triplets that were encoded from the frames of another run, that run's folder gives the frames.

Edges: nothing that lies under OUT can end a validation early. Frames files that no unit names are leftovers of a racing
or retried worker and no fault.
"""

from collections.abc import Callable, Sequence

from scenegen.dataset.check_unit import Source, check_unit
from scenegen.dataset.faults import Findings, ValidationReport
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import listed
from scenegen.dataset.reader import read_record
from scenegen.dataset.stored_frames import source_record
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError, InputError, ScenegenError
from schemas.run_record import RUN_FILE, RunRecord
from schemas.unit import Unit, units_of


def validate(
    out: str | Located,
    on_unit: Callable[[int, int], None] = lambda done, planned: None,
    frames: str | Located | None = None,
) -> ValidationReport:
    """Returns what is off under `out`; `on_unit(units done, units planned)` is called after each unit.

    `frames`: the dataset whose stored frames `out` was encoded from, if it was. Raises InputError where there is no
    such directory, or where it is not that dataset; all else is a fault.
    """
    root = located(out)
    if not root.is_dir():
        raise InputError(f"no directory {root}")
    found = Findings()
    record = _record(root, found)
    if record is None:
        return found.report()
    source = Source(root, record) if frames is None else _other_source(root, located(frames))
    units = units_of(record.spec)
    for done, unit in enumerate(units, start=1):
        try:
            check_unit(root, record, unit, source, found)
        except DatasetError as error:
            found.fault(unit.triplets_path, str(error))
        on_unit(done, len(units))
    _check_foreign(root, units, found)
    return found.report()


def _other_source(root: Located, frames: Located) -> Source:
    return Source(frames, source_record(root, frames))


def _record(root: Located, found: Findings) -> RunRecord | None:
    try:
        record = read_record(root)
    except ScenegenError as error:
        found.fault(RUN_FILE, str(error))
        return None
    strange = [task for task in record.spec.tasks if task not in ENCODERS]
    if strange:
        found.fault(RUN_FILE, f"tasks {', '.join(strange)} are unknown here; known are {', '.join(ENCODERS)}")
        return None
    return record


def _check_foreign(root: Located, units: Sequence[Unit], found: Findings) -> None:
    planned = {unit.triplets_path for unit in units}
    there = {f"triplets/{entry.name}" for entry in listed(root / "triplets")}
    for path in sorted(there - planned):
        found.fault(path, "foreign: no unit of this run has this file")
