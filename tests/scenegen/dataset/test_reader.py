"""The reader gives every triplet once, in order, from any process, and says clearly what it can't read."""

import os
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pytest

from scenegen.dataset.footer import unit_footer
from scenegen.dataset.reader import committed_units, open_dataset, open_triplets
from scenegen.dataset.records import read_record
from scenegen.dataset.rows import Triplets
from scenegen.dataset.validate import validate
from scenegen.encoders.normals import NORMALS_CODEC
from scenegen.encoders.prompts import parse_prompt
from schemas.errors import DatasetError, InputError
from schemas.frame import Shot
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec, ImageSpec, SplitSpec
from schemas.unit import Unit, units_of

Shots = list[Shot]


def sample_ids(triplets: Triplets) -> list[str]:
    """Returns the rows' names, in the order of iteration."""
    return [triplet.sample_id for triplet in triplets]


@pytest.fixture
def planned_ids(record: RunRecord) -> list[str]:
    """All rows of the dataset, as the plan has them."""
    names = [name for unit in units_of(record.spec) for name in unit.frame_ids(record.spec)]
    return [f"{name}-{task}-0" for name in names for task in record.spec.tasks]


def test_iteration_gives_every_planned_row_in_order(written_once: Path, planned_ids: list[str]) -> None:
    triplets = open_triplets(written_once)
    assert len(triplets) == len(planned_ids) == 12
    assert sample_ids(triplets) == planned_ids


def test_a_row_is_what_was_packed(written_once: Path, shots: Shots) -> None:
    (_, frame), triplet = shots[1], open_triplets(str(written_once))[3]
    assert (triplet.frame_id, triplet.task, triplet.split) == (frame.frame_id, "normals", "train")
    np.testing.assert_array_equal(triplet.input_rgb, frame.rgb)
    np.testing.assert_array_equal(triplet.target_rgb, NORMALS_CODEC.encode(frame.gbuffer))
    assert (triplet.width_px, triplet.height_px) == (64, 48)
    assert triplet.intrinsics.shape == (3, 3)
    np.testing.assert_array_equal(triplet.cam2world.ravel(), frame.view.cam2world)
    assert parse_prompt(triplet.prompt).task == "normals"


def test_jpegs_and_pictures_of_several_sizes_are_read_alike(
    new_record: Callable[..., RunRecord],
    new_dataset: Callable[[Path, RunRecord], Path],
    new_shots: Callable[[RunRecord, Unit], Shots],
    tmp_path: Path,
) -> None:
    buckets = (Bucket(width_px=64, height_px=48), Bucket(width_px=32, height_px=64), Bucket(width_px=96, height_px=16))
    record = new_record(image=ImageSpec(format="jpeg"), camera=CameraSpec(buckets=buckets), tasks=("normals",))
    triplets = open_triplets(new_dataset(tmp_path / "out", record))
    frames = [frame for unit in units_of(record.spec) for _, frame in new_shots(record, unit)]
    assert len({triplet.input_rgb.shape for triplet in triplets}) == 3
    for triplet, frame in zip(triplets, frames, strict=True):
        assert triplet.input_rgb.shape == (triplet.height_px, triplet.width_px, 3) == frame.rgb.shape
        assert np.abs(triplet.input_rgb.astype(int) - frame.rgb).mean() < 3
        np.testing.assert_array_equal(triplet.target_rgb, NORMALS_CODEC.encode(frame.gbuffer))


def test_random_access_agrees_with_iteration(written_once: Path, planned_ids: list[str]) -> None:
    triplets = open_triplets(written_once)
    order = np.random.Generator(np.random.PCG64(0)).permutation(len(triplets)).tolist()
    assert [triplets[index].sample_id for index in order] == [planned_ids[index] for index in order]


def test_negative_indices_count_from_the_end(written_once: Path, planned_ids: list[str]) -> None:
    triplets = open_triplets(written_once)
    assert triplets[-1].sample_id == planned_ids[-1]
    assert triplets[-12].sample_id == planned_ids[0]


@pytest.mark.parametrize("index", [12, -13, 10**9])
def test_an_index_out_of_range_is_an_index_error(written_once: Path, index: int) -> None:
    with pytest.raises(IndexError, match=f"triplet {index} of 12"):
        open_triplets(written_once)[index]


def test_a_slice_is_a_sequence_of_triplets_again(written_once: Path, planned_ids: list[str]) -> None:
    assert sample_ids(open_triplets(written_once)[1::3]) == planned_ids[1::3]


def test_a_task_selects_its_rows(written_once: Path, planned_ids: list[str]) -> None:
    assert sample_ids(open_triplets(written_once, task="normals")) == planned_ids[1::2]


