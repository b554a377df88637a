"""Cases: what a prediction is held against, one for each triplet of a dataset.

What a prediction says is read by the triplet's prompt alone. The truth comes from the stored frame: exact depth and
normals, and for masks the objects that the legend names. Where frames are not there, it is what the target says, to 8
bits; masks lose nothing by that.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Shaped

from scenegen.dataset.parquet import read_columns
from scenegen.dataset.places import Located, located
from scenegen.dataset.png import decode_png
from scenegen.dataset.reader import committed_units, open_triplets
from scenegen.dataset.records import read_records, tasks_of
from scenegen.encoders import ENCODERS
from scenegen.encoders.masks import decode_legend
from scenegen.encoders.prompts import ParsedPrompt, parse_prompt
from scenegen.evaluate.predictions import Rgb, sized
from scenegen.evaluate.stored_frames import StoredFrames
from schemas.errors import DatasetError, InputError, did_you_mean
from schemas.frame import GBuffer
from schemas.triplet import LegendEntry, Triplet

DEPTH_RANGE_M = (0.3, 60.0)


@dataclass(frozen=True, eq=False)
class Case:
    """One triplet, and what a prediction for it should say."""

    triplet: Triplet
    said: ParsedPrompt
    """What the prompt says."""
    truth: Shaped[np.ndarray, "h w *channels"]
    """As `decode` gives it: metres (infinity where none counts), unit vectors, indices of the legend's entries, or for
    instances these from 1 on."""
    is_exact: bool
    """Whether the truth comes from the stored frame."""

    @property
    def kind(self) -> str:
        """Returns what figures are split by within a task: the colour map of depth."""
        return self.said.color_map if self.said.task == "depth" else ""

    def fitted(self, rgb: Rgb) -> Rgb:
        """Returns a prediction at the size of the target."""
        return sized(rgb, *self.truth.shape[:2])

    def decode(self, rgb: Rgb) -> Shaped[np.ndarray, "h w *channels"]:
        """Returns what a prediction of any size says, by the prompt alone."""
        return ENCODERS[self.said.task].decode(self.fitted(rgb), self.said)


@dataclass(frozen=True)
class Listed:
    """A triplet that is asked for, not read yet."""

    index: int
    """Among the cases."""
    sample_id: str
    task: str


class Cases:
    """The triplets of a dataset that are asked for; listed by their names, read one by one, a frame's in a row."""

    def __init__(
        self,
        out: str | Located,
        split: str | None = None,
        tasks: Collection[str] | None = None,
        frames: str | Located | None = None,
        depth_range_m: tuple[float, float] = DEPTH_RANGE_M,
    ) -> None:
        """`frames`: the dataset whose frames `out` was encoded from. Raises InputError, DatasetError."""
        self.out = located(out)
        self.depth_range_m = _checked_range(*depth_range_m)
        self._triplets = open_triplets(self.out, split)
        self.tasks = _checked_tasks(self.out, tasks)
        self._frames = StoredFrames(self.out, located(frames) if frames is not None else None)

    def listed(self) -> Iterator[Listed]:
        """Yields what is asked for, in the order of the files; no image is read."""
        index = 0
        for path in self._triplets.files:
            rows = read_columns(path, ["sample_id", "task"])
            for sample_id, task in zip(rows["sample_id"].to_pylist(), rows["task"].to_pylist(), strict=True):
                if task in self.tasks:
                    yield Listed(index, sample_id, task)
                index += 1

    def all_names(self) -> Iterator[str]:
        """Yields the sample ids of the whole dataset, whatever is asked for."""
        for path in committed_units(self.out):
            yield from read_columns(path, ["sample_id"])["sample_id"].to_pylist()

    def triplet(self, index: int) -> Triplet:
        """Returns the triplet of one case; raises DatasetError where what is stored does not verify."""
        return self._triplets.stored(index)

    def __getitem__(self, index: int) -> Case:
        """Returns one case; raises DatasetError where what is stored does not verify."""
        triplet = self.triplet(index)
        try:
            return self._case(triplet, self._frames.read(self._triplets.file_of(index), triplet.frame_id))
        except DatasetError as error:
            raise DatasetError(f"{triplet.sample_id}: {error}") from error

    def _case(self, triplet: Triplet, gbuffer: GBuffer | None) -> Case:
        said = parse_prompt(triplet.edit_prompt)
        _check_words(triplet, said)
        truth = _truth_in_target(triplet, said) if gbuffer is None else _truth_in_frame(triplet, said, gbuffer)
        if truth.shape[:2] != (triplet.height_px, triplet.width_px):
            there = f"{truth.shape[1]} x {truth.shape[0]}"
            raise DatasetError(f"its truth is {there} pixels, its row says {triplet.width_px} x {triplet.height_px}")
        in_range = _within(truth, *self.depth_range_m) if said.task == "depth" else truth
        return Case(triplet, said, in_range, gbuffer is not None)


def _truth_in_frame(triplet: Triplet, said: ParsedPrompt, gbuffer: GBuffer) -> Shaped[np.ndarray, "h w *channels"]:
    return ENCODERS[said.task].codec_of(said, triplet.legend).truth(gbuffer)


def _truth_in_target(triplet: Triplet, said: ParsedPrompt) -> Shaped[np.ndarray, "h w *channels"]:
    target = decode_png(triplet.target_png)
    if said.task == "instance":  # the five steps would leave out what is not decodable, and count in another order
        return decode_legend(target, [entry.rgb for entry in triplet.legend], said.background_rgb) + np.int32(1)
    return ENCODERS[said.task].decode(target, said)


def _within(z_depth_m: Float32[np.ndarray, "h w"], low_m: float, high_m: float) -> Float32[np.ndarray, "h w"]:
    """Returns the depths that count, and infinity elsewhere."""
    return np.where((z_depth_m >= low_m) & (z_depth_m <= high_m), z_depth_m, np.float32(np.inf))


def _check_words(triplet: Triplet, said: ParsedPrompt) -> None:
    if said.task != triplet.task:
        raise DatasetError(f"its prompt asks for {said.task}, its row says {triplet.task}")
    if said.legend is not None and _words(said.legend.entries) != _words(triplet.legend):
        raise DatasetError("its prompt and its legend name different things")


def _words(entries: Sequence[LegendEntry]) -> list[tuple[str, tuple[int, int, int]]]:
    return [(entry.label, entry.rgb) for entry in entries]


def _checked_range(low_m: float, high_m: float) -> tuple[float, float]:
    if not 0 <= low_m < high_m:
        raise InputError(f"a range of depths from {low_m:g} to {high_m:g} m; it must rise, and begin at 0 or more")
    return low_m, high_m


def _checked_tasks(out: Located, asked: Collection[str] | None) -> tuple[str, ...]:
    there = tasks_of(read_records(out))
    for task in asked or ():
        if task not in there:
            raise InputError(f"{out} has no task '{task}'{did_you_mean(task, there)}; it has {', '.join(there)}")
    if unknown := [task for task in there if task not in ENCODERS and task in (asked or there)]:
        raise DatasetError(f"{out} has the task '{unknown[0]}', which is unknown here; known are {', '.join(ENCODERS)}")
    return tuple(task for task in there if task in (asked or there))
