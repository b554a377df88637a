"""Leases: which unit waits, who has it, how often it failed, and which must be made alone.

A worker has two units when it dies: one in the making, one in the commit. From then on each is made alone, so that the
next death tells which of them it was. What is kept of a unit goes when it is settled: memory does not grow with a run.
"""

from collections import Counter, deque
from collections.abc import Iterable

from ray_cluster.events import Fault, Lease
from ray_cluster.policies import MOST_UNCOUNTED, POLICIES
from schemas.unit import Unit


class Leases:
    """The units of a run that are neither committed nor set aside."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._waiting = deque(units)
        self._leased: Counter[int] = Counter()
        self._held: Counter[int] = Counter()
        """Unit -> workers that have it."""
        self._faults: dict[int, list[Fault]] = {}
        self._alone: set[int] = set()

    def __len__(self) -> int:
        """Returns how many units wait for a worker."""
        return len(self._waiting)

    @property
    def unsettled(self) -> int:
        """Returns how many units wait, or are in hand."""
        return len(self._waiting) + len(self._held)

    def lease(self) -> Lease:
        """Returns the next unit, for one more attempt."""
        return self._leased_out(self._waiting.popleft())

    def lease_twice(self, unit: Unit) -> Lease:
        """Returns a unit that a worker has, for another; whoever commits it first has settled it."""
        return self._leased_out(unit)

    def holders(self, unit: Unit) -> int:
        """Returns how many workers have a unit that is not settled."""
        return self._held[unit.index]

    def may_be_doubled(self, unit: Unit) -> bool:
        """Returns whether one worker alone has a unit that met no fault: doubled, a bad one would always be held."""
        return self._held[unit.index] == 1 and unit.index not in self._faults

    def next_may_follow(self, in_commit: Unit) -> bool:
        """Returns whether the next unit may be made while a worker still has another in the commit."""
        return self._alone.isdisjoint((in_commit.index, self._waiting[0].index))

    def settle(self, unit: Unit) -> bool:
        """Notes that a unit is committed, by whomever; returns whether that is news."""
        if not self._held[unit.index]:
            return False
        self._forget(unit)
        return True

    def take_back(self, fault: Fault) -> list[Fault] | None:
        """Notes that a worker has a unit no longer, and puts it at the end of the queue if nobody else has it.

        Returns its faults, in their order, where it is set aside: then it is settled.
        """
        unit, policy = fault.unit, POLICIES[fault.kind]
        if not self._held[unit.index]:
            return None  # settled meanwhile
        self._held[unit.index] -= 1
        faults = self._faults.setdefault(unit.index, [])
        faults.append(fault)
        if policy.is_alone:
            self._alone.add(unit.index)
        if self._held[unit.index]:
            return None  # another worker has it
        if _is_over(faults, policy.attempts):
            self._forget(unit)
            return faults
        del self._held[unit.index]
        self._waiting.append(unit)
        return None

    def put_back(self, unit: Unit) -> None:
        """Puts a unit that was settled at the end of the queue, with other scenes and as if it were never tried."""
        self._waiting.append(unit)

    def _leased_out(self, unit: Unit) -> Lease:
        self._leased[unit.index] += 1
        self._held[unit.index] += 1
        return Lease(unit, self._leased[unit.index])

    def _forget(self, unit: Unit) -> None:
        for kept in (self._leased, self._held, self._faults):
            kept.pop(unit.index, None)
        self._alone.discard(unit.index)


def _is_over(faults: list[Fault], attempts: int | None) -> bool:
    counted = sum(POLICIES[fault.kind].attempts is not None for fault in faults)
    if attempts is not None:
        return counted >= attempts
    return len(faults) - counted >= MOST_UNCOUNTED
