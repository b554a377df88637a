"""Placement: whether a scene could stand like that. Judged on the meshes, before anything is built or rendered.

Nothing floats, nothing is more than a centimetre inside another thing, what belongs on a wall is on one, and doors can
be gone through. What is built, see `Body.is_setting`, may meet what else is built as it likes: walls meet at corners.
"""

from collections.abc import Iterator, Sequence

from assets_catalog.catalog import Catalog
from scenegen.recipes.placement.body import Body, bodies_of
from scenegen.recipes.placement.doors import blocked
from scenegen.recipes.placement.fault import Fault
from scenegen.recipes.placement.holding import unheld
from scenegen.recipes.placement.overlap import overlapping
from scenegen.recipes.recipe import Refused
from schemas.scene_plan import PlannedObject

__all__ = ["faults", "refused"]


def refused(objects: Sequence[PlannedObject], catalog: Catalog) -> Refused | None:
    """Returns the first fault of a scene on one line, with both things, their ids and centimetres; None if it holds.

    Pure; meshes come from the catalog and are kept, so that the next scene with the same things is judged faster.
    Raises AssetError where a mesh can't be read.
    """
    return next((Refused(fault.reason) for fault in faults(bodies_of(objects, catalog))), None)


def faults(bodies: Sequence[Body]) -> Iterator[Fault]:
    """Yields all faults of a scene, the cheapest to find first."""
    for finder in (unheld, blocked, overlapping):
        yield from finder(bodies)
