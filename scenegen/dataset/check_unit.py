"""One unit held against its plan: its footer, each frame against its scene's plan, each triplet against its frame.

Where a page's checksum fails, the rows of its row group are read without it, so that the row itself is named if its
image or EXR is hit.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scenegen.dataset.faults import Findings
from scenegen.dataset.footer import RejectedView, UnitFooter, unit_footer
from scenegen.dataset.frame_checks import FrameFindings, FrameTruth, Place, check_frame
from scenegen.dataset.places import Located, below
from scenegen.dataset.scene_checks import rejection_faults, scene_faults
from scenegen.dataset.set_aside_checks import set_aside_faults
from scenegen.dataset.stored_rows import Row, stored_rows
from scenegen.dataset.triplet_checks import check_triplet, truth_of
from scenegen.dataset.triplets import target_of, triplet_from_row
from scenegen.dataset.unit_checks import byte_faults, footer_faults, frames_file_of, set_aside_file_of
from schemas.errors import DatasetError
from schemas.frame import FRAME_COLUMNS, scene_id
from schemas.run_record import RunRecord
from schemas.sample import Sample, samples_of
from schemas.triplet import TRIPLET_COLUMNS, Triplet
from schemas.unit import Unit

_Rows = Iterator[Row | DatasetError]


@dataclass(frozen=True)
class Source:
    """Where the frames lie: in the dataset itself, or in that whose frames it was encoded from."""

    root: Located
    record: RunRecord


@dataclass(frozen=True)
class _UnitRows:
    """A unit as it is read, row by row."""

    triplets: _Rows
    frames: _Rows | None
    omitted: frozenset[str]
    """Samples that its frames can't answer, as its footer says."""
    rejections: dict[int, list[RejectedView]]
    """By scene."""


def check_unit(root: Located, record: RunRecord, unit: Unit, source: Source, found: Findings) -> None:
    """Adds what is off with one unit under `root`; raises DatasetError where not even its footer can be read."""
    path = root / unit.triplets_path
    if not path.is_file():
        found.fault(unit.triplets_path, "missing: the unit is not committed")
        return
    footer = unit_footer(path)
    found.fault(unit.triplets_path, *footer_faults(path, footer, record, unit), *rejection_faults(footer, unit))
    of_frames = footer if source.root == root else unit_footer(source.root / unit.triplets_path)
    rows = _UnitRows(
        triplets=stored_rows(path, TRIPLET_COLUMNS, lambda line: found.fault(unit.triplets_path, line)),
        frames=_frame_rows(source.root, unit, *frames_file_of(source.root, source.record, unit, of_frames), found),
        omitted=frozenset(footer.omitted),
        rejections=_by_scene(of_frames.rejections),
    )
    before, triplets = len(found.faults), []
    for scene_index in range(unit.scene_start, unit.scene_stop):
        places = [Place(record.spec, unit, scene_index, number) for number in range(record.spec.views_per_scene)]
        triplets += _check_scene(places, rows, found)
    if len(found.faults) == before:
        found.fault(unit.triplets_path, *byte_faults(path, footer, triplets))
    _check_set_aside(root, record, unit, footer, found)


def _frame_rows(root: Located, unit: Unit, path: Located | None, lines: list[str], found: Findings) -> _Rows | None:
    """Returns the rows of a file that the unit's footer names; nothing where there is none to read."""
    if path is None:
        found.fault(unit.triplets_path, *lines)
        return None
    where = below(path, root)
    found.fault(where, *lines)
    return stored_rows(path, FRAME_COLUMNS, lambda line: found.fault(where, line))


def _check_scene(places: list[Place], rows: _UnitRows, found: Findings) -> list[Triplet]:
    """Returns the triplets of a scene that could be read."""
    triplets, accepted = [], []
    for place in places:
        frame = _check_frame(place, rows.frames, found) if rows.frames is not None else FrameFindings(())
        accepted += [frame.accepted] if frame.accepted is not None else []
        triplets += _check_triplets(place, frame.truth, rows, found)
    if len(accepted) == len(places):
        first = places[0]
        lines = scene_faults(first.spec, accepted, rows.rejections.get(first.scene_index, []))
        found.fault(scene_id(first.scene_index), *lines)
    return triplets


def _by_scene(rejections: Iterable[RejectedView]) -> dict[int, list[RejectedView]]:
    of_scene: dict[int, list[RejectedView]] = {}
    for rejected in rejections:
        of_scene.setdefault(rejected.scene_index, []).append(rejected)
    return of_scene


def _check_frame(place: Place, rows: _Rows, found: Findings) -> FrameFindings:
    row = next(rows, DatasetError("missing in the frames file"))
    if isinstance(row, DatasetError):
        found.fault(place.frame_id, str(row))
        return FrameFindings(())
    frame = check_frame(place, row)
    found.fault(place.frame_id, *frame.faults)
    found.frames += 1
    return frame


def _check_set_aside(root: Located, record: RunRecord, unit: Unit, footer: UnitFooter, found: Findings) -> None:
    rows = _frame_rows(root, unit, *set_aside_file_of(root, record, unit, footer), found)
    for number, row in enumerate(rows or ()):
        if isinstance(row, DatasetError):
            found.fault(f"{footer.set_aside_path}, row {number}", str(row))
        else:
            found.fault(str(row["frame_id"]), *set_aside_faults(footer, row))


def _check_triplets(place: Place, truth: FrameTruth | None, rows: _UnitRows, found: Findings) -> list[Triplet]:
    """Returns the rows that could be read."""
    triplets = []
    for sample in samples_of(place.spec, place.frame_id):
        if sample.sample_id in rows.omitted:
            found.fault(sample.sample_id, *_omission_faults(place, sample, truth))
            continue
        row = next(rows.triplets, DatasetError("missing in the triplets file"))
        if isinstance(row, DatasetError):
            found.fault(sample.sample_id, str(row))
            continue
        triplet = triplet_from_row(row)
        checked = check_triplet(place, sample, triplet, truth)
        found.fault(sample.sample_id, *checked.faults)
        found.triplets += 1
        triplets.append(triplet)
        if checked.worst_excess is not None:
            found.excess(sample.task, checked.worst_excess)
        if truth is None and triplet.sample_id == sample.sample_id:
            truth = truth_of(triplet)
    return triplets


def _omission_faults(place: Place, sample: Sample, truth: FrameTruth | None) -> list[str]:
    if truth is None or truth.gbuffer is None or truth.plan is None:
        return []
    try:
        is_right = target_of(sample, truth.gbuffer, truth.plan, place.spec.targets) is None
    except ValueError as error:
        return [f"its frame can't be encoded: {error}"]
    return [] if is_right else ["omitted, though its frame can answer it"]
