"""The feed reads what was dealt, each row group once, and fresh targets are the frames' own."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenegen.dataset
from scenegen.dataset.png import encode_png
from scenegen.dataset.reader import open_dataset, open_triplets
from scenegen.dataset.rows import DecodedTriplet
from scenegen.dataset.training.feed import Feed
from scenegen.dataset.training.fresh import FreshRows
from scenegen.dataset.training.mixing import mix
from scenegen.dataset.training.place import Place, place_of, state_of
from scenegen.dataset.training.ranks import rank_and_ranks
from scenegen.dataset.training.row_cache import rows_in_order
from scenegen.dataset.training.sources import Source, StoredRows
from scenegen.encoders import decode
from schemas.errors import DatasetError, InputError
from schemas.run_record import RunRecord
from schemas.run_spec import Bucket, CameraSpec


class Counting(StoredRows):
    """Stored rows that count what is read."""

    def __init__(self, out: Path) -> None:
        super().__init__(open_triplets(out))
        self.reads: list[int] = []

    def read(self, rows: Sequence[int]) -> Sequence[Any]:
        self.reads += set(self.row_groups()[list(rows)].tolist())
        return super().read(rows)


def whole_epoch(source: Source, place: Place, by_size: bool = False, flip: float = 0.0) -> list[list[DecodedTriplet]]:
    return list(Feed(source, 2, flip, by_size).batches(place.begun(1, 0, 4, even=False), 0, 0))


def test_an_epoch_holds_every_row_as_it_is_stored_and_reads_each_row_group_once(
    many: Path, sample_ids: list[str]
) -> None:
    source, stored = Counting(many), {row.sample_id: row for row in open_triplets(many)}
    rows = [row for batch in whole_epoch(source, Place(3)) for row in batch]
    names = [row.sample_id for row in rows]
    assert sorted(names) == sorted(sample_ids)
    assert names != sample_ids
    assert Counter(source.reads) == Counter(range(len(source.reads)))
    for row in rows[:20]:
        np.testing.assert_array_equal(row.target_rgb, stored[row.sample_id].target_rgb)
        np.testing.assert_array_equal(row.input_rgb, stored[row.sample_id].input_rgb)


def test_row_groups_that_come_next_are_read_ahead_and_no_more_of_them(many: Path) -> None:
    source = Counting(many)
    groups = len(set(source.row_groups().tolist()))
    rows = rows_in_order(source, np.arange(len(source)), 0)
    next(rows)
    end = time.monotonic() + 20
    while len(source.reads) < 3 and time.monotonic() < end:
        time.sleep(0.01)
    assert len(source.reads) == 3 < groups  # the one in hand, and two
    assert len([*rows]) == len(source) - 1


def test_sizes_come_apart_into_batches_of_one(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    buckets = (Bucket(width_px=64, height_px=48), Bucket(width_px=32, height_px=64))
    out = new_dataset(tmp_path / "out", new_record(scenes=8, camera=CameraSpec(buckets=buckets)))
    batches = whole_epoch(StoredRows(open_triplets(out)), Place(0), by_size=True)
    assert all(len({row.input_rgb.shape for row in batch}) == 1 for batch in batches)
    assert len({batch[0].input_rgb.shape for batch in batches}) == 2
    assert sorted(row.sample_id for batch in batches for row in batch) == sorted(open_triplets(out).column("sample_id"))


def test_fresh_targets_are_other_in_each_epoch_and_say_what_the_stored_ones_say(many: Path) -> None:
    triplets = open_triplets(many, task="depth")[:12]
    source = FreshRows(open_dataset(many), triplets, seed=7)
    epochs = [
        {row.sample_id: row for batch in whole_epoch(source, Place(7, epoch)) for row in batch} for epoch in (0, 1)
    ]
    again = {row.sample_id: row.prompt for batch in whole_epoch(source, Place(7, 1)) for row in batch}
    assert {name: row.prompt for name, row in epochs[1].items()} == again
    for stored in triplets:
        drawn = [epoch[stored.sample_id] for epoch in epochs]
        assert drawn[0].prompt != drawn[1].prompt
        assert {row.scene_id for row in drawn} == {stored.scene_id}
        np.testing.assert_array_equal(drawn[0].input_rgb, stored.input_rgb)
        np.testing.assert_array_equal(drawn[0].cam2world, stored.cam2world)
        assert (drawn[0].z_depth_min_m, drawn[0].z_depth_max_m) == (stored.z_depth_min_m, stored.z_depth_max_m)
        truth = decode(stored.target_rgb, stored.prompt)
        for row in drawn:
            read = decode(row.target_rgb, row.prompt)
            np.testing.assert_array_equal(np.isfinite(read), np.isfinite(truth))
            near = np.isfinite(truth) & (truth < 5)
            np.testing.assert_allclose(read[near], truth[near], rtol=0.1)


def test_fresh_targets_need_frames(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record(keep_frames=False))
    with pytest.raises(InputError, match="keeps no frames"):
        FreshRows(open_dataset(out), open_triplets(out), 0)


def test_a_damaged_row_group_ends_the_feed_with_its_name(
    new_record: Callable[..., RunRecord], new_dataset: Callable[[Path, RunRecord], Path], tmp_path: Path
) -> None:
    out = new_dataset(tmp_path / "out", new_record())
    path = out / "triplets" / "train" / "unit-00000001.parquet"
    data = bytearray(path.read_bytes())
    place = data.index(encode_png(open_triplets(out)[-1].target_rgb)[40:90])
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(DatasetError, match="unit-00000001"):
        whole_epoch(StoredRows(open_triplets(out)), Place(0))


def test_a_state_survives_json_and_is_refused_for_other_rows() -> None:
    place = Place(4, 2).begun(8, 3, 16, even=True).taken().taken().begun(4, 0, 16, even=True)
    rows = {"run": "abc", "rows": 10}
    assert place_of(state_of(place, rows), rows) == place
    assert [session.taken for session in place.sessions] == [2, 0]
    with pytest.raises(InputError, match="rows was 10 there, is 11 here"):
        place_of(state_of(place, rows), {"run": "abc", "rows": 11})
    with pytest.raises(InputError, match="no state of a TripletDataset"):
        place_of({"epoch": 1}, rows)


def test_ranks_are_those_that_torchrun_sets() -> None:
    assert rank_and_ranks({}) == (0, 1)
    assert rank_and_ranks({"RANK": "3", "WORLD_SIZE": "8"}) == (3, 8)
    for wrong in ({"RANK": "8", "WORLD_SIZE": "8"}, {"RANK": "x"}):
        with pytest.raises(InputError, match=r"(?i)rank"):
            rank_and_ranks(wrong)


def test_the_packages_names_are_there_without_torch_and_others_are_not() -> None:
    assert scenegen.dataset.open_dataset is open_dataset
    assert scenegen.dataset.mix is mix
    with pytest.raises(AttributeError, match="no attribute 'opened'"):
        _ = scenegen.dataset.opened


def test_rows_come_in_the_order_that_was_dealt(many: Path, sample_ids: list[str]) -> None:
    order = np.random.Generator(np.random.PCG64(0)).permutation(len(sample_ids))
    came = [row.sample_id for row in rows_in_order(StoredRows(open_triplets(many)), order, 0)]
    assert came == [sample_ids[row] for row in order]
