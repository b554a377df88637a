"""An export: the rows of a dataset that are asked for, as files of one format in a folder; goes on where it was.

    export_dataset("s3://data/rooms", "pairs", Asked("imagefolder", tasks=["depth"], split="train"))

A part is what one unit holds of the rows; parts are written in any order, by one process or many, and give the same
bytes. Units that are committed later come by exporting again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path

from scenegen.dataset.conditions import condition_of
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import lies_in
from scenegen.dataset.reader import Dataset, open_dataset
from scenegen.dataset.rows import Triplets
from scenegen.dataset.stored_frames import check_has_frames
from scenegen.dataset.trainer_formats import TRAINER_FORMATS
from scenegen.dataset.trainer_formats.destination import (
    PartFolder,
    claimed,
    entries_of,
    is_done,
    note_part,
    put_text,
)
from scenegen.dataset.trainer_formats.names import plain
from scenegen.dataset.trainer_formats.trainer_format import Part, Split, TrainerFormat
from schemas.errors import InputError, OutputError, did_you_mean

_FIRST = ("train", "val")
"""Splits, by which the others stand behind."""


@dataclass(frozen=True)
class Asked:
    """Which rows, as what; every field changes what is written."""

    format: str
    tasks: Sequence[str] | None = None
    split: str | None = None
    where: Sequence[str] = ()
    """Conditions as in `scenegen.dataset.conditions`; all must hold."""
    at: str | None = None
    """Absolute path under which the trainer will find DEST, for formats that name it; by default DEST's own."""


@dataclass(frozen=True)
class Job:
    """A part to be written, for whichever process does it."""

    dest: Path
    format: str
    part: Part


Spread = Callable[[Sequence[Job]], Iterator[int]]
"""Has all parts written, and yields the rows of each, in any order."""


@dataclass(frozen=True)
class Exported:
    """What lies in DEST now."""

    dest: Path
    rows: dict[str, int]
    """Split -> how many."""
    there_before: int
    """Rows that an earlier run had written."""


def here(jobs: Sequence[Job]) -> Iterator[int]:
    """Writes the parts in this process, one after another."""
    return map(write_part, jobs)


def write_part(job: Job) -> int:
    """Writes a part; returns its rows. Raises DatasetError for what can't be read, OutputError for what can't be."""
    folder = PartFolder(job.dest, job.part.split)
    entries = TRAINER_FORMATS[job.format].write_part(job.part, folder)
    note_part(job.dest, job.part, folder.files, entries)
    return len(job.part.rows)


def export_dataset(
    source: str | Located,
    dest: str | Path,
    asked: Asked,
    spread: Spread = here,
    on_rows: Callable[[int, int], None] = lambda done, total: None,
) -> Exported:
    """Writes the rows of a dataset into a folder; `on_rows` hears how many of how many are there.

    Raises InputError for what is not there to be exported, OutputError where DEST can't be written, DatasetError for
    damage in the dataset. What is written stays: the same call goes on.
    """
    trainer_format = _format(asked.format)
    root, folder = located(source).resolve(), _folder(dest)
    dataset = open_dataset(root)
    parts = _parts(dataset, asked, trainer_format)
    if lies_in(folder, root):
        raise OutputError(f"{folder} lies in the dataset {root}; give a folder elsewhere")
    at = _place(asked, trainer_format, folder)
    with claimed(folder, _settings(dataset, asked, at if trainer_format.absolute else None)):
        left = [part for part in parts if not is_done(folder, part)]
        total, before = _rows(parts), _rows(parts) - _rows(left)
        for done in accumulate(spread([Job(folder, asked.format, part) for part in left]), initial=before):
            on_rows(done, total)
        splits = _splits(parts)
        told = [Split(name, f"{at}/{name}", partial(entries_of, folder, each)) for name, each in splits.items()]
        for name, lines in trainer_format.index(told):
            put_text(folder, name, lines)
    return Exported(folder, {name: _rows(each) for name, each in splits.items()}, before)


def _format(name: str) -> TrainerFormat:
    if name not in TRAINER_FORMATS:
        nearest = did_you_mean(name, TRAINER_FORMATS)
        raise InputError(f"there is no format '{name}'{nearest}; allowed: {', '.join(TRAINER_FORMATS)}")
    return TRAINER_FORMATS[name]


def _folder(dest: str | Path) -> Path:
    folder = located(dest)
    if not isinstance(folder, Path):
        raise OutputError(f"{folder} is no folder of this machine; export into one, then copy it")
    return folder.resolve()


def _parts(dataset: Dataset, asked: Asked, trainer_format: TrainerFormat) -> list[Part]:
    if trainer_format.needs_frames:
        for record in dataset.records:
            check_has_frames(dataset.root, record)
    rows = dataset.rows(asked.tasks, asked.split, condition_of(asked.where))
    if not len(rows):
        raise InputError(f"{dataset.root} has no row of what is asked for")
    return [_part(dataset.root, rows) for rows in rows.by_file()]


def _part(root: Located, rows: Triplets) -> Part:
    (path,) = rows.files
    return Part(root, plain(path.parent.name, f"{path}: the split"), path.stem, rows)


def _place(asked: Asked, trainer_format: TrainerFormat, folder: Path) -> str:
    """Returns the path under which the trainer finds DEST."""
    if asked.at is None:
        return folder.as_posix()
    if not trainer_format.absolute:
        raise InputError(f"at: {asked.format} names its files relative to themselves, and may lie anywhere")
    if not asked.at.startswith("/"):
        raise InputError(f"at: '{asked.at}' must be an absolute path")
    return asked.at.rstrip("/")


def _settings(dataset: Dataset, asked: Asked, at: str | None) -> dict[str, object]:
    """Returns what tells this export from another; where the dataset lies is no part of it."""
    return {
        "format": asked.format,
        "run": dataset.records[0].digest(),
        "tasks": None if asked.tasks is None else sorted(asked.tasks),
        "split": asked.split,
        "where": list(asked.where),
        "at": at,
        "scenegen": version("scenegen"),
    }


def _rows(parts: Sequence[Part]) -> int:
    return sum(len(part.rows) for part in parts)


def _splits(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Returns the parts of each split in their order, what is trained on first."""
    names = sorted({part.split for part in parts}, key=lambda name: (*(name != one for one in _FIRST), name))
    return {name: [part for part in parts if part.split == name] for name in names}
