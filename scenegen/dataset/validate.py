"""A dataset held against its own plan: every unit, row by row, every target against the exact buffers.

`run.json` says which units, frames and triplets must be there; prompts and seeds are derived again from it. The
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
from scenegen.dataset.reader import read_record
from scenegen.dataset.stored_frames import source_record
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError, InputError, ScenegenError
from schemas.run_record import RUN_FILE, RunRecord
from schemas.unit import Unit, units_of
from schemas.validation import CheckVerdict, DrawnSample, Fault, ValidationReport


@dataclass(frozen=True)
class Validation:
    """What whoever checks a unit is told; it may be sent to other processes and machines."""

    run: Run
    draw: Draw | None = None

    def findings_of(self, place: int) -> Findings:
        """Returns what is off with one unit, given its place among `units_of`."""
        unit, found = units_of(self.run.record.spec)[place], Findings()
        try:
            check_unit(self.run, unit, self._look(unit), found)
        except DatasetError as error:
            found.fault(unit.triplets_path, [Off("checksums", str(error))])
        return found

    @cached_property
    def drawn(self) -> Drawn | None:
        """Which part of the run is looked at; nothing where all of it is."""
        spec = self.run.record.spec
        units = range(len(units_of(spec)))
        frames = spec.scenes * spec.views_per_scene
        return None if self.draw is None else drawn(self.draw, self.run.record.digest(), frames, units)

    def _look(self, unit: Unit) -> Look:
        some = self.drawn
        if some is None:
            return Look()
        views = self.run.record.spec.views_per_scene
        frames = some.within(unit.scene_start * views, unit.scene_stop * views)
        return Look(frames, hashed=unit.index in some.units)


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
    record = _record(root)
    if isinstance(record, str):
        return _unreadable(record)
    source = Source(root, record) if frames is None else _other_source(root, located(frames))
    run = Run(root, record, source)
    validation = Validation(run, draw)
    units = units_of(record.spec)
    found: list[Findings] = [Findings() for _ in units]
    for done, (place, findings) in enumerate(spread(validation, len(units)), start=1):
        found[place] = findings
        on_unit(done, len(units))
    whole = Findings()
    _check_foreign(root, units, whole)
    return report_of(run, _sample_of(validation), list(zip(units, found, strict=True)), whole)


def _sample_of(validation: Validation) -> DrawnSample | None:
    draw, some = validation.draw, validation.drawn
    if draw is None or some is None:
        return None
    return DrawnSample(share=draw.share, seed=draw.seed, frames=len(some.frames), units=len(some.units))


def _other_source(root: Located, frames: Located) -> Source:
    return Source(frames, source_record(root, frames))


def _record(root: Located) -> RunRecord | str:
    """Returns the run's record, or what is off with it."""
    try:
        record = read_record(root)
    except ScenegenError as error:
        return str(error)
    strange = [task for task in record.spec.tasks if task not in ENCODERS]
    if strange:
        return f"tasks {', '.join(strange)} are unknown here; known are {', '.join(ENCODERS)}"
    return record


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
