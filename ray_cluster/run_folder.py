"""OUT of one run: its run.json, what is committed there already, and the commit of a unit.

run.json is put if absent, and so is the record of a generation; what differs from it in any leaf is refused. Of a unit
the frames file comes first, that of frames set aside next, the triplets file last: it is the commit record, and names
the others.

What is committed is told by names, so that a run of a million frames starts within seconds. Up to 64 commit records,
spread evenly, are looked into: in a small run all. One that is not whole stops the run; nobody's data is deleted for
it. `scenegen validate` looks at all there is.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from ray_cluster.staging import STAGING
from ray_cluster.storage import Storage, open_storage
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.places import Located, below
from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.places.reading import each_of
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import planned_unit, read_records
from schemas.errors import DatasetError, OutputError, first_few
from schemas.run_record import RUN_FILE, RunRecord, differences
from schemas.unit import Receipt, Unit, Units

_NOBODYS = {STAGING, "lost+found"}
"""Ours, and what a fresh file system comes with: a folder of no more than these is empty."""
_DIFFERENCES_SHOWN = 5
_LOOKED_INTO = 64
"""Commit records."""


def open_out(out: Located, record: RunRecord) -> Storage:
    """Returns the storage of OUT, which from now on holds this run; raises OutputError where it can't."""
    try:
        is_there = _check_bucket(out) if isinstance(out, BucketPath) else _check_folder(out)
    except OSError as error:
        raise OutputError(f"{out} can't be written: {error.strerror}") from error
    storage = open_storage(out)
    if not is_there or record.generation:
        storage.commit(record.path, f"{record.model_dump_json(indent=2)}\n".encode())
    _check_same_run(out, record)
    storage.sweep()
    return storage


def pending_units(out: Located, record: RunRecord) -> Units:
    """Returns the units of the record that are still to be made; those of other generations are left alone.

    Raises DatasetError where a name is that of no unit of the run, and where a commit record that is looked into is not
    whole, or of another run.
    """
    committed = committed_units(out)
    records = read_records(out)  # afterwards: a generation may be appended meanwhile
    numbers = range(record.start.unit, record.end.unit)
    done: dict[Located, Unit] = {}
    for path in committed:
        unit = planned_unit(records, int(path.stem.removeprefix("unit-")))
        if unit is None or unit.triplets_path != below(path, out):
            raise _not_counted(path, f"{path} is no unit of this run")
        if unit.index in numbers:
            done[path] = unit
    step = -(-len(done) // _LOOKED_INTO) or 1
    _look_into(out, {path: done[path] for path in [*done][::step]}, record.digest())
    return record.units.without({unit.index for unit in done.values()})


def publish(storage: Storage, files: UnitFiles) -> Receipt:
    """Commits a unit, its commit record last; raises as `Storage.commit` does."""
    for path, data in ((files.frames_path, files.frames), (files.set_aside_path, files.set_aside)):
        if path is not None and data is not None:
            storage.commit(path, data)
    is_ours = storage.commit(files.unit.triplets_path, files.triplets)
    frames_path = files.frames_path if is_ours else _yield_to_winner(storage, files)
    return Receipt(
        unit=files.unit,
        triplets=files.triplet_count,
        frames=files.frame_count,
        frames_path=frames_path,
        already_there=not is_ours,
    )


def _check_folder(out: Path) -> bool:
    """Makes the folder where there is none; returns whether it holds a run. Raises OutputError where it may not."""
    _check_name(out)
    if not out.exists():
        out.mkdir(parents=True, exist_ok=True)
    if not out.is_dir():
        raise OutputError(f"{out} is a file; give a folder that is new, empty, or of the same run")
    there = set(os.listdir(out))
    _check_others(out, sorted(there - _NOBODYS))
    return RUN_FILE in there


def _check_bucket(out: BucketPath) -> bool:
    """Returns whether a run lies there; raises OutputError where other things do."""
    if (out / RUN_FILE).is_file():
        return True
    _check_others(out, [below(path, out) for path, _, _ in out.below(1)])
    return False


def _check_others(out: Located, there: Sequence[str]) -> None:
    if there and RUN_FILE not in there:
        raise OutputError(f"{out} holds other things, such as {there[0]}, and no {RUN_FILE}; give a new folder")


def _check_name(out: Path) -> None:
    """Raises OutputError where the path is no UTF-8: neither the store nor pyarrow takes it."""
    try:
        f"{out}{out.resolve()}".encode()
    except UnicodeEncodeError as error:
        name = os.fsencode(out).decode(errors="backslashreplace")
        raise OutputError(f"{name}: the path has bytes that are no UTF-8; give another folder") from error


def _check_same_run(out: Located, record: RunRecord) -> None:
    records = read_records(out)
    if found := differences(records[record.generation], record):
        number = record.generation
        what = f"another generation {number}" if number else "another run"
        way_out = f"; --generation {len(records)} appends all the same" if number == len(records) - 1 > 0 else ""
        raise OutputError(f"{out} holds {what}: {first_few(found, _DIFFERENCES_SHOWN)}{way_out}")


def _look_into(out: Located, committed: Mapping[Located, Unit], digest: str) -> None:
    """Raises DatasetError where a commit record, or a file that it names, is damaged or of another run."""

    def check(path: Located) -> None:
        try:
            _check_committed(out, path, committed[path], digest)
        except DatasetError as error:
            raise _not_counted(path, str(error)) from error

    for _ in each_of([*committed], check):
        pass


def _not_counted(path: Located, why: str) -> DatasetError:
    return DatasetError(f"{why}; move {path} away and run again, then its unit is made anew")


def _check_committed(out: Located, path: Located, unit: Unit, digest: str) -> None:
    footer = unit_footer(path)
    if footer.unit.planned != unit or footer.run_digest != digest:
        raise DatasetError(f"{path} is no unit of this run")
    for named in _files_beside(footer):
        if unit_footer(out / named).run_digest != digest:
            raise DatasetError(f"{out / named} is of another run")


def _files_beside(given: UnitFooter | UnitFiles) -> list[str]:
    """Returns the paths of a unit's files beside its commit record."""
    return [path for path in (given.frames_path, given.set_aside_path) if path is not None]


def _yield_to_winner(storage: Storage, files: UnitFiles) -> str | None:
    """Returns the frames file that the commit record names, and removes what it does not name of ours."""
    winner = unit_footer(storage.root / files.unit.triplets_path)
    for path in set(_files_beside(files)) - set(_files_beside(winner)):
        storage.delete(path)
    return winner.frames_path
