"""Hands: the units that a worker has, one in the making and one in the commit at most, as its events tell."""

from dataclasses import dataclass

from ray_cluster.events import Fault, WorkerEvent
from schemas.unit import Receipt, Unit


@dataclass
class Hands:
    """What a worker has in hand."""

    making: Unit | None = None
    commit: Unit | None = None

    def take(self, event: WorkerEvent) -> None:
        """Notes what the event says of the units in hand."""
        if not isinstance(event, Receipt | Fault):
            return
        if event.unit == self.making:
            self.making = None
        elif event.unit == self.commit:
            self.commit = None

    def end_request(self) -> None:
        """Notes that what was asked is told: a unit that was made is in the commit now."""
        if self.making is not None:
            self.making, self.commit = None, self.making

    @property
    def units(self) -> list[Unit]:
        """Returns what is in hand, first what was leased last."""
        return [unit for unit in (self.making, self.commit) if unit is not None]

    def drop(self) -> list[Unit]:
        """Empties the hands; returns what was in them, as `units`."""
        units, self.making, self.commit = self.units, None, None
        return units
