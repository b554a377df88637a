"""What a trainer reads: the triplets of a dataset as a sequence of decoded rows.

    triplets = open_triplets("out", split="train", task="depth")
    triplets[0].prompt, triplets[0].input_rgb, triplets[0].target_rgb

Opening reads each file's footer and task column; a row then costs one row group (32 rows), which is kept until
another is needed, so reading in order decodes each once. Checksums of pages and images are verified. No file stays open
between two rows: a `Triplets` may be pickled and forked into the workers of a torch DataLoader.

Edges: units that aren't committed yet are simply not there; `split=None` joins all splits in the order of the units.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import overload

import numpy as np
import pyarrow as pa
from jaxtyping import Float64, Int64, UInt8

from scenegen.dataset.parquet import filled_row, read_column, read_row_group, row_group_sizes
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import each_of, listed
from scenegen.dataset.png import decode_png
from scenegen.dataset.records import read_records, tasks_of
from scenegen.dataset.triplets import triplet_from_row
from schemas.errors import DatasetError, InputError, did_you_mean
from schemas.scene_plan import square
from schemas.triplet import TRIPLET_COLUMNS, LegendEntry, Triplet

_UNIT_FILE = re.compile(r"([^/]+)/unit-(\d{8,})\.parquet")


@dataclass(frozen=True, eq=False)
class DecodedTriplet:
    """A triplet with its images as pixels, top row first."""

    sample_id: str
    frame_id: str
    scene_id: str
    task: str
    split: str
    recipe: str
    prompt: str
    input_rgb: UInt8[np.ndarray, "h w 3"]
    target_rgb: UInt8[np.ndarray, "h w 3"]
    width_px: int
    height_px: int
    seed: int
    intrinsics: Float64[np.ndarray, "3 3"]
    """K, pixels; the centre of the top-left pixel is (0.5, 0.5)."""
    cam2world: Float64[np.ndarray, "4 4"]
    """OpenCV camera axes, world z up, metres."""
    z_depth_min_m: float
    z_depth_max_m: float
    """NaN where the frame shows no surface."""
    codec: str
    codec_params: str
    """JSON."""
    legend: tuple[LegendEntry, ...]
    asset_ids: tuple[str, ...]


class Triplets:
    """The triplets of some files, in the order of their units: has a length, is indexed, sliced and iterated."""

    def __init__(self, files: Sequence[Located], where: Int64[np.ndarray, "n 3"]) -> None:
        """`where` says for each triplet: which file, which row group of it, which row of that."""
        self.files = tuple(files)
        self._where = where
        self._last: tuple[int, int, pa.Table] | None = None

    def __len__(self) -> int:
        return len(self._where)

    def __iter__(self) -> Iterator[DecodedTriplet]:
        return (self[index] for index in range(len(self)))

    @overload
    def __getitem__(self, index: int) -> DecodedTriplet: ...
    @overload
    def __getitem__(self, index: slice) -> "Triplets": ...
    def __getitem__(self, index: int | slice) -> "DecodedTriplet | Triplets":
        """Returns one triplet, decoded, or for a slice a `Triplets` of it.

        Raises IndexError, and DatasetError where what is stored does not verify.
        """
        if isinstance(index, slice):
            return Triplets(self.files, self._where[index])
        if not -len(self) <= index < len(self):
            raise IndexError(f"triplet {index} of {len(self)}")
        return decoded(self.stored(index))

    def stored(self, index: int) -> Triplet:
        """Returns one triplet with its images as files; raises as indexing does."""
        file, group, row = self._where[index].tolist()
        try:
            return triplet_from_row(filled_row(self._row_group(file, group), row))
        except DatasetError as error:
            raise DatasetError(f"{self.files[file]}, row {row} of row group {group}: {error}") from error

    def file_of(self, index: int) -> Located:
        """Returns the triplets file that holds one triplet."""
        return self.files[int(self._where[index, 0])]

    def _row_group(self, file: int, group: int) -> pa.Table:
        if self._last is None or self._last[:2] != (file, group):
            self._last = (file, group, read_row_group(self.files[file], group, TRIPLET_COLUMNS))
        return self._last[2]

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_last": None}


def open_triplets(out: str | Located, split: str | None = None, task: str | None = None) -> Triplets:
    """Returns the triplets under `out`, a folder or URL, of one split or task where given.

    Raises InputError where `out` is no dataset or has no such split or task, DatasetError where a file can't be read.
    """
    root = located(out)
    tasks = tasks_of(read_records(root))
    if task is not None and task not in tasks:
        raise InputError(f"{root} has no task '{task}'{did_you_mean(task, tasks)}; it has {', '.join(tasks)}")
    files = committed_units(root, split)
    if not files:
        raise InputError(_nothing_there(root, split))
    return Triplets(files, np.concatenate([*_rows_of_task(files, task)]))


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


def decoded(triplet: Triplet) -> DecodedTriplet:
    """Returns the triplet with its images as pixels; raises DatasetError where they are damaged or of another size."""
    kept = {name: getattr(triplet, name) for name in _KEPT}
    return DecodedTriplet(
        **kept,
        input_rgb=_checked(triplet, decode_picture(triplet.input_image_bytes)),
        target_rgb=_checked(triplet, decode_png(triplet.target_png)),
        prompt=triplet.edit_prompt,
        intrinsics=square(triplet.intrinsics),
        cam2world=square(triplet.cam2world),
    )


_RESHAPED = {"intrinsics", "cam2world"}
_KEPT = sorted(({each.name for each in fields(DecodedTriplet)} & {each.name for each in fields(Triplet)}) - _RESHAPED)


def _checked(triplet: Triplet, rgb: UInt8[np.ndarray, "h w 3"]) -> UInt8[np.ndarray, "h w 3"]:
    if rgb.shape != (triplet.height_px, triplet.width_px, 3):
        said = f"{triplet.width_px} x {triplet.height_px}"
        raise DatasetError(
            f"{triplet.sample_id}: an image of {rgb.shape[1]} x {rgb.shape[0]} pixels, the row says {said}"
        )
    return rgb


def _rows_of_task(files: Sequence[Located], task: str | None) -> Iterator[Int64[np.ndarray, "n 3"]]:
    """Yields for each file where its rows are: those of the task, or all where none is given."""

    def sizes_and_tasks(path: Located) -> tuple[list[int], list[str]]:
        return row_group_sizes(path), [] if task is None else read_column(path, "task")

    for file, (sizes, tasks) in enumerate(each_of(files, sizes_and_tasks)):
        rows = _rows(file, sizes)
        yield rows if task is None else rows[np.array(tasks) == task]


def _rows(file: int, sizes: Sequence[int]) -> Int64[np.ndarray, "n 3"]:
    rows = np.array([(file, group, row) for group, size in enumerate(sizes) for row in range(size)], dtype=np.int64)
    return rows.reshape(-1, 3)


def _nothing_there(root: Located, split: str | None) -> str:
    splits = sorted({path.parent.name for path in committed_units(root)})
    if split is None or not splits:
        return f"{root} holds no triplets yet: no unit of it is committed"
    return f"{root} has no split '{split}'{did_you_mean(split, splits)}; it has {', '.join(splits)}"
