"""A small room for tests: floor, a wall with a door, ceiling, and what a test puts in."""

from typing import Any

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.taxonomy import load_taxonomy
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box, PlannedObject, flat
from schemas.surface import Surface

PAINT = Surface(finish="paint", color=(0.8, 0.8, 0.8))
WALL_Y = 2.0
"""The inner face of the wall that things hang on, with their backs to it."""
HEIGHT_M = 2.5
DOOR_X = 1.0


def made(instance_id: int, class_name: str, *boxes: tuple[Vec3, Vec3], **stated: Any) -> PlannedObject:
    """Returns boxes, each by its centre and size."""
    fields = {
        "instance_id": instance_id,
        "class_id": load_taxonomy().class_id(class_name),
        "class_name": class_name,
        "label": class_name.replace("_", " "),
        "object2world": flat(np.eye(4)),
        "boxes": tuple(Box(center_m=center_m, size_m=size_m) for center_m, size_m in boxes),
        "surface": PAINT,
    }
    return PlannedObject(**{**fields, **stated})


def model(
    instance_id: int, asset_id: str, catalog: Catalog, position_m: Vec3, yaw_rad: float = 0.0, carrier: int = 0
) -> PlannedObject:
    """Returns a model of the catalog, upright."""
    record = catalog.records[asset_id]
    return PlannedObject(
        instance_id=instance_id,
        class_id=load_taxonomy().class_id(record.class_name),
        class_name=record.class_name,
        label=record.label,
        object2world=flat(pose(position_m, yaw_rad)),
        asset_id=asset_id,
        supported_by=carrier,
    )


def room() -> list[PlannedObject]:
    """Returns ids 1 to 4: a floor, a ceiling, a wall beyond y = 2, and a door in it."""
    left, right = DOOR_X - 0.45, DOOR_X + 0.45
    y, high_m = WALL_Y + 0.1, HEIGHT_M
    return [
        made(1, "floor", ((0, 0, -0.1), (6, 6, 0.2))),
        made(2, "ceiling", ((0, 0, high_m + 0.1), (6, 6, 0.2))),
        made(
            3,
            "wall",
            (((left - 3) / 2, y, high_m / 2), (left + 3, 0.2, high_m)),
            (((right + 3) / 2, y, high_m / 2), (3 - right, 0.2, high_m)),
            ((DOOR_X, y, (2.05 + high_m) / 2), (right - left, 0.2, high_m - 2.05)),
        ),
        made(4, "door", ((DOOR_X, y, 1.025), (right - left, 0.04, 2.05))),
    ]
