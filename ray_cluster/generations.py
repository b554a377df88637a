"""Generations: what `--frames +N` appends to a run, and how the same command tells one that it began from a new one.

A generation has a record of its own, `OUT/generations/1.json` for the first, put if absent: spec, catalog lock and
versions may differ from those of the run. Its units and scenes are numbered behind the last; nothing of what is there
is touched. It has ended once its papers are written: then `OUT/generations/1.ended` is put, with the record's digest.

The same command goes on with the newest generation while that has not ended, and appends another once it has. Who must
be able to give a command again and again, such as a scheduler, says which generation is meant: then it is begun,
resumed, or found to have ended.

Edges: two drivers that append at once put one record; the second goes on with it, or is refused where it meant another.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assets_catalog.catalog import Catalog
from ray_cluster.run_folder import pending_units
from ray_cluster.storage import Storage
from scenegen.dataset.assets_used import read_assets_used
from scenegen.dataset.places import Located
from scenegen.dataset.records import read_records
from schemas.errors import CatalogError, InputError, first_few
from schemas.run_record import GENERATIONS, Appended, RunRecord
from schemas.run_spec import RunSpec

_MORE = re.compile(r"\+([1-9]\d{0,8})")
_MOST_SCENES = 1_000_000
_ASSETS_SHOWN = 3


@dataclass(frozen=True)
class More:
    """What is asked for by `--frames +N`."""

    frames: int
    generation: int | None = None
    """Nothing: the newest while it has not ended, else another."""

    def scenes(self, spec: RunSpec) -> int:
        """Returns how many scenes of the spec give the frames; raises InputError where none do."""
        views = spec.views_per_scene
        scenes, rest = divmod(self.frames, views)
        if rest:
            nearest = " or ".join(f"+{each * views}" for each in (scenes, scenes + 1) if each)
            raise InputError(f"--frames +{self.frames}: a scene gives {views} frames; give {nearest}")
        if scenes > _MOST_SCENES:
            raise InputError(f"--frames +{self.frames}: {scenes} scenes, allowed are {_MOST_SCENES} in a generation")
        return scenes


def asked_for(frames: str | None, generation: int | None) -> More | None:
    """Returns what the options say; nothing where neither is given. Raises InputError."""
    if frames is None:
        if generation is not None:
            raise InputError(f"--generation {generation}: say how many frames it has: --frames +N")
        return None
    found = _MORE.fullmatch(frames)
    if found is None:
        raise InputError(f"--frames {frames}: must be +N, which appends N frames to the run in OUT, such as +1000")
    return More(int(found[1]), generation)


@dataclass(frozen=True)
class Begun:
    """Where a generation stands, and its record if it was begun before."""

    appended: Appended
    record: RunRecord | None


def place_of(out: Located, more: More) -> Begun:
    """Returns which generation is meant.

    Raises InputError where `out` is no dataset or has no room for it, DatasetError where it can't be read.
    """
    records = read_records(out)
    number = _number(out, records, more)
    if number < len(records):
        record = records[number]
        assert record.appended is not None
        return Begun(record.appended, record)
    end = records[-1].end
    return Begun(Appended(generation=number, first_unit=end.unit, first_scene=end.scene), None)


def _number(out: Located, records: Sequence[RunRecord], more: More) -> int:
    newest = len(records) - 1
    if more.generation is not None:
        if more.generation > newest + 1:
            raise InputError(f"--generation {more.generation}: {out} has {newest}, so the next is {newest + 1}")
        return more.generation
    if newest and not has_ended(out, records[newest]):
        return newest
    if not newest and (lacking := len(pending_units(out, records[0]))):
        raise InputError(
            f"{out}: {lacking} units of its run are still to be made, which the command without --frames does; "
            "--generation 1 appends all the same"
        )
    return newest + 1


def has_ended(out: Located, record: RunRecord) -> bool:
    """Returns whether a generation came to its end once."""
    return (out / _mark(record)).is_file()


def end(storage: Storage, record: RunRecord) -> None:
    """Notes that a generation is whole, its papers too; of the run itself nothing is noted."""
    if record.generation:
        storage.commit(_mark(record), f"{record.digest()}\n".encode())


def check_splits(out: Located, catalog: Catalog) -> None:
    """Raises CatalogError where the catalog shows an asset to another split than the dataset does."""
    used = read_assets_used(out)
    index = catalog.only([*used]).index
    there = dict(zip(index["asset_id"].to_pylist(), index["split"].to_pylist(), strict=True))
    moved = sorted(name for name, split in there.items() if used[name].split not in {None, split})
    if moved:
        names = first_few([f"{name} from {used[name].split} to {there[name]}" for name in moved], _ASSETS_SHOWN)
        raise CatalogError(f"catalog '{catalog.name}' moves assets between splits that {out} has shown: {names}")


def _mark(record: RunRecord) -> str:
    return f"{GENERATIONS}/{record.generation}.ended"
