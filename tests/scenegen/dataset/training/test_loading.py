"""torch reads every row once an epoch through any ranks and workers, and resumes at the very next row."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scenegen.dataset import open_dataset
from schemas.errors import InputError
from tests.buckets import environment, make_bucket, s3_server, set_environment
from tests.scenegen.dataset.test_in_bucket import copied

torch = pytest.importorskip("torch", reason="torch is not installed: `make test-train`")

from scenegen.dataset import TripletDataset  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:This DataLoader will create:UserWarning")


def names_of(batches: Any) -> list[str]:
    return [name for batch in batches for name in batch["sample_id"]]


def dataset(many: Path | str, **choices: Any) -> Any:
    return TripletDataset(many, **{"batch_rows": 4, "buffer_groups": 2, "seed": 1} | choices)


@pytest.mark.parametrize(("ranks", "workers"), [(1, 0), (1, 2), (2, 3), (3, 1)])
def test_every_row_comes_once_an_epoch(many: Path, sample_ids: list[str], ranks: int, workers: int) -> None:
    sets = [dataset(many, rank=(rank, ranks)) for rank in range(ranks)]
    epochs = [[name for one in sets for name in names_of(one.loader(workers))] for _ in range(2)]
    assert [sorted(names) for names in epochs] == [sorted(sample_ids)] * 2
    assert epochs[0] != epochs[1]


@pytest.mark.parametrize(("before", "after"), [(0, 0), (2, 2), (2, 3), (3, 0), (0, 2)])
def test_a_checkpoint_resumes_at_the_very_next_row(many: Path, sample_ids: list[str], before: int, after: int) -> None:
    whole = names_of(dataset(many).loader(before))
    first = dataset(many)
    came = names_of(islice(iter(first.loader(before)), 7))
    second = dataset(many)
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    rest = names_of(second.loader(after))
    assert sorted(came + rest) == sorted(sample_ids)
    if before == after:
        assert came + rest == whole
    assert second.state_dict()["epoch"] == 1


def test_single_rows_come_through_torchs_own_loader(many: Path, sample_ids: list[str]) -> None:
    loader = torch.utils.data.DataLoader(dataset(many, batch_rows=None), batch_size=8, num_workers=2, collate_fn=list)
    batches = list(loader)
    assert sorted(row["sample_id"] for batch in batches for row in batch) == sorted(sample_ids)
    in_process = dataset(many, batch_rows=None)
    came = [row["sample_id"] for row in islice(iter(in_process), 5)]
    assert sorted(came + [row["sample_id"] for row in in_process]) == sorted(sample_ids)


def test_workers_read_from_a_bucket_what_lies_in_the_folder(many: Path) -> None:
    """They are forked from a process that has read the bucket itself."""
    here = dataset(many)
    with s3_server() as endpoint, set_environment(environment(endpoint)):
        url = copied(many, f"{make_bucket(endpoint, 'data')}/many")
        there = dataset(url)
        for workers in (0, 2):
            for ours, theirs in zip(here.loader(workers), there.loader(workers), strict=True):
                assert ours["sample_id"] == theirs["sample_id"]
                assert torch.equal(ours["edited_image"], theirs["edited_image"])


def test_a_batch_holds_tensors_as_they_are_stored(many: Path) -> None:
    batch = next(iter(dataset(many, truth=True, task="depth").loader()))
    assert batch["input_image"].shape == batch["edited_image"].shape == (4, 3, 48, 64)
    assert batch["input_image"].dtype == torch.uint8
    assert batch["truth"].shape == (4, 48, 64)
    assert batch["intrinsics"].shape == (4, 3, 3)
    row = next(row for row in open_dataset(many).rows() if row.sample_id == batch["sample_id"][0])
    np.testing.assert_array_equal(batch["edited_image"][0].permute(1, 2, 0).numpy(), row.target_rgb)
    assert batch["edit_prompt"][0] == row.prompt


def test_a_transform_sees_each_row_and_flips_and_fresh_targets_reach_the_batch(many: Path) -> None:
    plain = {row["sample_id"]: row for row in dataset(many, batch_rows=None)}
    flipped = dataset(many, batch_rows=None, flip=1.0, transform=lambda row: {**row, "seen": True})
    for row in flipped:
        assert row["seen"]
        torch.testing.assert_close(row["input_image"], plain[row["sample_id"]]["input_image"].flip(-1))
    fresh = list(dataset(many, reencode=True, task="depth"))
    prompts = [prompt for batch in fresh for prompt in batch["edit_prompt"]]
    assert len(prompts) == 60
    assert prompts != [plain[name]["edit_prompt"] for name in names_of(fresh)]


@pytest.mark.parametrize(
    ("choice", "said"),
    [({"batch_rows": 0}, "batch_rows is 0"), ({"flip": 2.0}, "flip is 2.0"), ({"buffer_groups": -1}, "buffer_groups")],
)
def test_choices_that_can_not_be_are_refused(many: Path, choice: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        dataset(many, **choice)


def test_a_state_of_another_task_is_refused(many: Path) -> None:
    with pytest.raises(InputError, match="the state is of other rows: rows was 120 there, is 60 here"):
        dataset(many, task="depth").load_state_dict(dataset(many).state_dict())


def test_even_ranks_end_together(many: Path) -> None:
    counts = {len(list(dataset(many, rank=(rank, 7), even=True))) for rank in range(7)}
    assert len(counts) == 1
