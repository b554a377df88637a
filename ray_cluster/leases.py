"""Leases: which unit waits, how often it was tried, and which must be made alone.

A worker has two units when it dies: one in the making, one in the commit. The former counts an attempt, the latter
none; but from then on each is made alone, so that the next death tells which of them it was.
"""

from collections import Counter, deque
from collections.abc import Iterable

from schemas.unit import Unit

ATTEMPTS = 2


class Leases:
    """The units of a run that no worker has, and the attempts of all."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._waiting = deque(units)
        self._attempts: Counter[int] = Counter()
        self._alone: set[int] = set()

    def __len__(self) -> int:
        """Returns how many units wait for a worker."""
        return len(self._waiting)

    def lease(self) -> Unit:
        """Returns the next unit and counts an attempt."""
        unit = self._waiting.popleft()
        self._attempts[unit.index] += 1
        return unit

    def next_may_follow(self, in_commit: Unit) -> bool:
        """Returns whether the next unit may be made while a worker still has another in the commit."""
        return self._alone.isdisjoint((in_commit.index, self._waiting[0].index))

    def give_back(self, unit: Unit) -> bool:
        """Puts a lost unit at the end of the queue; returns False when it has had its attempts."""
        if self._attempts[unit.index] >= ATTEMPTS:
            return False
        self._wait_again(unit)
        return True

    def take_back(self, unit: Unit) -> None:
        """Puts a unit at the end of the queue that another has cost its worker; its attempt does not count."""
        self._attempts[unit.index] -= 1
        self._wait_again(unit)

    def _wait_again(self, unit: Unit) -> None:
        self._alone.add(unit.index)
        self._waiting.append(unit)
