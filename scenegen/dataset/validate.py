"""A dataset held against its own plan: every unit, row by row, every target against the exact buffers.

`run.json` says which units, frames and triplets must be there, and the record of each generation those that were
appended; prompts and seeds are derived again from it. The
footer of a unit's triplets names its other files by their content, and every candidate view that became no frame.
Where frames are not kept, the triplets are held against their own words, and the tasks of a frame against each other.
Of triplets that were encoded from the frames of another run, that run's folder gives the frames.

Units are checked one by one, in any order and by any process: `Validation` is what they are told, `Findings` what
comes back, and the report does not depend on who checked what. A share of the frames can be drawn instead of all.

Edges: nothing that lies under OUT can end a validation early. Frames files that no unit names are leftovers of a racing
or retried worker and no fault.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from scenegen.dataset.checks.check_unit import Look, Run, Source, check_unit
from scenegen.dataset.checks.draw import Draw, Drawn, drawn
from scenegen.dataset.checks.findings import Findings, Off
from scenegen.dataset.checks.table import CHECKS
from scenegen.dataset.checks.verdicts import report_of
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import listed
from scenegen.dataset.records import read_records, tasks_of
from scenegen.dataset.stored_frames import source_records
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError, InputError, ScenegenError
from schemas.run_record import RUN_FILE, RunRecord
from schemas.unit import Unit
from schemas.validation import CheckVerdict, DrawnSample, Fault, ValidationReport


@dataclass(frozen=True)
class Validation:
    """What whoever checks a unit is told; it may be sent to other processes and machines."""

    runs: tuple[Run, ...]
    """The run, and each generation that was appended to it."""
    draw: Draw | None = None

    def planned(self, number: int) -> tuple[Run, Unit]:
        """Returns a unit by its number, and what planned it."""
        run = next(run for run in reversed(self.runs) if run.record.start.unit <= number)
        return run, run.record.units[number - run.record.start.unit]

    def findings_of(self, number: int) -> Findings:
        """Returns what is off with one unit, given its number."""
        (run, unit), found = self.planned(number), Findings()
        try:
            check_unit(run, unit, self._look(run, unit), found)
        except DatasetError as error:
            found.fault(unit.triplets_path, [Off("checksums", str(error))])
        return found

    @cached_property
    def drawn(self) -> tuple[Drawn, ...] | None:
        """Which part of the run, and of each generation, is looked at; nothing where all of it is."""
        draw = self.draw
        return None if draw is None else tuple(_drawn_of(draw, run.record) for run in self.runs)

    def _look(self, run: Run, unit: Unit) -> Look:
        if self.drawn is None:
            return Look()
        some, views = self.drawn[run.record.generation], run.record.spec.views_per_scene
        frames = some.within(unit.scene_start * views, unit.scene_stop * views)
        return Look(frames, hashed=unit.index in some.units)


def _drawn_of(draw: Draw, record: RunRecord) -> Drawn:
    """Returns what is drawn of a run or generation; its frames are numbered as its scenes are."""
    views = record.spec.views_per_scene
    units = range(record.start.unit, record.end.unit)
    some = drawn(draw, record.digest(), record.spec.scenes * views, units)
    return Drawn(some.frames + record.start.scene * views, some.units)


Spread = Callable[[Validation, int], Iterable[tuple[int, Findings]]]
"""(validation, number of units) -> what was found in each, with its place, in any order."""


def here(validation: Validation, units: int) -> Iterator[tuple[int, Findings]]:
    """Checks all units in this process, one after another."""
    for place in range(units):
        yield place, validation.findings_of(place)


def validate(
    out: str | Located,
    on_unit: Callable[[int, int], None] = lambda done, planned: None,
    frames: str | Located | None = None,
    *,
    draw: Draw | None = None,
    spread: Spread = here,
) -> ValidationReport:
    """Returns what is off under `out`; `on_unit(units done, units planned)` is called after each unit.

    `frames`: the dataset whose stored frames `out` was encoded from, if it was. `draw`: the share of the frames that
    is looked at; by default all. `spread`: who checks the units. Raises InputError where there is no such directory, or
    where it is not that dataset; all else is a fault.
    """
    root = located(out)
    if not root.is_dir():
        raise InputError(f"no directory {root}")
    records = _records(root)
    if isinstance(records, str):
        return _unreadable(records)
    sources = _sources(root, records, None if frames is None else located(frames))
    runs = tuple(Run(root, record, source) for record, source in zip(records, sources, strict=True))
    validation = Validation(runs, draw)
    units = [unit for record in records for unit in record.units]
    found: list[Findings] = [Findings() for _ in units]
    for done, (place, findings) in enumerate(spread(validation, len(units)), start=1):
        found[place] = findings
        on_unit(done, len(units))
    whole = Findings()
    _check_foreign(root, units, whole)
    return report_of(runs, _sample_of(validation), list(zip(units, found, strict=True)), whole)


def _sample_of(validation: Validation) -> DrawnSample | None:
    draw, some = validation.draw, validation.drawn
    if draw is None or some is None:
        return None
    frames, units = (sum(map(len, each)) for each in ((one.frames for one in some), (one.units for one in some)))
    return DrawnSample(share=draw.share, seed=draw.seed, frames=frames, units=units)


def _sources(root: Located, records: Sequence[RunRecord], frames: Located | None) -> list[Source]:
    """Returns for each record where its frames lie."""
    if frames is None:
        return [Source(root, record) for record in records]
    return [Source(frames, source) for source in source_records(root, frames)]


def _records(root: Located) -> tuple[RunRecord, ...] | str:
    """Returns the records of the run and its generations, or what is off with them."""
    try:
        records = read_records(root)
    except ScenegenError as error:
        return str(error)
    strange = [task for task in tasks_of(records) if task not in ENCODERS]
    if strange:
        return f"tasks {', '.join(strange)} are unknown here; known are {', '.join(ENCODERS)}"
    return records


def _unreadable(line: str) -> ValidationReport:
    """Returns the report where nothing can be checked for want of a record."""
    failed = CheckVerdict(
        check="record",
        verdict="failed",
        looked_at=1,
        things="files",
        at_fault=1,
        faults=(Fault(where=RUN_FILE, what=line),),
    )
    others = [
        CheckVerdict(check=name, verdict="not checked", looked_at=0, things=check.things, note="no record of the run")
        for name, check in CHECKS.items()
        if name != "record"
    ]
    return ValidationReport(checks=(failed, *others))


def _check_foreign(root: Located, units: Sequence[Unit], found: Findings) -> None:
    planned = {unit.triplets_path for unit in units}
    there = {f"triplets/{entry.name}" for entry in listed(root / "triplets")}
    for path in sorted(there - planned):
        found.fault(path, [Off("complete", "foreign: no unit of this run has this file")])
