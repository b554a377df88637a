"""One unit held against its plan: its footer, each frame against its scene's plan, each triplet against its frame.

Where a page's checksum fails, the rows of its row group are read without it, so that the row itself is named if its
image or EXR is hit. Where a share was drawn, footers and names are read whole, and of the rows those drawn.
"""

from dataclasses import dataclass

from scenegen.dataset.checks.check_scene import check_scene
from scenegen.dataset.checks.findings import Findings, Off, off
from scenegen.dataset.checks.frame_checks import Place
from scenegen.dataset.checks.scene_checks import rejection_faults, replacement_faults
from scenegen.dataset.checks.set_aside_checks import set_aside_faults
from scenegen.dataset.checks.stored_rows import StoredRows
from scenegen.dataset.checks.unit_checks import (
    byte_faults,
    footer_faults,
    frames_file_of,
    name_faults,
    planned_samples,
    set_aside_file_of,
)
from scenegen.dataset.checks.unit_rows import UnitRows, by_scene
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.parquet import read_column
from scenegen.dataset.places import Located, below
from schemas.errors import DatasetError
from schemas.frame import FRAME_COLUMNS
from schemas.run_record import RunRecord
from schemas.triplet import TRIPLET_COLUMNS
from schemas.unit import Unit


@dataclass(frozen=True)
class Source:
    """Where the frames lie: in the dataset itself, or in that whose frames it was encoded from."""

    root: Located
    record: RunRecord


@dataclass(frozen=True)
class Run:
    """What is held against its plan."""

    root: Located
    record: RunRecord
    source: Source

    @property
    def has_frames(self) -> bool:
        """Whether there are frames to hold anything against."""
        return self.source.record.spec.keep_frames and self.source.record.frames_from is None


@dataclass(frozen=True)
class Look:
    """How much of a unit is looked at."""

    frames: frozenset[int] | None = None
    """Numbers of frames, counted through the run; all where there is nothing."""
    hashed: bool = True
    """Whether whole files are held against their hashes."""

    def sees(self, frame: int) -> bool:
        """Returns whether a frame is looked at."""
        return self.frames is None or frame in self.frames


def check_unit(run: Run, unit: Unit, look: Look, found: Findings) -> None:
    """Adds what is off with one unit; raises DatasetError where not even its footer can be read."""
    root, record, source = run.root, run.record, run.source
    path = root / unit.triplets_path
    if not path.is_file():
        found.fault(unit.triplets_path, [Off("complete", "missing: the unit is not committed")])
        return
    footer = unit_footer(path)
    found.looked_at.update({"schema": 1, "checksums": int(look.hashed)})
    unit = unit.as_made(footer.unit.replaced)
    found.fault(unit.triplets_path, footer_faults(path, footer, record, unit))
    found.fault(unit.triplets_path, off("scenes", rejection_faults(footer, unit)))
    found.fault(unit.triplets_path, off("scenes", replacement_faults(record.spec, unit)))
    of_frames = footer if source.root == root else unit_footer(source.root / unit.triplets_path)
    rows = UnitRows(
        triplets=StoredRows(path, TRIPLET_COLUMNS, lambda line: _damaged(unit.triplets_path, line, found)),
        frames=_frame_rows(source, unit.as_made(of_frames.unit.replaced), of_frames, look, found),
        place_of=_places(record, unit, footer),
        rejections=by_scene(of_frames.rejections),
    )
    _check_scenes(record, unit.as_made(of_frames.unit.replaced), rows, look, found)
    if look.frames is None:
        found.looked_at["complete"] += found.triplets
    else:
        _check_names(path, footer, record, unit, found)
    found.assets.update(asset_id for row in read_column(path, "asset_ids") for asset_id in row or ())
    if look.hashed and not found.any_fault:
        found.fault(unit.triplets_path, byte_faults(path, footer))
    if look.hashed:
        _check_set_aside(root, record, unit, footer, found)


def _places(record: RunRecord, unit: Unit, footer: UnitFooter) -> dict[str, int]:
    omitted = frozenset(footer.omitted)
    there = (name for name in planned_samples(record, unit) if name not in omitted)
    return {name: place for place, name in enumerate(there)}


def _frame_rows(source: Source, unit: Unit, footer: UnitFooter, look: Look, found: Findings) -> StoredRows | None:
    path, faults = frames_file_of(source.root, source.record, unit, footer, hashed=look.hashed)
    found.looked_at.update({"schema": int(path is not None), "checksums": int(path is not None and look.hashed)})
    return _rows_of(source.root, unit, path, faults, found)


def _rows_of(root: Located, unit: Unit, path: Located | None, faults: list[Off], found: Findings) -> StoredRows | None:
    """Returns the rows of a file that the unit's footer names; nothing where there is none to read."""
    where = unit.triplets_path if path is None else below(path, root)
    found.fault(where, faults)
    if path is None:
        return None
    return StoredRows(path, FRAME_COLUMNS, lambda line: _damaged(where, line, found))


def _damaged(where: str, line: str, found: Findings) -> None:
    check = "schema" if "its columns are not those" in line else "checksums"
    found.fault(where, [Off(check, line)])


def _check_scenes(record: RunRecord, unit: Unit, rows: UnitRows, look: Look, found: Findings) -> None:
    views = record.spec.views_per_scene
    for scene_index in range(unit.scene_start, unit.scene_stop):
        numbers = [number for number in range(views) if look.sees(scene_index * views + number)]
        is_ingested = record.ingested is not None
        check_scene([Place(record.spec, unit, scene_index, number, is_ingested) for number in numbers], rows, found)


def _check_names(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit, found: Findings) -> None:
    found.looked_at["complete"] += footer.rows
    for where, fault in name_faults(path, footer, record, unit):
        found.fault(where, [fault])


def _check_set_aside(root: Located, record: RunRecord, unit: Unit, footer: UnitFooter, found: Findings) -> None:
    path, faults = set_aside_file_of(root, record, unit, footer)
    rows = _rows_of(root, unit, path, faults, found)
    if rows is None:
        return
    found.looked_at.update({"schema": 1, "checksums": 1})
    for number in range(len(rows)):
        row = rows.row(number)
        if isinstance(row, DatasetError):
            found.fault(f"{footer.set_aside_path}, row {number}", [Off("checksums", str(row))])
        else:
            found.fault(str(row["frame_id"]), off("scenes", set_aside_faults(footer, row)))
