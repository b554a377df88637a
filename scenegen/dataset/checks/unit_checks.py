"""Checks of a unit's files as files: their footers, their numbers of rows, the frames file against its hash."""

from collections import Counter
from collections.abc import Iterator

import pyarrow

from scenegen.dataset.checks.differences import differing
from scenegen.dataset.checks.findings import Off, off
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.parquet import HashedSink, filled_row, read_column, read_row_group, row_group_sizes
from scenegen.dataset.places import Located, below
from scenegen.dataset.places.reading import sha256_of
from scenegen.dataset.triplets import triplet_from_row, write_triplets
from schemas.errors import DatasetError
from schemas.model import SCHEMA_VERSION
from schemas.run_record import RunRecord
from schemas.sample import samples_of
from schemas.triplet import TRIPLET_COLUMNS, Triplet
from schemas.unit import Unit


def footer_faults(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit) -> list[Off]:
    """Returns what is off with the footer of a unit's triplets file; raises DatasetError where it can't be read."""
    planned = planned_samples(record, unit)
    strange = sorted(set(footer.omitted) - set(planned))
    odd = [f"its footer omits {strange[0]}, which is no sample of the unit"] if strange else []
    return [*_faults(path, footer, record, unit, len(planned) - len(footer.omitted)), *off("complete", odd)]


def planned_samples(record: RunRecord, unit: Unit) -> list[str]:
    """Returns the names of all samples that are asked of a unit's frames, in their order."""
    return [one.sample_id for frame in unit.frame_ids(record.spec) for one in samples_of(record.spec, frame)]


def name_faults(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit) -> Iterator[tuple[str, Off]]:
    """Yields each sample that the file's own list of names lacks, has twice or has besides; rows aren't looked at."""
    stored = Counter(read_column(path, "sample_id"))
    planned = Counter(planned_samples(record, unit)) - Counter(footer.omitted)
    for name in planned - stored:
        yield name, Off("complete", "missing in the triplets file")
    for name in stored - planned:
        yield name, Off("complete", "stands in the triplets file again" if name in planned else "was never planned")


def byte_faults(path: Located, footer: UnitFooter) -> list[Off]:
    """Returns whether a triplets file whose rows are all right has other bytes than these rows give.

    This finds what no page's checksum covers: statistics, page index, footer. Another version of pyarrow writes other
    bytes, so its files are left at what their checksums say. A row group is held at a time.
    """
    if footer.versions.get("pyarrow") != pyarrow.__version__:
        return []
    again = HashedSink()
    write_triplets(again, _triplets_by_group(path), footer.metadata())
    if again.sha256 == sha256_of(path):
        return []
    return [Off("checksums", "its rows are right, but written again they give other bytes: damaged outside its pages")]


def _triplets_by_group(path: Located) -> Iterator[list[Triplet]]:
    for group, size in enumerate(row_group_sizes(path)):
        table = read_row_group(path, group, TRIPLET_COLUMNS)
        yield [triplet_from_row(filled_row(table, index)) for index in range(size)]


def frames_file_of(
    root: Located, record: RunRecord, unit: Unit, footer: UnitFooter, *, hashed: bool = True
) -> tuple[Located | None, list[Off]]:
    """Returns the frames file that the triplets' footer names, where it can be read, and what is off with it.

    Its path is derived from the hash, never taken from the footer. `hashed`: whether the whole file is read and held
    against it.
    """
    if not record.spec.keep_frames:
        stray = [] if footer.frames_path is None else [f"names {footer.frames_path}, but no frames are kept"]
        return None, off("schema", stray)
    if footer.frames_sha256 is None:
        return None, [Off("schema", "names no frames file")]
    path = root / unit.frames_path(footer.frames_sha256)
    if not path.is_file():
        return None, [Off("complete", f"its frames file {below(path, root)} is missing")]
    named = off("schema", differing(footer, {"frames_path": below(path, root)}))
    try:
        rows = len(unit.frame_ids(record.spec))
        return path, [*named, *_content_faults(path, footer.frames_sha256 if hashed else None, record, unit, rows)]
    except (OSError, DatasetError) as error:
        return None, [*named, Off("checksums", f"its frames file can't be read: {error}")]


def set_aside_file_of(
    root: Located, record: RunRecord, unit: Unit, footer: UnitFooter
) -> tuple[Located | None, list[Off]]:
    """Returns the file of frames set aside that the triplets' footer names, where it can be read, and what is off.

    Its path is derived from the hash, too.
    """
    if footer.set_aside_sha256 is None:
        stray = [] if footer.set_aside_path is None else [f"names {footer.set_aside_path} without its sha256"]
        return None, off("schema", stray)
    path = root / unit.set_aside_path(footer.set_aside_sha256)
    if not path.is_file():
        return None, [Off("complete", f"its frames set aside {below(path, root)} are missing")]
    named = off("schema", differing(footer, {"set_aside_path": below(path, root)}))
    try:
        rows = unit_footer(path).rows
        return path, [*named, *_content_faults(path, footer.set_aside_sha256, record, unit, rows)]
    except (OSError, DatasetError) as error:
        return None, [*named, Off("checksums", f"its frames set aside can't be read: {error}")]


def _content_faults(path: Located, sha256: str | None, record: RunRecord, unit: Unit, planned_rows: int) -> list[Off]:
    """Returns what is off with a file; without a hash it is not held against one."""
    rot = []
    if sha256 is not None and (there := sha256_of(path)) != sha256:
        rot = [Off("checksums", f"its sha256 is {there}, the triplets' footer says {sha256}")]
    return [*rot, *_faults(path, unit_footer(path), record, unit, planned_rows)]


def _faults(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit, planned_rows: int) -> list[Off]:
    planned = {
        "schema_version": SCHEMA_VERSION,
        "unit": unit,
        "run_digest": record.digest(),
        "versions": record.versions,
        "rows": planned_rows,
    }
    there = sum(row_group_sizes(path))
    count = [] if there == planned_rows else [f"holds {there} rows, planned {planned_rows}"]
    lines = [f"its footer's {line}" for line in differing(footer, planned)]
    return [*off("schema", lines), *off("complete", count)]
