"""Leases: every unit is leased until it is settled, and one that fails comes back as its policy says."""

import pytest

from ray_cluster.events import Fault
from ray_cluster.leases import Leases
from ray_cluster.policies import MOST_UNCOUNTED, POLICIES, FaultKind, kind_of
from schemas.errors import AssetError, CatalogError, DatasetError, OutputError, RenderError
from schemas.run_spec import RunSpec
from schemas.unit import Unit, units_of

UNITS = [*units_of(RunSpec(scenes=4))]


def fault(unit: Unit, kind: FaultKind = "crashed") -> Fault:
    return Fault(unit, kind, "it died")


def leased(leases: Leases) -> list[int]:
    """Leases all that wait."""
    return [leases.lease().unit.index for _ in range(len(leases))]


@pytest.mark.parametrize("kind", POLICIES)
def test_a_unit_is_tried_as_often_as_its_policy_says_and_then_set_aside_with_all_its_faults(kind: FaultKind) -> None:
    leases, tries = Leases(UNITS[:1]), POLICIES[kind].attempts or MOST_UNCOUNTED
    for attempt in range(1, tries):
        assert leases.lease().attempt == attempt
        assert leases.take_back(fault(UNITS[0], kind)) is None
        assert len(leases) == leases.unsettled == 1
    leases.lease()
    assert leases.take_back(last := fault(UNITS[0], kind)) == [*[last] * tries]
    assert len(leases) == leases.unsettled == 0


def test_faults_of_others_do_not_count_among_those_of_the_unit() -> None:
    leases = Leases(UNITS[:1])
    kinds: list[FaultKind] = ["crashed", "bystander", "lost", "hung", "preempted"]
    for kind in kinds:
        leases.lease()
        assert leases.take_back(fault(UNITS[0], kind)) is None
    leases.lease()
    assert leases.take_back(fault(UNITS[0], "unforeseen")) is not None


def test_both_units_of_a_worker_that_died_are_made_alone_from_then_on() -> None:
    leases = Leases(UNITS)
    in_commit, in_making = leases.lease().unit, leases.lease().unit
    assert leases.next_may_follow(in_making)
    leases.take_back(fault(in_commit, "bystander"))
    leases.take_back(fault(in_making))
    assert leases.next_may_follow(UNITS[3])
    assert not leases.next_may_follow(in_commit)
    assert [leases.lease().unit for _ in range(2)] == UNITS[2:]
    assert not leases.next_may_follow(UNITS[3])  # the next is the one that was in the commit


def test_of_a_unit_that_two_have_the_first_commit_settles_it_and_one_that_fails_leaves_it_to_the_other() -> None:
    leases = Leases(UNITS)
    leased(leases)
    assert leases.lease_twice(UNITS[0]).attempt == 2
    assert leases.holders(UNITS[0]) == 2
    assert leases.take_back(fault(UNITS[0], "render")) is None
    assert (len(leases), leases.unsettled) == (0, 4)
    assert leases.settle(UNITS[0])
    assert not leases.settle(UNITS[0])
    assert leases.take_back(fault(UNITS[0])) is None
    assert (len(leases), leases.unsettled) == (0, 3)


def test_a_unit_that_met_a_fault_is_not_doubled_so_that_one_that_hangs_each_time_is_set_aside() -> None:
    leases = Leases(UNITS[:1])
    leases.lease()
    assert leases.may_be_doubled(UNITS[0])
    leases.lease_twice(UNITS[0])
    assert not leases.may_be_doubled(UNITS[0])
    assert leases.take_back(fault(UNITS[0], "hung")) is None
    assert not leases.may_be_doubled(UNITS[0])
    assert leases.take_back(fault(UNITS[0], "hung")) is None
    leases.lease()
    assert not leases.may_be_doubled(UNITS[0])
    assert leases.take_back(fault(UNITS[0], "hung")) is not None


def test_nothing_is_kept_of_units_that_are_settled() -> None:
    leases = Leases(UNITS)
    for unit in UNITS:
        leases.lease()
        leases.take_back(fault(unit))
    for unit in UNITS:
        leases.lease()
        leases.settle(unit)
    assert not any(kept for kept in vars(leases).values())


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OutputError(""), "input"),
        (CatalogError(""), "input"),
        (RenderError(""), "render"),
        (AssetError(""), "asset"),
        (DatasetError(""), "dataset"),
        (MemoryError(), "memory"),
        (ZeroDivisionError(), "unforeseen"),
    ],
)
def test_every_exception_has_its_kind_of_fault(error: Exception, kind: FaultKind) -> None:
    assert kind_of(error) == kind
