"""Leases: every unit is leased, and one that is lost comes back a fixed number of times."""

from ray_cluster.leases import ATTEMPTS, Leases
from schemas.run_spec import RunSpec
from schemas.unit import units_of


def test_each_unit_is_leased_once_and_a_lost_one_again_up_to_its_attempts() -> None:
    units = units_of(RunSpec(scenes=3))
    leases = Leases(units)
    assert [leases.lease() for _ in units] == units
    assert len(leases) == 0
    for _ in range(ATTEMPTS - 1):
        assert leases.give_back(units[1])
        assert leases.lease() == units[1]
    assert not leases.give_back(units[1])
    assert len(leases) == 0


def test_a_unit_that_another_cost_its_worker_keeps_its_attempts_and_both_are_made_alone_from_then_on() -> None:
    units = units_of(RunSpec(scenes=4))
    leases = Leases(units)
    in_commit, in_render = leases.lease(), leases.lease()
    assert leases.next_may_follow(in_render)
    leases.take_back(in_commit)
    assert leases.give_back(in_render)
    assert leases.next_may_follow(units[3])
    assert not leases.next_may_follow(in_commit)
    assert [leases.lease() for _ in range(2)] == units[2:]
    assert not leases.next_may_follow(units[3])  # the next is the one that was in the commit
    assert [leases.lease() for _ in range(2)] == [in_commit, in_render]
    assert [leases.give_back(unit) for unit in (in_commit, in_render)] == [True, False]
    assert leases.lease() == in_commit
    assert not leases.give_back(in_commit)
