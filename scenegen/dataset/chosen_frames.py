"""Which frames of a dataset are shown: some taken evenly, those that are named, or those of a scene."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.dataset.parquet import read_column
from scenegen.dataset.places import Located, located
from scenegen.dataset.reader import open_triplets
from scenegen.dataset.records import read_records, tasks_of
from scenegen.dataset.rows import Triplets
from scenegen.encoders import ENCODERS
from schemas.errors import DatasetError, InputError, did_you_mean, first_few
from schemas.frame import scene_id
from schemas.run_record import RUN_FILE, RunRecord
from schemas.scene_draw import recipe_words

_SHOWN = 3


@dataclass(frozen=True)
class Choice:
    """What is asked for: frames or a scene by name, else as many as that, taken evenly."""

    count: int = 8
    frame_ids: tuple[str, ...] = ()
    scene_index: int | None = None


@dataclass(frozen=True)
class StoredFrame:
    """Where the triplets of a frame are: they stand side by side."""

    frame_id: str
    scene_id: str
    places: range


@dataclass(frozen=True, eq=False)
class ChosenFrames:
    """A dataset, and which of its frames are shown."""

    root: Located
    records: tuple[RunRecord, ...]
    """Of its run, and of what was appended."""
    tasks: tuple[str, ...]
    """Those that are known here."""
    triplets: Triplets
    chosen: tuple[StoredFrame, ...]
    frames: int
    """Of the dataset."""

    @property
    def name(self) -> str:
        """Returns what to call the dataset."""
        return self.root.resolve().name

    @property
    def told(self) -> str:
        """Returns a line on what is shown."""
        recipes = ", then ".join(dict.fromkeys(recipe_words(record.spec) for record in self.records))
        return f"{recipes}, {len(self.chosen)} of {self.frames} frames"


def open_chosen(out: str | Located, choice: Choice) -> ChosenFrames:
    """Returns the dataset at `out` and the frames of it that are asked for.

    Raises InputError where `out` is no dataset with triplets or has no such frames, DatasetError where none of it can
    be shown.
    """
    root = located(out)
    records = read_records(root)
    tasks = _known_tasks(root, tasks_of(records))
    triplets = open_triplets(root)
    frames = _stored_frames(triplets)
    if not frames:
        raise DatasetError(f"{root} holds no triplet: of the samples that its {RUN_FILE} asks for, no frame had any")
    return ChosenFrames(root, records, tasks, triplets, tuple(_chosen(frames, choice, root)), len(frames))


def _known_tasks(root: Located, tasks: Sequence[str]) -> tuple[str, ...]:
    """Returns the tasks that are known here; raises DatasetError where that leaves none."""
    known = tuple(task for task in tasks if task in ENCODERS)
    if not known:
        strange = first_few(tasks, _SHOWN)
        raise DatasetError(f"{root / RUN_FILE}: tasks {strange} are unknown here; known are {', '.join(ENCODERS)}")
    return known


def _stored_frames(triplets: Triplets) -> list[StoredFrame]:
    """Returns all frames of some triplets, in their order."""
    frames: list[tuple[str, str]] = []
    starts, rows = [], 0
    for file in triplets.files:
        names, scenes = read_column(file, "frame_id"), read_column(file, "scene_id")
        first = [row for row, name in enumerate(names) if row == 0 or name != names[row - 1]]
        starts += [rows + row for row in first]
        frames += [(names[row], scenes[row]) for row in first]
        rows += len(names)
    places = pairwise([*starts, rows])
    return [StoredFrame(*named, range(start, stop)) for named, (start, stop) in zip(frames, places, strict=True)]


def _chosen(frames: Sequence[StoredFrame], choice: Choice, where: object) -> list[StoredFrame]:
    """Returns the frames that are asked for; raises InputError for what is not among them, `where` is named."""
    if choice.frame_ids:
        return [_named(frames, name, where) for name in dict.fromkeys(choice.frame_ids)]
    if choice.scene_index is not None:
        name = scene_id(choice.scene_index)
        found = [frame for frame in frames if frame.scene_id == name]
        if not found:
            raise InputError(
                f"{where} has no frames of {name}; {_allowed([frame.scene_id for frame in frames], 'scene')}"
            )
        return found
    if choice.count < 1:
        raise InputError(f"{choice.count} frames are asked for; must be 1 or more")
    picks = np.linspace(0, len(frames) - 1, min(choice.count, len(frames))).round().astype(int)
    return [frames[pick] for pick in np.unique(picks).tolist()]


def _named(frames: Sequence[StoredFrame], name: str, where: object) -> StoredFrame:
    for frame in frames:
        if frame.frame_id == name:
            return frame
    names = [frame.frame_id for frame in frames]
    raise InputError(f"{where} has no frame '{name}'{did_you_mean(name, names)}; {_allowed(names, 'frame')}")


def _allowed(names: Sequence[str], kind: str) -> str:
    return f"its {kind}s are {first_few(list(dict.fromkeys(names)), _SHOWN)}"
