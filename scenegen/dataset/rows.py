"""The rows of a dataset: triplets as a sequence, decoded when one is asked for.

A row costs one row group (32 rows), which is kept until another is needed, so reading in order decodes each once.
Checksums of pages and images are verified. No file stays open between two rows: a `Triplets` may be pickled and forked
into the workers of a torch DataLoader.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, overload

import numpy as np
import pyarrow as pa
from jaxtyping import Float64, Int64, UInt8

from scenegen.dataset.parquet import filled_row, read_index, read_row_group
from scenegen.dataset.picture import decode_picture
from scenegen.dataset.places import Located
from scenegen.dataset.places.reading import each_of
from scenegen.dataset.png import decode_png
from scenegen.dataset.triplets import triplet_from_row
from schemas.errors import DatasetError
from schemas.scene_plan import square
from schemas.triplet import TRIPLET_COLUMNS, LegendEntry, Triplet


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
        return self._triplet(self._row_group(file, group), file, group, row)

    def _triplet(self, table: pa.Table, file: int, group: int, row: int) -> Triplet:
        try:
            return triplet_from_row(filled_row(table, row))
        except DatasetError as error:
            raise DatasetError(f"{self.files[file]}, row {row} of row group {group}: {error}") from error

    def stored_together(self, indices: Sequence[int]) -> list[Triplet]:
        """Returns some triplets of one row group with their images as files, and keeps nothing; raises as `stored`."""
        file, group, _ = self._where[indices[0]].tolist()
        table = read_row_group(self.files[file], group, TRIPLET_COLUMNS)
        return [self._triplet(table, *self._where[index].tolist()) for index in indices]

    def by_file(self) -> Iterator["Triplets"]:
        """Yields the rows of each file as triplets of that file alone, in the order of the files."""
        for where in np.split(self._where, 1 + np.flatnonzero(np.diff(self._where[:, 0]))):
            if len(where):
                yield Triplets([self.files[int(where[0, 0])]], where * (0, 1, 1))

    def file_of(self, index: int) -> Located:
        """Returns the triplets file that holds one triplet."""
        return self.files[int(self._where[index, 0])]

    def column(self, name: str) -> list[Any]:
        """Returns one column of the rows as Python values; each file is opened once. Raises DatasetError."""
        used = np.unique(self._where[:, 0]).tolist()
        told = each_of([self.files[file] for file in used], partial(read_index, names=[name]))
        found: list[Any] = [None] * len(self)
        for file, (sizes, columns) in zip(used, told, strict=True):
            here = np.flatnonzero(self._where[:, 0] == file)
            first = np.cumsum([0, *sizes])[self._where[here, 1]]
            values = columns[name].take(pa.array(first + self._where[here, 2])).to_pylist()
            for index, value in zip(here.tolist(), values, strict=True):
                found[index] = value
        return found

    def row_groups(self) -> Int64[np.ndarray, " n"]:
        """Returns for each row the number of its row group among those of all files."""
        pairs = self._where[:, 0] << 32 | self._where[:, 1]
        return np.unique(pairs, return_inverse=True)[1].astype(np.int64)

    def _row_group(self, file: int, group: int) -> pa.Table:
        if self._last is None or self._last[:2] != (file, group):
            self._last = (file, group, read_row_group(self.files[file], group, TRIPLET_COLUMNS))
        return self._last[2]

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_last": None}


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
