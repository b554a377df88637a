"""Orphans: files under OUT that belong to nothing, and may go once they are old enough.

- what is staged by a process of this machine that is gone, or by whomever long ago;
- files of frames, and of frames set aside, that no commit record names: their worker died before it could commit, or
  another was first.

Edges: what is younger than the given age stays, for its worker may be about to commit it. Names that are none of ours
are left alone. Where the commit record itself can't be read, nothing of its unit is an orphan.
"""

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ray_cluster.staging import STAGING, is_left_over
from ray_cluster.storage import open_storage
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.places import Located
from scenegen.dataset.places.bucket_path import BucketPath
from scenegen.dataset.places.reading import Entry, each_of, listed
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_record
from schemas.errors import DatasetError

SAFE_AGE_S = 3600.0
"""Far longer than a worker takes from its first file of a unit to its commit record."""
_BESIDE = re.compile(r"[^/]+/(unit-\d{8,})-[0-9a-f]{16}\.parquet")


class Orphan(NamedTuple):
    """A file that belongs to nothing."""

    name: str
    """Relative to OUT."""
    size_bytes: int
    why: str


def orphans(out: Located, age_s: float = SAFE_AGE_S) -> list[Orphan]:
    """Returns the orphans of a dataset that are older than `age_s`, by name.

    Raises InputError where `out` is no dataset, DatasetError where it can't be listed.
    """
    read_record(out)
    try:
        return sorted([*_staged(out, age_s), *_unnamed(out, age_s)])
    except OSError as error:
        raise DatasetError(f"{out} can't be listed: {error.strerror}") from error


def remove(out: Located, found: Iterable[Orphan]) -> None:
    """Removes orphans; raises OutputError."""
    storage = open_storage(out)
    for orphan in found:
        storage.delete(orphan.name)
    storage.sweep()


def _staged(out: Located, age_s: float) -> Iterator[Orphan]:
    if isinstance(out, BucketPath):
        return
    for entry in listed(out / STAGING):
        if is_left_over(entry.name) or _is_older(entry, age_s):
            yield Orphan(f"{STAGING}/{entry.name}", entry.size_bytes, "staged by a process that is gone")


def _unnamed(out: Located, age_s: float) -> Iterator[Orphan]:
    beside = {f"{folder}/{entry.name}": entry for folder in ("frames", "failures") for entry in listed(out / folder)}
    old = {name: entry for name, entry in beside.items() if _BESIDE.fullmatch(entry.name) and _is_older(entry, age_s)}
    named = _named_files(out, old)
    for name, entry in old.items():
        files = named.get(_unit_of(entry), frozenset())
        if files is not None and name not in files:
            why = "no commit record names it" if files else "its unit is not committed"
            yield Orphan(name, entry.size_bytes, why)


def _named_files(out: Located, of: Mapping[str, Entry]) -> dict[str, frozenset[str] | None]:
    """Returns for each committed unit that has such files what its commit record names; nothing where it is damaged."""
    wanted = {_unit_of(entry) for entry in of.values()}
    paths = [path for path in committed_units(out) if path.stem in wanted]
    footers = each_of(paths, _footer_or_none)
    return {path.stem: _names(footer) for path, footer in zip(paths, footers, strict=True)}


def _footer_or_none(path: Located) -> UnitFooter | None:
    try:
        return unit_footer(path)
    except DatasetError:
        return None


def _names(footer: UnitFooter | None) -> frozenset[str] | None:
    if footer is None:
        return None
    # of a unit that is committed the set is never empty, so that it is told from one that is not
    return frozenset({footer.unit.triplets_path, footer.frames_path, footer.set_aside_path} - {None})  # type: ignore[arg-type]  # no None is left


def _unit_of(entry: Entry) -> str:
    found = _BESIDE.fullmatch(entry.name)
    return found[1] if found else ""


def _is_older(entry: Entry, age_s: float) -> bool:
    return time.time() - entry.changed_s > age_s
