"""Hands: the units that a worker has, one in the making and one in the commit at most, as its events tell; and at which
scene of the first it is.
"""

from dataclasses import dataclass

from ray_cluster.events import Fault, FrameDone, Voided, WorkerEvent
from schemas.unit import Receipt, Unit


@dataclass
class Hands:
    """What a worker has in hand."""

    making: Unit | None = None
    commit: Unit | None = None
    frames: int = 0
    """Of the unit in the making, so far."""

    def begin(self, unit: Unit) -> None:
        """Notes which unit is made now."""
        self.making, self.frames = unit, 0

    def scene_of(self, unit: Unit, views_per_scene: int) -> int | None:
        """Returns at which scene of a unit it is; nothing where all are made."""
        return scene_in_hand(unit, self.frames, views_per_scene) if unit == self.making else None

    def take(self, event: WorkerEvent) -> None:
        """Notes what the event says of the units in hand."""
        match event:
            case FrameDone():
                self.frames += 1
            case Voided(frames=frames):
                self.frames -= frames
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


def scene_in_hand(unit: Unit, frames: int, views_per_scene: int) -> int | None:
    """Returns the scene of a unit that is at work after that many frames; nothing where all are made."""
    scene_index = unit.scene_start + frames // views_per_scene
    return scene_index if scene_index < unit.scene_stop else None
