"""Distributions of an analytic dataset, a ball on a floor, against numbers reckoned by hand or by other means."""

import dataclasses
import json
import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets_catalog.colors import LUMINANCE
from scenegen.dataset.checks.draw import Draw
from scenegen.dataset.pack import UnitFiles
from scenegen.dataset.parquet import read_row_group
from scenegen.dataset.stats.distributions import Distributions, distributions
from scenegen.dataset.stats.figures import figures, spreads
from scenegen.dataset.stats.surfaces import BANDS_M
from schemas.errors import DatasetError, InputError
from schemas.flaws import Flaws
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.scene_plan import Defocus
from schemas.unit import Unit, units_of

Dataset = tuple[Path, list[Shot]]
CAMERA_M, PITCH_RAD, FOV_RAD = 1.5, -0.22, 1.1


@pytest.fixture
def write(
    tmp_path: Path,
    new_record: Callable[..., RunRecord],
    new_shots: Callable[[RunRecord, Unit], list[Shot]],
    pack: Callable[..., UnitFiles],
    commit: Callable[[Path, UnitFiles], None],
) -> Callable[..., Dataset]:
    """Writes the ball's dataset, each unit's frames changed by `change`, and says what it holds."""

    def write_dataset(change: Callable[[list[Shot]], list[Shot]] = list, **changes: Any) -> Dataset:
        record, out, held = new_record(**changes), tmp_path / "written", []
        out.mkdir()
        (out / "run.json").write_text(record.model_dump_json())
        for unit in units_of(record.spec):
            shots = change(new_shots(record, unit))
            commit(out, pack(record, unit, shots))
            held += shots
        return out, held

    return write_dataset


def at_view(shot: Shot, **changes: object) -> Shot:
    """Returns a frame whose view, in its plan too, is changed."""
    plan, frame = shot
    view = frame.view.model_copy(update=changes)
    views = tuple(view if each.view_index == view.view_index else each for each in plan.views)
    return plan.model_copy(update={"views": views}), dataclasses.replace(frame, view=view)


def test_cameras_are_those_of_the_views(write: Callable[..., Dataset]) -> None:
    found = distributions(write()[0])
    assert (found.frames, found.frames_measured, len(found.cameras)) == (6, 6, 6)
    for camera in found.cameras:
        assert camera.fov_x_deg == pytest.approx(math.degrees(FOV_RAD))
        assert camera.height_m == pytest.approx(CAMERA_M)
        assert camera.pitch_deg == pytest.approx(math.degrees(PITCH_RAD))
        assert camera.roll_deg == pytest.approx(0, abs=1e-6)
    height = spreads(found)["height_m"]
    assert height is not None
    assert height.counts[7] == 6  # 1.5 m of bins of 0.2 m


def test_depths_are_those_of_the_buffers(write: Callable[..., Dataset]) -> None:
    out, shots = write()
    depths = np.concatenate([frame.gbuffer.z_depth_m.reshape(-1) for _, frame in shots])
    surfaces = distributions(out).surfaces
    edges = [0.0, *BANDS_M, np.inf]
    expected = [int(np.sum((depths >= low) & (depths < high))) for low, high in pairwise(edges)]
    assert surfaces.bands == expected
    assert surfaces.without_surface == int(np.isinf(depths).sum()) > 0
    assert surfaces.pixels == depths.size


def test_the_floors_normal_lies_where_the_pitch_puts_it(write: Callable[..., Dataset]) -> None:
    """In the camera's axes it is (0, cos, sin) of the pitch; on Lambert's map sqrt(2 - 2 sin) above the middle."""
    out, shots = write()
    up = math.sqrt(2 - 2 * math.sin(-PITCH_RAD))
    row = int((2 - up) / (4 / 25))
    floor = sum(int(np.sum(frame.gbuffer.instance_id == 1)) for _, frame in shots)
    counts = distributions(out).surfaces.direction_counts
    assert divmod(int(counts.argmax()), 25) == (row, 12)
    assert floor <= counts[row, 12] < 1.02 * floor


def test_light_is_that_of_the_pictures(write: Callable[..., Dataset]) -> None:
    out, shots = write()
    expected = [float((frame.rgb @ np.array(LUMINANCE)).mean()) / 255 for _, frame in shots]
    assert distributions(out).pictures.mean == pytest.approx(expected, abs=0.5 / 255)


def test_things_are_counted_by_frame_and_by_instance(write: Callable[..., Dataset]) -> None:
    out, shots = write()
    shown = Counter(int(each) for _, frame in shots for each in np.unique(frame.gbuffer.instance_id) if each)
    found = distributions(out)
    assert found.class_frames == found.class_instances == {"floor": shown[1], "ball": shown[2]}
    assert sum(found.instances) == shown.total()


def test_flaws_and_defocus_are_counted(write: Callable[..., Dataset]) -> None:
    def flawed(shots: list[Shot]) -> list[Shot]:
        first = at_view(shots[0], flaws=Flaws(noise=0.01, jpeg_quality=60), defocus=Defocus(f_number=2.0, focus_m=1.0))
        return [first, at_view(shots[1], flaws=Flaws(noise=0.02)), *shots[2:]]

    found = distributions(write(flawed, scenes_per_unit=3)[0])
    assert (found.flawed, found.defocused) == (2, 1)
    assert found.flaws == {"noise": 2, "jpeg_quality": 1}
    assert figures(found)["flaws"]["share"] == pytest.approx(2 / 6)


