"""Candidates for each frame, against scenes reckoned by hand."""

from collections import Counter

from scenegen.dataset.footer import RejectedView, UnitFooter
from scenegen.dataset.stats.tries import tries_of, within
from schemas.unit import Unit


def footer(*rejected: tuple[int, int, int]) -> UnitFooter:
    """Returns that of two scenes; `rejected`: scene, draw and candidate."""
    views = tuple(RejectedView(*each, "near", 0.1) for each in rejected)
    unit = Unit(index=2, split="train", scene_start=4, scene_stop=6)
    return UnitFooter(unit=unit, run_digest="", versions={}, rejections=views, rows=4)


def test_scenes_without_rejections_take_their_first_candidates() -> None:
    assert tries_of(footer(), 2) == Counter({1: 4})


def test_a_rejected_candidate_counts_for_the_frame_that_took_its_place() -> None:
    assert tries_of(footer((4, 0, 0), (4, 0, 1), (5, 0, 1)), 2) == Counter({3: 1, 1: 2, 2: 1})


def test_earlier_draws_count_for_the_first_frame() -> None:
    assert tries_of(footer((4, 0, 0), (4, 0, 1), (4, 1, 1)), 2) == Counter({3: 1, 2: 1, 1: 2})


def test_those_within_few_are_counted() -> None:
    tries = tries_of(footer(*((4, 0, number) for number in range(8)), (5, 0, 1)), 2)
    assert tries == Counter({9: 1, 1: 2, 2: 1})
    assert (within(tries), within(tries, 9), within(tries, 1)) == (3, 4, 2)
