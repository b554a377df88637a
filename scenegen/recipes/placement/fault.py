"""Fault: what can't be in a scene, and which object is to blame."""

from dataclasses import dataclass

from schemas.scene_plan import PlannedObject


@dataclass(frozen=True)
class Fault:
    """One fault."""

    planned: PlannedObject
    """The thing that would have to go."""
    reason: str
    """On one line."""
