"""Distributions: what a dataset's frames show, over all of them: distance, directions, cameras, light, colour, content.

Cameras and recipes stand in the triplets of every dataset, and the candidates that became no frame in its footers. The
rest is measured in the frames that are kept, a row group at a time; per frame, some figures and a fingerprint are held.
Where frames are not kept, nothing is told of pixels, pictures, flaws, things and near-duplicates.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.frames import shot_from_row
from scenegen.dataset.parquet import filled_row, read_columns, read_row_group, row_group_sizes
from scenegen.dataset.places import Located, located
from scenegen.dataset.reader import committed_units
from scenegen.dataset.records import read_records, record_of
from scenegen.dataset.stats.cameras import Camera, camera
from scenegen.dataset.stats.duplicates import Fingerprints, Pair, near_duplicates
from scenegen.dataset.stats.pictures import Pictures
from scenegen.dataset.stats.samples import Samples
from scenegen.dataset.stats.surfaces import Surfaces
from scenegen.dataset.stats.tries import tries_of
from schemas.errors import DatasetError
from schemas.flaws import Flaws
from schemas.frame import FRAME_COLUMNS, Frame, Shot
from schemas.run_record import RunRecord
from schemas.scene_plan import ScenePlan, View

_CAMERA_COLUMNS = ("frame_id", "recipe", "intrinsics", "cam2world", "width_px")


@dataclass
class Distributions:
    """Sums over frames, and figures of each."""

    frames: int = 0
    frames_measured: int = 0
    """Of them: those that are kept."""
    candidates: int = 0
    """Views that were looked at: those that became frames, and those that a gate rejected."""
    tries: Counter[int] = field(default_factory=Counter)
    """Candidates looked at -> views for which it took so many; none where the frames come from another dataset."""
    rejections: Counter[str] = field(default_factory=Counter)
    """Gate -> views that it rejected."""
    recipes: Counter[str] = field(default_factory=Counter)
    """Name -> frames."""
    cameras: list[Camera] = field(default_factory=list)
    surfaces: Surfaces = field(default_factory=Surfaces)
    pictures: Pictures = field(default_factory=Pictures)
    instances: list[int] = field(default_factory=list)
    """To be seen in each frame."""
    class_frames: Counter[str] = field(default_factory=Counter)
    """Class -> frames that show it."""
    class_instances: Counter[str] = field(default_factory=Counter)
    """Class -> instances, counted in each frame that shows them."""
    flaws: Counter[str] = field(default_factory=Counter)
    """Field of Flaws -> frames that have it."""
    flawed: int = 0
    """Frames with a flaw."""
    defocused: int = 0
    near_duplicates: tuple[Pair, ...] = ()
    samples: Samples = field(default_factory=Samples)
    """A few of the pictures."""


def distributions(out: str | Located, samples: int = 0) -> Distributions:
    """Measures what is committed under `out`; keeps that many of its pictures, small, evenly spread over the frames.

    Raises InputError where `out` is no dataset, DatasetError where a file can't be read.
    """
    root, found, prints = located(out), Distributions(), Fingerprints()
    records = read_records(root)
    paths = committed_units(root)
    for path in paths:
        _add_unit(path, found, records)
    found.samples = Samples.of(found.frames, samples)
    for path in paths:
        for plan, frame in _shots(root, path):
            _add_frame(plan, frame, found)
            prints.add(frame.frame_id, frame.rgb, frame.gbuffer)
    found.near_duplicates = near_duplicates(prints)
    return found


def _add_unit(path: Located, found: Distributions, records: Sequence[RunRecord]) -> None:
    """Adds what a triplets file tells."""
    rows = {row["frame_id"]: row for row in read_columns(path, _CAMERA_COLUMNS).to_pylist()}
    found.frames += len(rows)
    found.recipes.update(row["recipe"] for row in rows.values())
    found.cameras += [_camera(row) for row in rows.values()]
    footer = unit_footer(path)
    found.candidates += len(rows) + len(footer.rejections)
    record = record_of(records, footer.unit)
    found.tries += tries_of(footer, record.spec.views_per_scene if record.frames_from is None else 0)
    found.rejections.update(rejection.gate for rejection in footer.rejections)


def _camera(row: Mapping[str, Any]) -> Camera:
    return camera(tuple(row["intrinsics"]), tuple(row["cam2world"]), row["width_px"])


def _shots(root: Located, path: Located) -> Iterator[Shot]:
    frames_path = unit_footer(path).frames_path
    if frames_path is None:
        return
    for group, size in enumerate(row_group_sizes(root / frames_path)):
        table = read_row_group(root / frames_path, group, FRAME_COLUMNS)
        for index in range(size):
            try:
                yield shot_from_row(filled_row(table, index))
            except DatasetError as error:
                raise DatasetError(f"{root / frames_path}, row {index} of row group {group}: {error}") from error


def _add_frame(plan: ScenePlan, frame: Frame, found: Distributions) -> None:
    found.frames_measured += 1
    found.surfaces.add(frame.gbuffer)
    found.pictures.add(frame.rgb)
    found.samples.offer(frame)
    _add_things(plan, frame, found)
    _add_flaws(frame.view, found)


def _add_things(plan: ScenePlan, frame: Frame, found: Distributions) -> None:
    in_sight = set(np.unique(frame.gbuffer.instance_id).tolist())
    names = [planned.class_name for planned in plan.objects if planned.instance_id in in_sight]
    found.instances.append(len(names))
    found.class_instances.update(names)
    found.class_frames.update(set(names))


def _add_flaws(view: View, found: Distributions) -> None:
    found.defocused += view.defocus is not None
    names = [name for name, none in Flaws() if getattr(view.flaws, name) != none]
    found.flaws.update(names)
    found.flawed += bool(names)
