"""Distributions: what a dataset's frames show, over all of them: distance, directions, cameras, light, colour, content.

Cameras and recipes stand in the triplets of every dataset, and the candidates that became no frame in its footers. The
rest is measured in the frames that are kept, a row group at a time; per frame, some figures and a fingerprint are held.
Where frames are not kept, nothing is told of pixels, pictures, flaws, things and near-duplicates.

Of a large dataset a share will do: row groups are drawn, whole, since a row is read with its group. Footers are always
read, so that candidates and rejections are those of all units.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from scenegen.dataset.checks.draw import Draw, places
from scenegen.dataset.footer import UnitFooter, unit_footer
from scenegen.dataset.frames import shot_from_row
from scenegen.dataset.parquet import ROW_GROUP_ROWS, filled_row, read_columns, read_row_group
from scenegen.dataset.places import Located, located
from scenegen.dataset.places.reading import each_of
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
class SplitCount:
    """What a split holds."""

    units: int = 0
    frames: int = 0
    triplets: int = 0


@dataclass
class Distributions:
    """Sums over frames, and figures of each."""

    frames: int = 0
    """Of all committed units."""
    frames_drawn: int | None = None
    """Of them: those that are told of; nothing where all are."""
    frames_measured: int = 0
    """Of those told of: those that are kept."""
    candidates: int = 0
    """Views that were looked at: those that became frames, and those that a gate rejected."""
    tries: Counter[int] = field(default_factory=Counter)
    """Candidates looked at -> views for which it took so many; none where the frames come from another dataset."""
    rejections: Counter[str] = field(default_factory=Counter)
    """Gate -> views that it rejected."""
    splits: dict[str, SplitCount] = field(default_factory=dict)
    """By name, those with a committed unit."""
    omitted: Counter[str] = field(default_factory=Counter)
    """Task -> samples that are missing, since their frames show nothing to ask for."""
    scenes_replaced: int = 0
    """By those of the next seeds, since they ended their unit each time."""
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


def distributions(
    out: str | Located,
    samples: int = 0,
    draw: Draw | None = None,
    on_unit: Callable[[int, int], None] = lambda done, planned: None,
) -> Distributions:
    """Measures what is committed under `out`; keeps that many of its pictures, small, evenly spread over the frames.

    `draw`: the share of the frames that is measured, by default all. `on_unit(units done, units to do)` is called after
    each. Raises InputError where `out` is no dataset, DatasetError where a file can't be read.
    """
    root, found, prints = located(out), Distributions(), Fingerprints()
    records, paths = read_records(root), committed_units(root)
    units = [
        _add_footer(path, footer, records, found)
        for path, footer in zip(paths, each_of(paths, unit_footer), strict=True)
    ]
    wanted = (
        [(unit, range(unit.groups)) for unit in units] if draw is None else _drawn(draw, records[0].digest(), units)
    )
    told = sum(len(unit.frames_of(groups)) for unit, groups in wanted)
    found.frames_drawn = None if draw is None else told
    found.samples = Samples.of(told, samples)
    for done, (unit, groups) in enumerate(wanted, start=1):
        _add_unit(unit, groups, found)
        for plan, frame in _shots(root, unit, groups):
            _add_frame(plan, frame, found)
            prints.add(frame.frame_id, frame.rgb, frame.gbuffer)
        on_unit(done, len(wanted))
    found.near_duplicates = near_duplicates(prints)
    return found


class _Committed(NamedTuple):
    """A unit, as its footer tells of it."""

    path: Located
    frames_path: str | None
    frame_ids: Callable[[], list[str]]
    frames: int

    @property
    def groups(self) -> int:
        """Returns how many row groups its frames fill, or would."""
        return -(-self.frames // ROW_GROUP_ROWS)

    def frames_of(self, groups: Iterable[int]) -> list[int]:
        """Returns the places of the frames in some row groups."""
        return [place for group in groups for place in range(self.frames)[group * ROW_GROUP_ROWS :][:ROW_GROUP_ROWS]]


def _drawn(draw: Draw, digest: str, units: Sequence[_Committed]) -> list[tuple[_Committed, Sequence[int]]]:
    """Returns the units that hold some of the row groups drawn, and which."""
    ends = np.cumsum([unit.groups for unit in units], dtype=np.int64)
    chosen = places(draw, digest, "stats", int(ends[-1]) if units else 0)
    of_unit = np.searchsorted(ends, chosen, side="right")
    return [
        (units[at], (chosen[of_unit == at] - (ends[at] - units[at].groups)).tolist())
        for at in np.unique(of_unit).tolist()
    ]


def _add_footer(path: Located, footer: UnitFooter, records: Sequence[RunRecord], found: Distributions) -> _Committed:
    """Adds what a footer tells."""
    record = record_of(records, footer.unit)
    frames = footer.unit.frame_count(record.spec)
    found.frames += frames
    found.candidates += frames + len(footer.rejections)
    found.tries += tries_of(footer, record.spec.views_per_scene if record.frames_from is None else 0)
    found.rejections.update(rejection.gate for rejection in footer.rejections)
    found.omitted.update(name.rsplit("-", 2)[-2] for name in footer.omitted)  # FRAME-TASK-NUMBER
    found.scenes_replaced += len(footer.unit.replaced)
    split = found.splits.setdefault(footer.unit.split, SplitCount())
    split.units, split.frames, split.triplets = split.units + 1, split.frames + frames, split.triplets + footer.rows
    return _Committed(path, footer.frames_path, partial(footer.unit.frame_ids, record.spec), frames)


def _add_unit(unit: _Committed, groups: Sequence[int], found: Distributions) -> None:
    """Adds what a triplets file tells of some of its frames."""
    rows = {row["frame_id"]: row for row in read_columns(unit.path, _CAMERA_COLUMNS).to_pylist()}
    if len(groups) < unit.groups:
        names = unit.frame_ids()
        rows = {name: rows[name] for name in map(names.__getitem__, unit.frames_of(groups)) if name in rows}
    found.recipes.update(row["recipe"] for row in rows.values())
    found.cameras += [_camera(row) for row in rows.values()]


def _camera(row: Mapping[str, Any]) -> Camera:
    return camera(tuple(row["intrinsics"]), tuple(row["cam2world"]), row["width_px"])


def _shots(root: Located, unit: _Committed, groups: Iterable[int]) -> Iterator[Shot]:
    if unit.frames_path is None:
        return
    path = root / unit.frames_path
    for group in groups:
        table = read_row_group(path, group, FRAME_COLUMNS)
        for index in range(table.num_rows):
            try:
                yield shot_from_row(filled_row(table, index))
            except DatasetError as error:
                raise DatasetError(f"{path}, row {index} of row group {group}: {error}") from error


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
