"""A mixture holds its shares after any number of items, and goes on where it was."""

import io
import json
import tarfile
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

import datasets
import numpy as np
import pytest

from scenegen.dataset.training.mixing import Mixture, mix
from schemas.errors import InputError


def tagged(name: str, count: int = 7) -> list[str]:
    return [f"{name}{index}" for index in range(count)]


@pytest.mark.parametrize("shares", [(0.02, 0.98), (1.0, 1.0), (0.3, 0.7), (1.0, 2.0, 4.0), (0.001, 0.01, 0.1, 1.0)])
@pytest.mark.parametrize("seed", list(range(20)))
def test_shares_hold_after_any_number_of_items(shares: tuple[float, ...], seed: int) -> None:
    mixture = mix([(tagged(str(index)), share) for index, share in enumerate(shares)], seed)
    wanted = np.array(shares) / sum(shares)
    worst = 0.0
    for number, _ in enumerate(islice(mixture, 1000), start=1):
        worst = max(worst, float(np.abs(np.array(mixture.counts) - wanted * number).max()))
    assert worst < max(1, len(shares) - 1)
    np.testing.assert_allclose(np.array(mixture.counts) / 1000, wanted, atol=len(shares) / 1000)


def test_a_seed_moves_the_start_and_nothing_else_is_drawn() -> None:
    came = [list(islice(mix([("a", 0.1), ("b", 0.9)], seed), 40)) for seed in (0, 0, 1, 2, 3)]
    assert came[0] == came[1]
    assert len({tuple(each) for each in came}) > 2


def plain() -> Mixture:
    return mix([(tagged("a"), 0.3), (tagged("b", 5), 0.7)], 3)


def hugging_face() -> Mixture:
    stored = datasets.Dataset.from_dict({"text": tagged("a")})
    streamed = datasets.Dataset.from_dict({"text": tagged("b", 20)}).to_iterable_dataset(num_shards=4)
    return mix([(stored, 0.4), (streamed.shuffle(seed=1, buffer_size=5), 0.6)], 3)


@pytest.mark.parametrize("made", [plain, hugging_face])
@pytest.mark.parametrize("taken", [0, 3, 10, 33])
def test_a_mixture_goes_on_where_it_was(made: Callable[[], Mixture], taken: int) -> None:
    whole = list(islice(made(), 60))
    first, second = made(), made()
    assert list(islice(first, taken)) == whole[:taken]
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    assert list(islice(second, 60 - taken)) == whole[taken:]


def test_batches_mix_rows_and_resume_between_two(tmp_path: Path) -> None:
    whole = list(islice(plain().batches(8, list), 6))
    first, second = plain(), plain()
    list(islice(first.batches(8, list), 2))
    second.load_state_dict(first.state_dict())
    assert list(islice(second.batches(8, list), 4)) == whole[2:]


def test_an_iterator_ends_the_mixture_and_an_empty_source_is_refused() -> None:
    assert len(list(mix([(iter(tagged("a")), 0.5), (tagged("b"), 0.5)]))) in {14, 15}
    with pytest.raises(InputError, match="a list gives nothing"):
        list(mix([([], 1.0)]))


@pytest.mark.parametrize("shares", [[], [0.0, 1.0], [-1.0], [float("nan")], [float("inf")]])
def test_shares_that_can_not_be_are_refused(shares: list[float]) -> None:
    with pytest.raises(InputError, match="shares are"):
        mix([("a", share) for share in shares])


def test_a_state_of_another_mixture_is_refused() -> None:
    with pytest.raises(InputError, match="2 sources and seed 3"):
        mix([("a", 1.0)]).load_state_dict(plain().state_dict())


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # webdataset leaves its files open
def test_ours_is_mixed_into_a_webdataset_and_resumed(many: Path, tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: `make test-train`")
    webdataset = pytest.importorskip("webdataset", reason="webdataset is not installed: `make test-train`")
    from scenegen.dataset import TripletDataset  # noqa: PLC0415

    with tarfile.open(tmp_path / "base.tar", "w") as tar:
        for number in range(10):
            member = tarfile.TarInfo(f"{number:04d}.txt")
            member.size = 4
            tar.addfile(member, io.BytesIO(f"{number:04d}".encode()))

    def made() -> Mixture:
        base = webdataset.WebDataset(str(tmp_path / "base.tar"), shardshuffle=False).decode()
        return mix([(TripletDataset(many, seed=2, task="depth"), 0.25), (base, 0.75)], 5)

    def name(item: Any) -> str:
        return str(item.get("sample_id") or item["txt"])

    whole = [name(item) for item in islice(made(), 60)]
    first, second = made(), made()
    list(islice(first, 33))
    second.load_state_dict(json.loads(json.dumps(first.state_dict())))
    assert [name(item) for item in islice(second, 27)] == whole[33:]
    assert len({name for name in whole if "depth" in name}) == 15
