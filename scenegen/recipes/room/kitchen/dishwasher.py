"""Dishwasher: a front of its own in the run."""

from scenegen.recipes.room.built import Element, block
from scenegen.recipes.room.kitchen.run import DEEP_M, Run
from schemas.surface import Surface


def dishwasher(run: Run, appliance: Surface, steel: Surface) -> list[Element]:
    """Returns the door of the run's dishwasher and its handle, if it has one."""
    if "dishwasher" not in run.modules:
        return []
    span = run.of("dishwasher")
    door = block((span[0] + 0.003, span[1] - 0.003), (DEEP_M, DEEP_M + 0.02), (0.103, 0.867))
    bar = block((span[0] + 0.08, span[1] - 0.08), (DEEP_M + 0.02, DEEP_M + 0.04), (0.8, 0.812))
    return [
        Element("dishwasher", "dishwasher", (door,), appliance),
        Element("door_handle", "dishwasher handle", (bar,), steel),
    ]
