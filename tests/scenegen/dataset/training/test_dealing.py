"""Every row once an epoch, whatever the ranks and workers and however often it is resumed; each row group read once."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenegen.dataset.training.batches import batches_of
from scenegen.dataset.training.dealing import Deal, Session, dealt, left_after
from scenegen.dataset.training.order import epoch_order

RANKS, WORKERS = (1, 2, 3, 5, 8), (0, 1, 2, 3, 4)


def handed_over(deal: Deal, rank: int, taken: int = 0) -> list[list[int]]:
    """Returns the batches of a rank as torch's DataLoader hands them over: its workers' in turn."""
    queues = [deal.of_worker(rank, worker, taken) for worker in range(deal.workers)]
    lists = [[queue.batch(index).tolist() for index in range(len(queue))] for queue in queues]
    return [lists[w][turn] for turn in range(max(map(len, lists))) for w in range(len(lists)) if turn < len(lists[w])]


def first(deal: Deal, taken: int) -> list[int]:
    """Returns the rows that all ranks hand over in so many batches each."""
    ranks = range(len(deal.of_ranks))
    return [row for rank in ranks for batch in handed_over(deal, rank)[:taken] for row in batch]


@pytest.mark.parametrize(("ranks", "workers"), list(product(RANKS, WORKERS)))
@pytest.mark.parametrize("rows", [0, 1, 7, 100])
def test_every_row_comes_once_and_what_is_left_after_any_batch_is_the_rest(ranks: int, workers: int, rows: int) -> None:
    order = np.random.Generator(np.random.PCG64(rows)).permutation(rows)
    deal = dealt(order, Session(ranks, workers, 4, even=False, taken=0))
    for taken in range(rows // 4 + 2):
        left = deal.left(taken)
        assert sorted([*first(deal, taken), *left.tolist()]) == list(range(rows))


@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("even", [False, True])
def test_the_same_session_goes_on_in_the_same_sequence_after_any_batch(workers: int, even: bool) -> None:
    deal = dealt(np.arange(107), Session(3, workers, 4, even, 0))
    for rank in range(3):
        whole = handed_over(deal, rank)
        assert [handed_over(deal, rank, taken) for taken in range(12)] == [whole[taken:] for taken in range(12)]


sessions = st.builds(
    Session,
    ranks=st.sampled_from(RANKS),
    workers=st.sampled_from(WORKERS),
    batch_rows=st.integers(1, 9),
    even=st.booleans(),
    taken=st.integers(0, 9),
)


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.integers(0, 300), st.lists(sessions, max_size=4), st.booleans(), st.integers(0, 2**32))
def test_every_row_comes_once_through_any_resumptions(rows: int, past: list[Session], sized: bool, seed: int) -> None:
    rng = np.random.Generator(np.random.PCG64(seed))
    sizes = rng.integers(0, 4, rows) if sized else None
    order = epoch_order(np.arange(rows) // 8, seed, 0, 3)
    came: list[int] = []
    for number, session in enumerate(past):
        deal = dealt(left_after(order, past[:number], sizes), session, sizes)
        came += first(deal, session.taken)
    last = left_after(order, past, sizes)
    came += first(dealt(last, Session(3, 2, 5, even=False, taken=0), sizes), rows)
    assert sorted(came) == list(range(rows))


@pytest.mark.parametrize("ranks", RANKS)
def test_even_ranks_hand_over_equally_many_batches_and_leave_out_little(ranks: int) -> None:
    deal = dealt(np.arange(101), Session(ranks, 2, 4, even=True, taken=0))
    counts = {len(handed_over(deal, rank)) for rank in range(ranks)}
    assert len(counts) == 1
    came = first(deal, 101)
    assert len(set(came)) == len(came) > 101 - 4 * ranks
    assert sorted([*came, *deal.left(101).tolist()]) == list(range(101))


def test_a_rank_hands_over_the_same_batches_of_equal_parts_whatever_its_workers() -> None:
    came = [sorted(map(tuple, handed_over(dealt(np.arange(96), Session(2, w, 4, False, 0)), 1))) for w in WORKERS]
    assert all(each == came[0] for each in came)


def test_a_batch_holds_one_size_and_only_the_last_of_each_are_short() -> None:
    sizes = np.random.Generator(np.random.PCG64(1)).integers(0, 3, 200)
    batches = batches_of(np.arange(200), 8, sizes)
    lists = [batches.batch(index) for index in range(len(batches))]
    assert {len(np.unique(sizes[each])) for each in lists} == {1}
    assert sum(len(each) < 8 for each in lists) <= 3
    complete = [int(each[-1]) for each in lists if len(each) == 8]
    assert complete == sorted(complete)
    assert [len(each) for each in lists] == sorted((len(each) for each in lists), key=lambda rows: rows < 8)
    assert sorted(row for each in lists for row in each.tolist()) == list(range(200))


def test_an_order_is_drawn_by_seed_and_epoch_and_holds_every_row() -> None:
    groups = np.arange(640) // 32
    orders = [epoch_order(groups, seed, epoch, 4).tolist() for seed in (0, 1) for epoch in (0, 1)]
    assert all(sorted(order) == list(range(640)) for order in orders)
    assert len(set(map(tuple, orders))) == 4
    assert orders[0] == epoch_order(groups, 0, 0, 4).tolist()
    assert epoch_order(groups, 0, 0, 0).tolist() == list(range(640))


def test_few_row_groups_are_open_at_once_and_neighbours_come_from_several() -> None:
    groups = np.arange(3200) // 32
    came = groups[epoch_order(groups, 0, 0, 8)]
    first_of: dict[int, int] = {}
    last_of: dict[int, int] = {}
    for place, group in enumerate(came.tolist()):
        first_of.setdefault(group, place)
        last_of[group] = place
    opened = [sum(first_of[g] <= place <= last_of[g] for g in first_of) for place in range(0, 3200, 16)]
    assert max(opened) <= 9
    assert np.mean([len(set(came[place : place + 16].tolist())) for place in range(256, 2900, 16)]) > 6


@pytest.mark.parametrize(("ranks", "workers"), [(1, 2), (2, 2), (3, 4), (8, 4)])
def test_a_row_group_is_read_by_few_workers(ranks: int, workers: int) -> None:
    groups = np.arange(32 * 400) // 32
    deal = dealt(epoch_order(groups, 0, 0, 8), Session(ranks, workers, 4, even=False, taken=0))
    parts = [deal.of_worker(rank, worker).rows for rank, worker in product(range(ranks), range(workers))]
    reads = sum(len(np.unique(groups[part])) for part in parts)
    assert reads <= 400 + 9 * (ranks * workers - 1)
