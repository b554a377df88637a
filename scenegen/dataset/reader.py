"""What a trainer reads: the triplets of a dataset, of some tasks and splits, and where a condition holds.

    dataset = open_dataset("out")                                   # a folder or URL
    rows = dataset.rows(task="depth", split="train", where=pc.field("z_depth_max_m") < 20)
    rows[0].prompt, rows[0].input_rgb, rows[0].target_rgb

Opening reads each file's footer, and the columns that tell which rows are wanted; `scenegen.dataset.rows` tells what a
row costs then.

Edges: units that aren't committed yet are simply not there; `split=None` joins all splits in the order of the units.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from jaxtyping import Int64

from scenegen.dataset.parquet import read_index
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import each_of, listed
from scenegen.dataset.records import read_records, tasks_of
from scenegen.dataset.rows import Triplets
from schemas.errors import DatasetError, InputError, did_you_mean, first_line
from schemas.frame import IMAGE_STRUCT
from schemas.run_record import RunRecord
from schemas.triplet import TRIPLET_COLUMNS

_UNIT_FILE = re.compile(r"([^/]+)/unit-(\d{8,})\.parquet")


@dataclass(frozen=True)
class Dataset:
    """A dataset, opened: what its run and the generations behind it were to make, and what of it is committed."""

    root: Located
    records: tuple[RunRecord, ...]

    @property
    def tasks(self) -> tuple[str, ...]:
        """Returns the tasks that its rows ask for."""
        return tasks_of(self.records)

    def rows(
        self,
        task: str | Sequence[str] | None = None,
        split: str | None = None,
        where: pc.Expression | None = None,
    ) -> Triplets:
        """Returns the rows of one task or several, of one split, and where a condition on their columns holds.

        `where` is an expression of pyarrow, such as `pc.field("recipe") == "room"`; it may name any column of
        `schemas.triplet` but the images. Raises InputError where nothing is of that kind, DatasetError where a file
        can't be read.
        """
        tasks = [task] if isinstance(task, str) else task
        wanted = _wanted(self._known(tasks), where)
        files = committed_units(self.root, split)
        if not files:
            raise InputError(_nothing_there(self.root, split))
        return Triplets(files, np.concatenate([*_rows_where(files, wanted)]))

    def _known(self, tasks: Sequence[str] | None) -> Sequence[str] | None:
        for task in tasks or ():
            if task not in self.tasks:
                nearest = did_you_mean(task, self.tasks)
                raise InputError(f"{self.root} has no task '{task}'{nearest}; it has {', '.join(self.tasks)}")
        return tasks


def open_dataset(out: str | Located) -> Dataset:
    """Opens a dataset, in a folder or at a URL; raises InputError where there is none, DatasetError for damage."""
    root = located(out)
    return Dataset(root, read_records(root))


def open_triplets(out: str | Located, split: str | None = None, task: str | None = None) -> Triplets:
    """Returns the rows of a dataset, of one split or task where given; raises as `Dataset.rows` does."""
    return open_dataset(out).rows(task, split)


@overload
def committed_units(out: Path, split: str | None = None) -> list[Path]: ...
@overload
def committed_units(out: str | Located, split: str | None = None) -> list[Located]: ...
def committed_units(out: str | Located, split: str | None = None) -> Sequence[Located]:
    """Returns the triplets files under `out`, of one split where given, in the order of their units.

    They are listed, not opened. Raises DatasetError where they can't be listed.
    """
    folder = located(out) / "triplets"
    try:
        found = [match for entry in listed(folder) if (match := _UNIT_FILE.fullmatch(entry.name))]
    except OSError as error:
        raise DatasetError(f"{folder} can't be listed: {error.strerror}") from error
    chosen = [match for match in found if split in (None, match[1])]
    return [folder / match[0] for match in sorted(chosen, key=lambda match: (int(match[2]), match[0]))]


def _wanted(tasks: Sequence[str] | None, where: pc.Expression | None) -> pc.Expression | None:
    """Returns both conditions as one; raises InputError for one that the columns can't answer."""
    if where is not None:
        try:
            _FILTERABLE.empty_table().filter(where)
        except (pa.ArrowException, TypeError) as error:
            columns = ", ".join(_FILTERABLE.names)
            raise InputError(
                f"where: {first_line(error)}; it must be an expression of pyarrow over {columns}"
            ) from error
    of_tasks = None if tasks is None else pc.field("task").isin(list(tasks))
    given = [each for each in (of_tasks, where) if each is not None]
    return given[0] & given[1] if len(given) == 2 else (given[0] if given else None)


_FILTERABLE = pa.schema([field for field in TRIPLET_COLUMNS if field.type != IMAGE_STRUCT])


def _rows_where(files: Sequence[Located], wanted: pc.Expression | None) -> Iterator[Int64[np.ndarray, "n 3"]]:
    """Yields for each file where its wanted rows are: file, row group, row of that."""
    named = [] if wanted is None else [name for name in _FILTERABLE.names if name in str(wanted)]
    for file, (sizes, columns) in enumerate(each_of(files, partial(read_index, names=named))):
        rows = _rows(file, sizes)
        if wanted is not None:
            chosen = columns.append_column("", pa.array(np.arange(len(rows)))).filter(wanted)
            rows = rows[chosen[""].to_numpy()]
        yield rows


def _rows(file: int, sizes: Sequence[int]) -> Int64[np.ndarray, "n 3"]:
    """Returns where all rows of a file are."""
    row_group = np.repeat(np.arange(len(sizes)), sizes)
    first = np.repeat(np.cumsum([0, *sizes])[:-1], sizes)
    return np.stack([np.full(len(row_group), file), row_group, np.arange(len(row_group)) - first], axis=1)


def _nothing_there(root: Located, split: str | None) -> str:
    splits = sorted({path.parent.name for path in committed_units(root)})
    if split is None or not splits:
        return f"{root} holds no triplets yet: no unit of it is committed"
    return f"{root} has no split '{split}'{did_you_mean(split, splits)}; it has {', '.join(splits)}"