def test_a_split_selects_its_units_and_none_joins_them(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    record = new_record(scenes=8, scenes_per_unit=1, splits=SplitSpec(train=0.5, val=0.5), views_per_scene=1)
    out = new_dataset(tmp_path / "out", record)
    of_split = {split: sample_ids(open_triplets(out, split=split)) for split in ("train", "val")}
    assert all(of_split.values())
    everything = sample_ids(open_triplets(out))
    assert sorted(everything) == everything == sorted(of_split["train"] + of_split["val"])
    assert {triplet.split for triplet in open_triplets(out, split="val")} == {"val"}
    with pytest.raises(InputError, match=r"no split 'vall' \(did you mean 'val'\?\); it has train, val"):
        open_triplets(out, split="vall")


def test_pickled_triplets_read_on_and_carry_no_rows(written_once: Path, planned_ids: list[str]) -> None:
    triplets = open_triplets(written_once)
    size = len(pickle.dumps(triplets))
    assert triplets[5].sample_id == planned_ids[5]
    assert len(pickle.dumps(triplets)) == size
    assert sample_ids(pickle.loads(pickle.dumps(triplets))) == planned_ids


def test_workers_read_the_same_rows(written_once: Path, planned_ids: list[str]) -> None:
    triplets = open_triplets(written_once)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        halves = pool.map(sample_ids, [triplets[:6], triplets[6:]])
        assert [name for half in halves for name in half] == planned_ids


def test_no_file_stays_open(written_once: Path) -> None:
    triplets = open_triplets(written_once)
    sample_ids(triplets)
    held = {path.resolve() for path in Path("/proc/self/fd").iterdir()}
    assert held.isdisjoint(path.resolve() for path in triplets.files)


def test_a_flipped_bit_is_named_with_its_file(out: Path) -> None:
    path = committed_units(out)[0]
    triplets = open_triplets(out)
    damaged = bytearray(path.read_bytes())
    damaged[damaged.index(b"IDAT") + 40] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(DatasetError, match=r"unit-00000000\.parquet.*CRC"):
        triplets[0]
    assert triplets[8].sample_id == "scene-00000002-view-00-depth-0"


def test_an_unknown_task_is_answered_with_the_nearest(written_once: Path) -> None:
    with pytest.raises(InputError, match=r"no task 'normal' \(did you mean 'normals'\?\); it has depth, normals"):
        open_triplets(written_once, task="normal")


def test_what_is_no_dataset_is_refused_in_one_line(tmp_path: Path, record: RunRecord) -> None:
    with pytest.raises(InputError, match="no directory"):
        open_triplets(tmp_path / "nowhere")
    with pytest.raises(InputError, match="has no run"):
        open_triplets(tmp_path)
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(DatasetError, match="can't be read"):
        open_triplets(tmp_path)
    (tmp_path / "run.json").write_text(record.model_dump_json())
    with pytest.raises(InputError, match="no unit of it is committed"):
        open_triplets(tmp_path)


def test_units_are_listed_by_number_and_foreign_files_are_not(out: Path, unit: Unit) -> None:
    (out / "triplets/train/notes.txt").write_text("mine")
    (out / "triplets/train/unit-00000000.parquet.tmp").write_text("half")
    names = [path.name for path in committed_units(out, "train")]
    assert names == ["unit-00000000.parquet", "unit-00000001.parquet"]
    assert unit_footer(committed_units(out)[0]).unit == unit


def test_the_record_is_read_back(written_once: Path, record: RunRecord) -> None:
    assert read_record(written_once) == record


def test_a_folder_named_like_a_home_is_a_folder(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(out.parent)
    out.rename("~")
    assert len(open_triplets("~")) == 12
    assert open_triplets("~")[0].sample_id == "scene-00000000-view-00-depth-0"


def test_a_fifo_in_place_of_a_unit_is_named_and_not_opened(out: Path) -> None:
    path = committed_units(out)[0]
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(DatasetError, match=r"unit-00000000\.parquet: it is a FIFO"):
        open_triplets(out)
    assert not validate(out).ok


def test_a_fifo_in_place_of_frames_is_named_and_not_opened(out: Path) -> None:
    for path in list((out / "frames").rglob("*.parquet")):
        path.unlink()
        os.mkfifo(path)
        with pytest.raises(DatasetError, match="it is a FIFO"):
            unit_footer(path)
    assert not validate(out).ok


def test_a_file_without_our_footer_is_named(out: Path) -> None:
    path = out / "triplets/train/unit-00000000.parquet"
    path.write_bytes(b"PAR1 and no more")
    with pytest.raises(DatasetError, match="unit-00000000"):
        unit_footer(path)


def test_a_condition_on_columns_selects_rows(written_once: Path) -> None:
    dataset = open_dataset(written_once)
    names = [row.scene_id for row in dataset.rows(task="depth")]
    wanted = (pc.field("scene_id") != names[0]) & (pc.field("recipe") == "ball")
    chosen = dataset.rows(task=["depth"], split="train", where=wanted)
    assert [row.scene_id for row in chosen] == [name for name in names if name != names[0]] != []
    assert {row.task for row in chosen} == {"depth"}
    assert len(dataset.rows(where=pc.field("recipe") == "street")) == 0
    assert chosen.column("sample_id") == [row.sample_id for row in chosen]


@pytest.mark.parametrize("where", [pc.field("z_depth") > 3, pc.field("input_image").is_valid(), pc.field("task") > 3])
def test_a_condition_that_columns_can_not_answer_is_refused(written_once: Path, where: pc.Expression) -> None:
    with pytest.raises(InputError, match=r"where: .*must be an expression of pyarrow over sample_id"):
        open_dataset(written_once).rows(where=where)
