"""OUT of one run: its run.json, what is committed there already, and the commit of a unit.

run.json is put if absent; a run that differs from it in any leaf is refused. Of a unit the frames file comes first,
that of frames set aside next, the triplets file last: it is the commit record, and names the others. A unit that is not
whole stops the run; nobody's data is deleted for it.
"""

import os
from pathlib import Path

import obstore
from obstore.store import LocalStore

from ray_cluster.storage import STAGING, commit, root_of, sweep
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.reader import committed_units, read_record
from schemas.errors import DatasetError, OutputError, first_few
from schemas.run_record import RUN_FILE, RunRecord, differences
from schemas.unit import Receipt, Unit, units_of

_NOBODYS = {STAGING, "lost+found"}
"""Ours, and what a fresh file system comes with: a folder of no more than these is empty."""
_DIFFERENCES_SHOWN = 5


def open_out(out: Path, record: RunRecord) -> LocalStore:
    """Returns the store of OUT, which from now on holds this run; raises OutputError where it can't."""
    try:
        _check_place(out)
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{out} can't be written: {error.strerror}") from error
    store = LocalStore(out)
    if not (out / RUN_FILE).exists():
        commit(store, RUN_FILE, f"{record.model_dump_json(indent=2)}\n".encode())
    _check_same_run(out, record)
    sweep(store)
    return store


def pending_units(out: Path, record: RunRecord) -> list[Unit]:
    """Returns the units that are still to be made; raises DatasetError where a committed one is not whole."""
    planned = {unit.triplets_path: unit for unit in units_of(record.spec)}
    digest = record.digest()
    for path in committed_units(out):
        unit = planned.pop(path.relative_to(out).as_posix(), None)
        try:
            _check_committed(out, path, unit, digest)
        except DatasetError as error:
            raise DatasetError(f"{error}; move {path} away and run again, then its unit is made anew") from error
    return list(planned.values())


def publish(store: LocalStore, files: UnitFiles) -> Receipt:
    """Commits a unit, its commit record last; raises as `commit` does."""
    for path, data in ((files.frames_path, files.frames), (files.set_aside_path, files.set_aside)):
        if path is not None and data is not None:
            commit(store, path, data)
    is_ours = commit(store, files.unit.triplets_path, files.triplets)
    frames_path = files.frames_path if is_ours else _yield_to_winner(store, files)
    return Receipt(
        unit=files.unit,
        triplets=files.triplet_count,
        frames=files.frame_count,
        frames_path=frames_path,
        already_there=not is_ours,
    )


def _check_place(out: Path) -> None:
    _check_name(out)
    if not out.exists():
        return
    if not out.is_dir():
        raise OutputError(f"{out} is a file; give a folder that is new, empty, or of the same run")
    there = sorted(set(os.listdir(out)) - _NOBODYS)
    if there and RUN_FILE not in there:
        raise OutputError(f"{out} holds other things, such as {there[0]}, and no {RUN_FILE}; give a new folder")


def _check_name(out: Path) -> None:
    """Raises OutputError where the path is no UTF-8: neither the store nor pyarrow takes it."""
    try:
        f"{out}{out.resolve()}".encode()
    except UnicodeEncodeError as error:
        name = os.fsencode(out).decode(errors="backslashreplace")
        raise OutputError(f"{name}: the path has bytes that are no UTF-8; give another folder") from error


def _check_same_run(out: Path, record: RunRecord) -> None:
    found = differences(read_record(out), record)
    if found:
        raise OutputError(f"{out} holds another run: {first_few(found, _DIFFERENCES_SHOWN)}")


def _check_committed(out: Path, path: Path, unit: Unit | None, digest: str) -> None:
    footer = unit_footer(path)
    if unit is None or footer.unit != unit or footer.run_digest != digest:
        raise DatasetError(f"{path} is no unit of this run")
    for named in _files_beside(footer):
        if unit_footer(out / named).run_digest != digest:
            raise DatasetError(f"{out / named} is of another run")


def _files_beside(given: UnitFooter | UnitFiles) -> list[str]:
    """Returns the paths of a unit's files beside its commit record."""
    return [path for path in (given.frames_path, given.set_aside_path) if path is not None]


def _yield_to_winner(store: LocalStore, files: UnitFiles) -> str | None:
    """Returns the frames file that the commit record names, and removes what it does not name of ours."""
    winner = unit_footer(root_of(store) / files.unit.triplets_path)
    for path in set(_files_beside(files)) - set(_files_beside(winner)):
        obstore.delete(store, path)
    return winner.frames_path
