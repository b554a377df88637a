"""A subject: one scene of real frames, as a unit of its own with all five tasks, that a defect is planted in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scenegen.dataset.checks.across import twins
from scenegen.dataset.checks.check_unit import Run, Source
from scenegen.dataset.checks.findings import Findings
from scenegen.dataset.footer import RejectedView, UnitFooter, unit_footer
from scenegen.dataset.frames import FrameRow, frame_row, shot_from_row
from scenegen.dataset.pack import PackedFrame, UnitFiles, pack_frame, pack_unit
from scenegen.dataset.parquet import filled_row, read_row_group, row_group_sizes
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_record
from scenegen.dataset.validate import Validation
from scenegen.encoders import ENCODERS
from schemas.frame import FRAME_COLUMNS, Frame, Rejection, Shot, Verdict
from schemas.run_record import RunRecord
from schemas.unit import Unit, units_of


@dataclass(frozen=True)
class Subject:
    """One scene with its frames, packed."""

    record: RunRecord
    unit: Unit
    shots: tuple[Shot, ...]
    packed: tuple[PackedFrame, ...]
    rejections: tuple[Rejection, ...]

    @property
    def files(self) -> UnitFiles:
        """Returns the unit's files as they should be."""
        return pack_unit(self.record, self.unit, self.packed, self.rejections)

    def with_frame(self, frame: Frame, place: int = 0, **plan_changes: object) -> "Subject":
        """Returns the subject with another frame in a place, its targets and files made of it."""
        plan = self.shots[place][0].model_copy(update=plan_changes)
        shots = [(plan, replace(shot[1], picture=shot[1].picture)) for shot in self.shots]
        shots[place] = (plan, frame)
        changed = [
            pack_frame(self.record, plan, shot) if number == place or plan_changes else self.packed[number]
            for number, (_, shot) in enumerate(shots)
        ]
        return replace(self, shots=tuple(shots), packed=tuple(changed))

    def with_packed(self, place: int = 0, **changes: object) -> "Subject":
        """Returns the subject with other rows in a place."""
        packed = list(self.packed)
        packed[place] = replace(packed[place], **changes)  # type: ignore[arg-type]
        return replace(self, packed=tuple(packed))


def subjects(root: Path, most: int) -> Iterator[Subject]:
    """Yields scenes of a dataset that keeps its frames, spread evenly over it; those with two frames or more."""
    source = read_record(root)
    tasks = tuple(ENCODERS)
    spec = source.spec.model_copy(
        update={"tasks": tasks, "scenes_per_unit": 1, "triplets_per_frame": {}, "keep_frames": True}
    )
    record = source.model_copy(update={"spec": spec})
    units, paths = units_of(spec), committed_units(root)
    wanted = min(most, spec.scenes)
    chosen = {number * spec.scenes // wanted for number in range(wanted)}
    for path in paths:
        footer = unit_footer(path)
        shots = _shots(root, footer) if chosen & {*range(footer.unit.scene_start, footer.unit.scene_stop)} else []
        for scene_index in sorted(chosen & {*range(footer.unit.scene_start, footer.unit.scene_stop)}):
            own = tuple(shot for shot in shots if shot[0].scene_index == scene_index)
            packed = tuple(pack_frame(record, plan, frame) for plan, frame in own)
            yield Subject(record, units[scene_index], own, packed, _rejections(footer.rejections, scene_index))


def findings_of(subject: Subject, contents: dict[str, bytes], folder: Path) -> Findings:
    """Returns what a validation finds in a unit with these files: path -> content."""
    for path, content in contents.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    run = Run(folder, subject.record, Source(folder, subject.record))
    found = Validation((run,)).findings_of(subject.unit.index)
    for where, fault in twins([(subject.unit, found)]):
        found.fault(where, [fault])
    for path in contents:
        (folder / path).unlink()
    return found


def contents_of(files: UnitFiles) -> dict[str, bytes]:
    """Returns path -> content of a unit's files."""
    pairs = [(files.unit.triplets_path, files.triplets), (files.frames_path, files.frames)]
    return {path: content for path, content in pairs if path is not None and content is not None}


def row_of(shot: Shot) -> FrameRow:
    """Returns the row of the frames file."""
    plan, frame = shot
    assert frame.picture is not None
    return frame_row(plan, frame, frame.picture)


def _shots(root: Path, footer: UnitFooter) -> list[Shot]:
    path = root / str(footer.frames_path)
    tables = [read_row_group(path, group, FRAME_COLUMNS) for group in range(len(row_group_sizes(path)))]
    return [shot_from_row(filled_row(table, index)) for table in tables for index in range(table.num_rows)]


def _rejections(views: Sequence[RejectedView], scene_index: int) -> tuple[Rejection, ...]:
    return tuple(
        Rejection(each.scene_index, each.attempt, each.view_index, Verdict(each.gate, each.figure or 0.0, passed=False))
        for each in views
        if each.scene_index == scene_index
    )
