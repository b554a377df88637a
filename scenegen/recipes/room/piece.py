"""Piece: one thing at one place of a plan, before it has a number.

A thing is an asset of the catalog or one made of our own boxes. Object axes: z up, front -y, origin at the bottom
centre.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

from assets_catalog.record import AssetRecord, SupportSurface
from assets_catalog.taxonomy import load_taxonomy
from scenegen.recipes.solid import Solid, Vec2
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box, PlannedObject, flat
from schemas.surface import Surface


@dataclass(frozen=True)
class Made:
    """A thing of our own boxes; of the shell's it is only known that they are where they are, in world axes."""

    class_name: str
    label: str
    boxes: tuple[Box, ...]
    surface: Surface
    size_m: Vec3 = (0.0, 0.0, 0.0)
    """Width, depth, height of what is placed like an asset; zeros for the shell."""
    supports: tuple[SupportSurface, ...] = ()


Thing: TypeAlias = AssetRecord | Made


@dataclass(frozen=True, eq=False)
class Piece:
    """A thing, placed. Two pieces are the same only if they are one object."""

    thing: Thing
    position_m: Vec3
    yaw_rad: float = 0.0
    carrier: "Piece | None" = None
    """What it stands on, if not the floor, a wall or the ceiling."""
    front_clear_m: float = 0.0
    """Depth of the floor before it that shall stay free."""

    @cached_property
    def solid(self) -> Solid:
        """The thing's box in the room."""
        (x, y, z), (width_m, depth_m, height_m) = self.position_m, self.thing.size_m
        return Solid((x, y), (width_m / 2, depth_m / 2), self.yaw_rad, z, z + height_m)

    @property
    def front(self) -> Vec2:
        """Where the piece's front points, on the plan."""
        return math.sin(self.yaw_rad), -math.cos(self.yaw_rad)

    def wanting(self, front_clear_m: float) -> "Piece":
        """Returns the piece with a wish for free floor before it."""
        return replace(self, front_clear_m=front_clear_m)

    def clearance(self) -> Solid | None:
        """Returns the space before the piece that shall stay free, above rugs, or nothing."""
        if self.front_clear_m == 0.0:
            return None
        reach_m = (self.thing.size_m[1] + self.front_clear_m) / 2
        x, y = self.position_m[0] + self.front[0] * reach_m, self.position_m[1] + self.front[1] * reach_m
        return Solid((x, y), (self.thing.size_m[0] / 2, self.front_clear_m / 2), self.yaw_rad, 0.05, 1.9)

    def world_m(self, local_m: Vec3) -> Vec3:
        """Returns a point of the thing's own axes in the room."""
        c, s = math.cos(self.yaw_rad), math.sin(self.yaw_rad)
        x, y, z = self.position_m
        return x + c * local_m[0] - s * local_m[1], y + s * local_m[0] + c * local_m[1], z + local_m[2]


def standing_alone(class_name: str, label: str, boxes: Sequence[Box], surface: Surface) -> Piece:
    """Returns boxes given in world axes as a thing with a place and a size of its own."""
    low = [min(box.center_m[axis] - box.size_m[axis] / 2 for box in boxes) for axis in range(3)]
    high = [max(box.center_m[axis] + box.size_m[axis] / 2 for box in boxes) for axis in range(3)]
    x, y, z = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]
    own = tuple(
        Box(center_m=(box.center_m[0] - x, box.center_m[1] - y, box.center_m[2] - z), size_m=box.size_m)
        for box in boxes
    )
    size_m: Vec3 = (high[0] - low[0], high[1] - low[1], high[2] - low[2])
    return Piece(Made(class_name, label, own, surface, size_m), (x, y, z))


def yaw_facing(direction: Vec2) -> float:
    """Returns the yaw by which a thing's front (-y) points along `direction`."""
    return math.atan2(direction[0], -direction[1])


def numbered(pieces: Sequence[Piece]) -> tuple[PlannedObject, ...]:
    """Returns the pieces as planned objects; ids count from 1 in the given order."""
    numbers = {piece: number for number, piece in enumerate(pieces, start=1)}
    return tuple(_planned(piece, numbers[piece], numbers[piece.carrier] if piece.carrier else 0) for piece in pieces)


def _planned(piece: Piece, instance_id: int, supported_by: int) -> PlannedObject:
    thing = piece.thing
    made = thing if isinstance(thing, Made) else None
    return PlannedObject(
        instance_id=instance_id,
        class_id=load_taxonomy().class_id(thing.class_name),
        class_name=thing.class_name,
        label=thing.label,
        object2world=flat(pose(piece.position_m, piece.yaw_rad)),
        asset_id=thing.asset_id if isinstance(thing, AssetRecord) else None,
        boxes=made.boxes if made else (),
        surface=made.surface if made else None,
        supported_by=supported_by,
    )
