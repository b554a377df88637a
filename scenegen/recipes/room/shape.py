"""Shape of a room: four walls around a box, and the openings in them.

The inner room is centred on the origin, floor at z = 0. Walls go round counter-clockwise: south, east, north, west.
A point at a wall is (along, inward, z): along from the wall's start, inward from its inner face; the wall itself lies
at inward -thickness to 0.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scenegen.recipes.room.piece import yaw_facing
from scenegen.recipes.solid import Solid, Vec2
from schemas.geometry import Vec3
from schemas.scene_plan import Box

Span = tuple[float, float]
"""Low and high end, metres."""


@dataclass(frozen=True)
class Wall:
    """One inner face."""

    index: int
    start_m: Vec2
    along: Vec2
    inward: Vec2
    length_m: float
    skirting_m: float
    """Thickness of the board at its foot."""

    def point_m(self, along_m: float, inward_m: float) -> Vec2:
        """Returns a point of the floor plan."""
        (x, y), (ax, ay), (nx, ny) = self.start_m, self.along, self.inward
        return x + along_m * ax + inward_m * nx, y + along_m * ay + inward_m * ny

    @property
    def yaw_rad(self) -> float:
        """The yaw of a thing that stands with its back to this wall."""
        return yaw_facing(self.inward)

    def box(self, along_m: Span, inward_m: Span, z_m: Span) -> Box:
        """Returns a box in world axes."""
        ends = self.point_m(along_m[0], inward_m[0]), self.point_m(along_m[1], inward_m[1])
        (x0, x1), (y0, y1) = sorted(end[0] for end in ends), sorted(end[1] for end in ends)
        center: Vec3 = ((x0 + x1) / 2, (y0 + y1) / 2, (z_m[0] + z_m[1]) / 2)
        return Box(center_m=center, size_m=(x1 - x0, y1 - y0, z_m[1] - z_m[0]))

    def solid(self, along_m: Span, inward_m: Span, z_m: Span) -> Solid:
        """Returns the same box as a solid."""
        box = self.box(along_m, inward_m, z_m)
        return Solid(box.center_m[:2], (box.size_m[0] / 2, box.size_m[1] / 2), 0.0, *z_m)


@dataclass(frozen=True)
class Opening:
    """A rectangular hole through a wall."""

    kind: Literal["door", "window"]
    wall: Wall
    along_m: Span
    z_m: Span

    @property
    def width_m(self) -> float:
        """Clear width."""
        return self.along_m[1] - self.along_m[0]

    @property
    def middle_m(self) -> float:
        """Middle along the wall."""
        return (self.along_m[0] + self.along_m[1]) / 2


@dataclass(frozen=True)
class Shape:
    """A room's measures."""

    width_m: float
    depth_m: float
    height_m: float
    wall_m: float
    """Thickness of the walls, outside the inner room."""
    skirting_m: Vec2
    """Thickness and height of the skirting boards."""
    openings: tuple[Opening, ...] = ()

    @cached_property
    def walls(self) -> tuple[Wall, Wall, Wall, Wall]:
        """South, east, north, west."""
        x, y, board_m = self.width_m / 2, self.depth_m / 2, self.skirting_m[0]
        return (
            Wall(0, (-x, -y), (1.0, 0.0), (0.0, 1.0), self.width_m, board_m),
            Wall(1, (x, -y), (0.0, 1.0), (-1.0, 0.0), self.depth_m, board_m),
            Wall(2, (x, y), (-1.0, 0.0), (0.0, -1.0), self.width_m, board_m),
            Wall(3, (-x, y), (0.0, -1.0), (1.0, 0.0), self.depth_m, board_m),
        )

    @property
    def windows(self) -> tuple[Opening, ...]:
        """The windows."""
        return tuple(opening for opening in self.openings if opening.kind == "window")

    @property
    def door(self) -> Opening:
        """The door."""
        return next(opening for opening in self.openings if opening.kind == "door")

    @property
    def area_m2(self) -> float:
        """Of the floor."""
        return self.width_m * self.depth_m

    def holds(self, solid: Solid, inset_m: float) -> bool:
        """Tells whether a solid stays `inset_m` off all walls, and between floor and ceiling."""
        x, y = self.width_m / 2 - inset_m + 1e-9, self.depth_m / 2 - inset_m + 1e-9
        upright = solid.bottom_m >= -1e-9 and solid.top_m <= self.height_m + 1e-9
        return upright and all(abs(corner[0]) <= x and abs(corner[1]) <= y for corner in solid.corners_m)

    def opposite(self, wall: Wall) -> Wall:
        """Returns the wall that a wall faces."""
        return self.walls[(wall.index + 2) % 4]


def direction(heading_rad: float) -> Vec2:
    """Returns the unit vector of a heading from +x, counter-clockwise."""
    return math.cos(heading_rad), math.sin(heading_rad)
