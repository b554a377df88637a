"""Pace: a deadline is generous before anything is known, follows what is measured, and is what was given."""

from ray_cluster.pace import FLOOR_S, Pace
from schemas.run_spec import CameraSpec, RenderSpec, RunSpec
from schemas.unit import units_of

SPEC = RunSpec(scenes=10, scenes_per_unit=5)
FIRST, SECOND = units_of(SPEC)


def test_before_units_are_done_the_deadline_grows_with_what_the_spec_asks_for() -> None:
    small = SPEC.model_copy(update={"camera": CameraSpec(width_px=64, height_px=64)})
    slow = SPEC.model_copy(update={"render": RenderSpec(samples=1024)})
    deadlines = [Pace(spec).deadline_s(FIRST) for spec in (small, SPEC, slow)]
    assert deadlines == sorted(deadlines)
    assert deadlines[0] > FLOOR_S
    assert deadlines[2] > 20 * deadlines[1]


def test_a_few_units_set_the_deadline_and_one_that_took_long_does_not_move_it() -> None:
    pace = Pace(SPEC)
    for seconds in (50.0, 50.0, 50.0, 5000.0):
        pace.add(FIRST, seconds)
    assert pace.deadline_s(SECOND) == FLOOR_S + 20 * 50
    assert [pace.straggles(SECOND, seconds) for seconds in (149, 151)] == [False, True]


def test_nothing_straggles_before_others_are_done_or_within_seconds() -> None:
    pace = Pace(SPEC)
    assert not pace.straggles(FIRST, 1e6)
    for _ in range(3):
        pace.add(FIRST, 0.1)
    assert not pace.straggles(SECOND, 4.0)


def test_a_deadline_that_is_given_holds_for_every_unit() -> None:
    pace = Pace(SPEC, 7.0)
    for _ in range(9):
        pace.add(FIRST, 100.0)
    assert pace.deadline_s(SECOND) == 7.0
