"""A dataset held against its own plan: every unit, row by row, every target against the exact buffers.

`run.json` says which units, frames and triplets must be there; prompts and seeds are derived again from it. The
footer of a unit's triplets names its other files by their content, and every candidate view that became no frame.
Where frames are not kept, the triplets are held against the plan, and the tasks of a frame against each other.

Edges: nothing that lies under OUT can end a validation early. Where a page's checksum fails, the rows of its row
group are read without it, so that the row itself is named if its image or EXR is hit. Frames files that no unit names
are leftovers of a racing or retried worker and no fault.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scenegen.dataset.faults import Fault, ValidationReport
from scenegen.dataset.footer import RejectedView, UnitFooter, unit_footer
from scenegen.dataset.frame_checks import FrameFindings, FrameTruth, Place, check_frame
from scenegen.dataset.reader import read_record
from scenegen.dataset.scene_checks import rejection_faults, scene_faults
from scenegen.dataset.set_aside_checks import set_aside_faults
from scenegen.dataset.stored_rows import Row, stored_rows
from scenegen.dataset.triplet_checks import check_triplet, truth_of
from scenegen.dataset.triplets import triplet_from_row
from scenegen.dataset.unit_checks import byte_faults, footer_faults, frames_file_of, set_aside_file_of
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError, InputError, ScenegenError
from schemas.frame import FRAME_COLUMNS, scene_id
from schemas.run_record import RUN_FILE, RunRecord
from schemas.triplet import TRIPLET_COLUMNS, Triplet, sample_id
from schemas.unit import Unit, units_of

_Rows = Iterator[Row | DatasetError]


@dataclass
class _Findings:
    """What has been found so far."""

    frames: int = 0
    triplets: int = 0
    faults: list[Fault] = field(default_factory=list)
    worst_excess: dict[str, float] = field(default_factory=dict)

    def fault(self, where: str, *lines: str) -> None:
        self.faults += [Fault(where, line) for line in lines]

    def excess(self, task: str, worst: float) -> None:
        self.worst_excess[task] = max(worst, self.worst_excess.get(task, 0.0))

    def report(self) -> ValidationReport:
        return ValidationReport(self.frames, self.triplets, tuple(self.faults), self.worst_excess)


def validate(out: str | Path, on_unit: Callable[[int, int], None] = lambda done, planned: None) -> ValidationReport:
    """Returns what is off under `out`; `on_unit(units done, units planned)` is called after each unit.

    Raises InputError where there is no such directory; all else is a fault.
    """
    root = Path(out)
    if not root.is_dir():
        raise InputError(f"no directory {root}")
    found = _Findings()
    record = _record(root, found)
    if record is None:
        return found.report()
    units = units_of(record.spec)
    for done, unit in enumerate(units, start=1):
        try:
            _check_unit(root, record, unit, found)
        except DatasetError as error:
            found.fault(unit.triplets_path, str(error))
        on_unit(done, len(units))
    _check_foreign(root, units, found)
    return found.report()


def _record(root: Path, found: _Findings) -> RunRecord | None:
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


def _check_unit(root: Path, record: RunRecord, unit: Unit, found: _Findings) -> None:
    path = root / unit.triplets_path
    if not path.is_file():
        found.fault(unit.triplets_path, "missing: the unit is not committed")
        return
    footer = unit_footer(path)
    found.fault(unit.triplets_path, *footer_faults(path, footer, record, unit), *rejection_faults(footer, unit))
    rows = stored_rows(path, TRIPLET_COLUMNS, lambda line: found.fault(unit.triplets_path, line))
    frames = _frame_rows(root, unit, *frames_file_of(root, record, unit, footer), found)
    rejections = _by_scene(footer.rejections)
    before, triplets = len(found.faults), []
    for scene_index in range(unit.scene_start, unit.scene_stop):
        places = [Place(record.spec, unit, scene_index, number) for number in range(record.spec.views_per_scene)]
        triplets += _check_scene(places, frames, rows, rejections.get(scene_index, []), found)
    if len(found.faults) == before:
        found.fault(unit.triplets_path, *byte_faults(path, footer, triplets))
    _check_set_aside(root, record, unit, footer, found)


def _frame_rows(root: Path, unit: Unit, path: Path | None, lines: list[str], found: _Findings) -> _Rows | None:
    """Returns the rows of a file that the unit's footer names; nothing where there is none to read."""
    if path is None:
        found.fault(unit.triplets_path, *lines)
        return None
    where = path.relative_to(root).as_posix()
    found.fault(where, *lines)
    return stored_rows(path, FRAME_COLUMNS, lambda line: found.fault(where, line))


def _check_scene(
    places: list[Place], frames: _Rows | None, rows: _Rows, rejections: list[RejectedView], found: _Findings
) -> list[Triplet]:
    """Returns the triplets of a scene that could be read."""
    triplets, accepted = [], []
    for place in places:
        frame = _check_frame(place, frames, found) if frames is not None else FrameFindings(())
        accepted += [frame.accepted] if frame.accepted is not None else []
        triplets += _check_triplets(place, frame.truth, rows, found)
    if len(accepted) == len(places):
        found.fault(scene_id(places[0].scene_index), *scene_faults(places[0].spec, accepted, rejections))
    return triplets


def _by_scene(rejections: Iterable[RejectedView]) -> dict[int, list[RejectedView]]:
    of_scene: dict[int, list[RejectedView]] = {}
    for rejected in rejections:
        of_scene.setdefault(rejected.scene_index, []).append(rejected)
    return of_scene


def _check_frame(place: Place, rows: _Rows, found: _Findings) -> FrameFindings:
    row = next(rows, DatasetError("missing in the frames file"))
    if isinstance(row, DatasetError):
        found.fault(place.frame_id, str(row))
        return FrameFindings(())
    frame = check_frame(place, row)
    found.fault(place.frame_id, *frame.faults)
    found.frames += 1
    return frame


def _check_set_aside(root: Path, record: RunRecord, unit: Unit, footer: UnitFooter, found: _Findings) -> None:
    rows = _frame_rows(root, unit, *set_aside_file_of(root, record, unit, footer), found)
    for number, row in enumerate(rows or ()):
        if isinstance(row, DatasetError):
            found.fault(f"{footer.set_aside_path}, row {number}", str(row))
        else:
            found.fault(str(row["frame_id"]), *set_aside_faults(footer, row))


def _check_triplets(place: Place, truth: FrameTruth | None, rows: _Rows, found: _Findings) -> list[Triplet]:
    """Returns the rows that could be read."""
    triplets = []
    for task in place.spec.tasks:
        where = sample_id(place.frame_id, task)
        row = next(rows, DatasetError("missing in the triplets file"))
        if isinstance(row, DatasetError):
            found.fault(where, str(row))
            continue
        triplet = triplet_from_row(row)
        checked = check_triplet(place, task, triplet, truth)
        found.fault(where, *checked.faults)
        found.triplets += 1
        triplets.append(triplet)
        if checked.worst_excess is not None:
            found.excess(task, checked.worst_excess)
        if truth is None and triplet.sample_id == where:
            truth = truth_of(triplet)
    return triplets


def _check_foreign(root: Path, units: list[Unit], found: _Findings) -> None:
    planned = {unit.triplets_path for unit in units}
    there = {path.relative_to(root).as_posix() for path in (root / "triplets").rglob("*") if not path.is_dir()}
    for path in sorted(there - planned):
        found.fault(path, "foreign: no unit of this run has this file")
