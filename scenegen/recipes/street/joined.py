"""Joined: things that are alike as one, so that a long street is not many objects."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scenegen.recipes.thing import Thing
from schemas.scene_plan import Box


def merged(things: Sequence[Thing]) -> list[Thing]:
    """Returns things as they are; those of boxes that are alike, and turned alike, as one."""
    groups: dict[tuple[object, ...], list[Thing]] = {}
    for number, thing in enumerate(things):
        turned = np.round(thing.object2world[:3, :3], 9).tobytes()
        alike = thing.class_name, thing.label, thing.surface, turned
        groups.setdefault((number,) if thing.record else alike, []).append(thing)
    return [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]


def _joined(group: Sequence[Thing]) -> Thing:
    """Returns the boxes of all in the axes of the first."""
    first = group[0].object2world
    boxes = []
    for thing in group:
        x, y, z = (first[:3, :3].T @ (thing.object2world[:3, 3] - first[:3, 3])).tolist()
        for each in thing.boxes:
            (a, b, c), size_m = each.center_m, each.size_m
            boxes.append(Box(center_m=(a + x, b + y, c + z), size_m=size_m))
    return replace(group[0], boxes=tuple(boxes))
