"""Fresh rows: each sample of a dataset drawn anew in every epoch, from the frames that it keeps: `reencode=True`.

What is asked for, its colours and its prompt come from a stream of (the sample's seed, the training's seed, epoch);
picture, camera and truth are the frame's. So the rows are those that are stored, once an epoch, and no two epochs show
the same targets; nothing is rendered, and nothing is written.

Edges: where a draw finds nothing to ask for, it is made again, and after eight the stored one is taken. Datasets that
keep no frames are refused. A row group holds 32 frames, with the exact buffers: about 100 MB at 512x512.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from jaxtyping import Int64

from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.frames import shot_from_row
from scenegen.dataset.parquet import ROW_GROUP_ROWS, filled_row, read_row_group
from scenegen.dataset.places import Located
from scenegen.dataset.reader import Dataset
from scenegen.dataset.records import record_of
from scenegen.dataset.rows import DecodedTriplet, Triplets
from scenegen.dataset.stored_frames import check_has_frames
from scenegen.dataset.training.sources import sizes_of
from scenegen.dataset.triplets import depth_range_m, target_of
from scenegen.encoders.encoder import Target
from schemas.errors import DatasetError
from schemas.frame import FRAME_COLUMNS, Shot
from schemas.sample import Sample
from schemas.scene_plan import square
from schemas.seeds import seed_for
from schemas.target_spec import TargetSpec

_DRAWS = 8


class FreshRows:
    """The samples of some triplets, drawn anew."""

    def __init__(self, dataset: Dataset, triplets: Triplets, seed: int) -> None:
        """Reads names only; raises InputError where the dataset keeps no frames, DatasetError for damage."""
        for record in dataset.records:
            check_has_frames(dataset.root, record)
        self._seed, self._triplets = seed, triplets
        self._samples = [
            _sample(name, task, stored)
            for name, task, stored in zip(*map(triplets.column, ("sample_id", "task", "seed")), strict=True)
        ]
        self._files, self._specs, self._where = _frames_of(
            dataset, triplets, [sample.frame_id for sample in self._samples]
        )

    def __len__(self) -> int:
        return len(self._samples)

    def row_groups(self) -> Int64[np.ndarray, " n"]:
        """Returns for each row which row group its frame lies in."""
        return self._where[:, 0] << 32 | self._where[:, 1]

    def sizes(self) -> Int64[np.ndarray, " n"]:
        """Returns a number for each row's size."""
        return sizes_of(self._triplets)

    def read(self, rows: Sequence[int]) -> Sequence[Any]:
        """Returns the samples of some rows whose frames lie in one row group, with these as they are stored."""
        file, group, _ = self._where[rows[0]].tolist()
        table = read_row_group(self._files[file], group, FRAME_COLUMNS)
        frames = {place: filled_row(table, place) for place in set(self._where[list(rows), 2].tolist())}
        spec = self._specs[file]
        return [(self._samples[row], spec, self._named(frames[int(self._where[row, 2])], row)) for row in rows]

    def decoded(self, kept: Any, epoch: int) -> DecodedTriplet:
        """Returns a sample as that epoch asks for it."""
        sample, spec, frame = kept
        shot = shot_from_row(frame)
        return _row(shot, sample, self._target(sample, epoch, shot, spec))

    def _target(self, sample: Sample, epoch: int, shot: Shot, spec: TargetSpec) -> Target:
        plan, frame = shot
        seeds = (seed_for(sample.seed, "fresh", self._seed, epoch, draw) for draw in range(_DRAWS))
        for seed in (*seeds, sample.seed):
            drawn = Sample(sample.frame_id, sample.task, sample.number, seed)
            target = target_of(drawn, frame.gbuffer, plan, spec)
            if target is not None:
                return target
        raise DatasetError(f"{sample.sample_id}: its frame shows nothing to ask for, though it is stored")

    def _named(self, frame: dict[str, object], row: int) -> dict[str, object]:
        if frame["frame_id"] != self._samples[row].frame_id:
            file = self._files[int(self._where[row, 0])]
            raise DatasetError(f"{file} has {frame['frame_id']} where {self._samples[row].frame_id} must stand")
        return frame


def _sample(sample_id: str, task: str, seed: int) -> Sample:
    """Returns what a row's name says: '<frame>-<task>-<number>'."""
    rest, _, number = sample_id.rpartition("-")
    return Sample(rest.removesuffix(f"-{task}"), task, int(number), seed)


def _frames_of(
    dataset: Dataset, triplets: Triplets, frame_ids: Sequence[str]
) -> tuple[list[Located], list[TargetSpec], Int64[np.ndarray, "n 3"]]:
    """Returns the frames files, how targets are drawn from each, and where each row's frame is.

    That is: which file, which row group of it, which row of that.
    """
    units: dict[Located, tuple[int, dict[str, int]]] = {}
    files: list[Located] = []
    specs: list[TargetSpec] = []
    where = np.empty((len(frame_ids), 3), dtype=np.int64)
    for row, frame_id in enumerate(frame_ids):
        unit = triplets.file_of(row)
        if unit not in units:
            footer = unit_footer(unit)
            spec = record_of(dataset.records, footer.unit).spec
            places = {name: place for place, name in enumerate(footer.unit.frame_ids(spec))}
            units[unit] = len(files), places
            files.append(dataset.root / footer.unit.frames_path(_frames_sha256(unit, footer)))
            specs.append(spec.targets)
        number, places = units[unit]
        where[row] = (number, *divmod(places[frame_id], ROW_GROUP_ROWS))
    return files, specs, where


def _frames_sha256(triplets: Located, footer: UnitFooter) -> str:
    if footer.frames_sha256 is None:
        raise DatasetError(f"{triplets} names no frames file")
    return footer.frames_sha256


def _row(shot: Shot, sample: Sample, target: Target) -> DecodedTriplet:
    plan, frame = shot
    nearest_m, farthest_m = depth_range_m(frame.gbuffer.z_depth_m)
    return DecodedTriplet(
        sample_id=sample.sample_id,
        frame_id=frame.frame_id,
        scene_id=plan.scene_id,
        task=sample.task,
        split=plan.split,
        recipe=plan.recipe,
        prompt=target.prompt,
        input_rgb=frame.rgb,
        target_rgb=target.rgb,
        width_px=frame.view.width_px,
        height_px=frame.view.height_px,
        seed=sample.seed,
        intrinsics=square(frame.view.intrinsics),
        cam2world=square(frame.view.cam2world),
        z_depth_min_m=nearest_m,
        z_depth_max_m=farthest_m,
        codec=target.codec.name,
        codec_params=target.codec.params,
        legend=target.legend,
        asset_ids=plan.asset_ids(),
    )
