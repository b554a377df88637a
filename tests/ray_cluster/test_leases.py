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
