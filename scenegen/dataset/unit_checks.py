"""Checks of a unit's files as files: their footers, their numbers of rows, the frames file against its hash."""

import pyarrow

from scenegen.dataset.differences import differing
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.parquet import row_group_sizes
from scenegen.dataset.places import Located, below
from scenegen.dataset.places.reading import sha256_of
from scenegen.dataset.triplets import triplets_file
from schemas.errors import DatasetError
from schemas.model import SCHEMA_VERSION
from schemas.run_record import RunRecord
from schemas.sample import samples_of
from schemas.triplet import Triplet
from schemas.unit import Unit


def footer_faults(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit) -> list[str]:
    """Returns what is off with the footer of a unit's triplets file; raises DatasetError where it can't be read."""
    planned = [one.sample_id for frame in unit.frame_ids(record.spec) for one in samples_of(record.spec, frame)]
    strange = sorted(set(footer.omitted) - set(planned))
    odd = [f"its footer omits {strange[0]}, which is no sample of the unit"] if strange else []
    return [*_faults(path, footer, record, unit, len(planned) - len(footer.omitted)), *odd]


def byte_faults(path: Located, footer: UnitFooter, triplets: list[Triplet]) -> list[str]:
    """Returns whether a triplets file whose rows are all right has other bytes than these rows give.

    This finds what no page's checksum covers: statistics, page index, footer. Another version of pyarrow writes other
    bytes, so its files are left at what their checksums say.
    """
    same_writer = footer.versions.get("pyarrow") == pyarrow.__version__
    if not same_writer or path.read_bytes() == triplets_file(triplets, footer.metadata()):
        return []
    return ["its rows are right, but written again they give other bytes: damaged outside its pages"]


def frames_file_of(
    root: Located, record: RunRecord, unit: Unit, footer: UnitFooter
) -> tuple[Located | None, list[str]]:
    """Returns the frames file that the triplets' footer names, where it can be read, and what is off with it.

    Its path is derived from the hash, never taken from the footer.
    """
    if not record.spec.keep_frames:
        return None, [] if footer.frames_path is None else [f"names {footer.frames_path}, but no frames are kept"]
    if footer.frames_sha256 is None:
        return None, ["names no frames file"]
    path = root / unit.frames_path(footer.frames_sha256)
    if not path.is_file():
        return None, [f"its frames file {below(path, root)} is missing"]
    named = differing(footer, {"frames_path": below(path, root)})
    try:
        lines = _content_faults(path, footer.frames_sha256, record, unit, len(unit.frame_ids(record.spec)))
        return path, [*named, *lines]
    except (OSError, DatasetError) as error:
        return None, [*named, f"its frames file can't be read: {error}"]


def set_aside_file_of(
    root: Located, record: RunRecord, unit: Unit, footer: UnitFooter
) -> tuple[Located | None, list[str]]:
    """Returns the file of frames set aside that the triplets' footer names, where it can be read, and what is off.

    Its path is derived from the hash, too.
    """
    if footer.set_aside_sha256 is None:
        return None, [] if footer.set_aside_path is None else [f"names {footer.set_aside_path} without its sha256"]
    path = root / unit.set_aside_path(footer.set_aside_sha256)
    if not path.is_file():
        return None, [f"its frames set aside {below(path, root)} are missing"]
    named = differing(footer, {"set_aside_path": below(path, root)})
    try:
        rows = unit_footer(path).rows
        return path, [*named, *_content_faults(path, footer.set_aside_sha256, record, unit, rows)]
    except (OSError, DatasetError) as error:
        return None, [*named, f"its frames set aside can't be read: {error}"]


def _content_faults(path: Located, sha256: str, record: RunRecord, unit: Unit, planned_rows: int) -> list[str]:
    there = sha256_of(path)
    rot = [] if there == sha256 else [f"its sha256 is {there}, the triplets' footer says {sha256}"]
    return [*rot, *_faults(path, unit_footer(path), record, unit, planned_rows)]


def _faults(path: Located, footer: UnitFooter, record: RunRecord, unit: Unit, planned_rows: int) -> list[str]:
    planned = {
        "schema_version": SCHEMA_VERSION,
        "unit": unit,
        "run_digest": record.digest(),
        "versions": record.versions,
        "rows": planned_rows,
    }
    there = sum(row_group_sizes(path))
    count = [] if there == planned_rows else [f"holds {there} rows, planned {planned_rows}"]
    return [*(f"its footer's {line}" for line in differing(footer, planned)), *count]