def test_recipes_and_rejections_are_counted(
    out: Path, record: RunRecord, new_record: Callable[..., RunRecord], write: Callable[..., Dataset]
) -> None:
    found = distributions(out)
    assert found.recipes == {"ball": 6}
    assert found.rejections.keys() == {"near", "witness_ids"}
    assert found.candidates == 6 + found.rejections.total()
    assert found.tries.total() == 6
    assert sum(count * frames for count, frames in found.tries.items()) <= found.candidates
    mixed = distributions(write(recipe={"ball": 1.0, "cube": 1.0}, scenes=8)[0])
    assert mixed.recipes.keys() == {"ball", "cube"}
    assert mixed.recipes.total() == 16


def test_a_planted_copy_is_told_by_the_names_of_both_frames(write: Callable[..., Dataset]) -> None:
    """A scene that was drawn twice, in two units."""
    planted: list[Shot] = []

    def copied(shots: list[Shot]) -> list[Shot]:
        planted.append(shots[0])
        plan, frame = shots[-1]
        twin_plan, twin = planted[0]
        view = frame.view.model_copy(update={"cam2world": twin.view.cam2world})
        other = dataclasses.replace(frame, rgb=twin.rgb, gbuffer=twin.gbuffer)
        return [*shots[:-1], at_view((plan.model_copy(update={"objects": twin_plan.objects}), other), **dict(view))]

    out, shots = write(copied, scenes_per_unit=3, scenes=6)
    names = [frame.frame_id for _, frame in shots]
    found = distributions(out).near_duplicates
    assert found == ((names[0], names[5]), (names[0], names[11]))


def test_where_frames_are_not_kept_cameras_and_recipes_are_told(write: Callable[..., Dataset]) -> None:
    found = distributions(write(keep_frames=False)[0], samples=4)
    assert (found.frames, found.frames_measured, len(found.cameras), found.recipes) == (6, 0, 6, {"ball": 6})
    told = figures(found)
    assert told["depth"]["no_surface_share"] is None
    assert told["spreads"]["saturation"] is None
    json.dumps(told, allow_nan=False)


def test_figures_are_json_and_their_shares_sum_to_one(write: Callable[..., Dataset]) -> None:
    told = json.loads(json.dumps(figures(distributions(write()[0])), allow_nan=False))
    for shares in (
        [band["share"] for band in told["depth"]["bands"].values()],
        list(told["normals"]["sides"].values()),
        [recipe["share"] for recipe in told["recipes"].values()],
    ):
        assert sum(shares) == pytest.approx(1)
    assert sum(told["depth"]["counts"]) == sum(band["pixels"] for band in told["depth"]["bands"].values())


def test_frames_are_read_a_row_group_at_a_time(write: Callable[..., Dataset], monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = write(scenes=40, scenes_per_unit=40)
    rows: list[int] = []

    def heard(path: Path, group: int, columns: Any) -> Any:
        table = read_row_group(path, group, columns)
        rows.append(table.num_rows)
        return table

    monkeypatch.setattr("scenegen.dataset.stats.distributions.read_row_group", heard)
    assert distributions(out).frames_measured == sum(rows) == 80
    assert max(rows) == 32


def test_a_share_is_told_of_whole_row_groups_and_no_other_is_read(
    write: Callable[..., Dataset], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, held = write(scenes=40, scenes_per_unit=40)  # 80 frames: row groups of 32, 32 and 16
    read: list[int] = []

    def heard(path: Path, group: int, columns: Any) -> Any:
        read.append(group)
        return read_row_group(path, group, columns)

    monkeypatch.setattr("scenegen.dataset.stats.distributions.read_row_group", heard)
    done: list[tuple[int, int]] = []
    found = distributions(out, draw=Draw(0.3, seed=1), on_unit=lambda *counts: done.append(counts))
    assert len(read) == 1
    assert (found.frames, done) == (80, [(1, 1)])
    drawn = held[32 * read[0] :][:32]
    assert found.frames_drawn == found.frames_measured == found.recipes.total() == len(drawn)
    heights_m = [camera.height_m for camera in found.cameras]
    assert heights_m == pytest.approx([frame.view.cam2world[11] for _, frame in drawn])
    assert found.surfaces.pixels == sum(frame.gbuffer.z_depth_m.size for _, frame in drawn)


def test_splits_and_samples_left_out_are_those_of_the_footers(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    found = distributions(new_dataset(tmp_path / "out", new_record(tasks=("depth", "referring"))))
    held = {name: (count.units, count.frames, count.triplets) for name, count in found.splits.items()}
    left_out = found.omitted["referring"]
    assert held == {"train": (2, 6, 12 - left_out)}
    assert set(found.omitted) <= {"referring"}


def test_a_run_without_a_unit_has_no_figures(tmp_path: Path, new_record: Callable[..., RunRecord]) -> None:
    (tmp_path / "run.json").write_text(new_record().model_dump_json())
    found = distributions(tmp_path)
    assert found == Distributions(surfaces=found.surfaces, pictures=found.pictures)
    assert all(each is None for each in spreads(found).values())


def test_what_cannot_be_read_is_told(tmp_path: Path, write: Callable[..., Dataset]) -> None:
    with pytest.raises(InputError, match="no directory"):
        distributions(tmp_path / "none")
    out, _ = write()
    frames = next(out.glob("frames/*/*.parquet"))
    frames.write_bytes(frames.read_bytes()[:1000])
    with pytest.raises(DatasetError, match="frames"):
        distributions(out)
