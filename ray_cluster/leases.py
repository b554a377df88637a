"""Leases: which unit waits, and how often it was tried."""

from collections import Counter, deque
from collections.abc import Iterable

from schemas.unit import Unit

ATTEMPTS = 2


class Leases:
    """The units of a run that no worker has, and the attempts of all."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._waiting = deque(units)
        self._attempts: Counter[int] = Counter()

    def __len__(self) -> int:
        """Returns how many units wait for a worker."""
        return len(self._waiting)

    def lease(self) -> Unit:
        """Returns the next unit and counts an attempt."""
        unit = self._waiting.popleft()
        self._attempts[unit.index] += 1
        return unit

    def give_back(self, unit: Unit) -> bool:
        """Puts a lost unit at the end of the queue; returns False when it has had its attempts."""
        if self._attempts[unit.index] >= ATTEMPTS:
            return False
        self._waiting.append(unit)
        return True
