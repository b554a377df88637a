"""Doors: the space before and behind a door that must be free, so that one can go through.

It is as wide and high as what the plan has of the class of doors, less the frame, and 60 cm deep on both sides. What
lies flat on the floor is not in the way.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.placement.body import Body, a
from scenegen.recipes.placement.contact import Pair
from scenegen.recipes.placement.fault import Fault
from scenegen.recipes.placement.shapes import form_of_box
from scenegen.recipes.placement.told_by_parts import far_apart

FREE_M = 0.6
_FRAME_M = 0.07
_FLAT_M = 0.1
_LEAST_M = (0.55, 1.6)
"""Width and height of a door; handles are smaller."""


def blocked(bodies: Sequence[Body]) -> Iterator[Fault]:
    """Yields a fault for each thing in the way of a door."""
    spaces = [(door, space) for door in bodies if (space := _space(door)) is not None]
    for door, space in spaces:
        for body in bodies:
            if not body.is_setting and _meet(body, space):
                yield Fault(
                    body.planned, f"{a(body.name)} is within {100 * FREE_M:.0f} cm of {a(door.name)}, in its way"
                )


def _space(door: Body) -> Body | None:
    """Returns what must be free as a body where the door is; nothing for what is no door."""
    asset_class = load_taxonomy().classes[door.planned.class_name]
    size_m = door.form.high_m - door.form.low_m
    through = int(np.argmin(size_m[:2]))
    if "door" not in (asset_class.name, *asset_class.parents) or (size_m[[1 - through, 2]] < _LEAST_M).any():
        return None
    low_m, high_m = door.form.low_m.copy(), door.form.high_m.copy()
    low_m[1 - through] += _FRAME_M
    high_m[1 - through] -= _FRAME_M
    low_m[2] += _FLAT_M
    high_m[2] -= _FRAME_M
    low_m[through] -= FREE_M
    high_m[through] += FREE_M
    return Body(door.planned, form_of_box(low_m, high_m), None)


def _meet(body: Body, space: Body) -> bool:
    (low_m, high_m), (space_low_m, space_high_m) = body.bounds_m, space.bounds_m
    if not ((low_m < space_high_m).all() and (high_m > space_low_m).all()) or far_apart(body, space):
        return False
    points_m = body.form.points_m @ body.object2world[:3, :3].T + body.object2world[:3, 3]
    local_m = (points_m - space.object2world[:3, 3]) @ space.object2world[:3, :3]
    within = ((local_m > space.form.low_m) & (local_m < space.form.high_m)).all(axis=1)
    return bool(within.any()) or Pair(body, space).crosses()
