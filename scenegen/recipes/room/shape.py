"""Shape of a room: its outline on the floor plan, with a wall on each edge, and the openings in them.

An outline is a rectangle or an L, its corners counter-clockwise and its first edge along +x, so that even walls run
along x and odd ones along y. The floor is at z = 0. A point at a wall is (along, inward, z): along from the wall's
start, inward from its inner face; the wall itself lies at inward -thickness to 0.
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
    thick_m: float
    """Of the wall, outside the room."""
    juts: tuple[bool, bool] = (False, False)
    """Whether its start and its end are corners that stand out into the room, as one of an L does."""

    def point_m(self, along_m: float, inward_m: float) -> Vec2:
        """Returns a point of the floor plan."""
        (x, y), (ax, ay), (nx, ny) = self.start_m, self.along, self.inward
        return x + along_m * ax + inward_m * nx, y + along_m * ay + inward_m * ny

    def local_m(self, point_m: Vec2) -> Vec2:
        """Returns how far along the wall and how far inward a point of the floor plan is."""
        dx, dy = point_m[0] - self.start_m[0], point_m[1] - self.start_m[1]
        return dx * self.along[0] + dy * self.along[1], dx * self.inward[0] + dy * self.inward[1]

    @property
    def yaw_rad(self) -> float:
        """The yaw of a thing that stands with its back to this wall."""
        return yaw_facing(self.inward)

    @property
    def side(self) -> str:
        """The side of the room that it is on."""
        return {(0, 1): "south", (-1, 0): "east", (0, -1): "north", (1, 0): "west"}[
            round(self.inward[0]), round(self.inward[1])
        ]

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
    """A rectangular hole through a wall; a passage is a doorway into the room next door."""

    kind: Literal["door", "window", "passage"]
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
class Part:
    """A rectangle of the floor."""

    low_m: Vec2
    high_m: Vec2

    @property
    def size_m(self) -> Vec2:
        """Width and depth."""
        return self.high_m[0] - self.low_m[0], self.high_m[1] - self.low_m[1]

    @property
    def middle_m(self) -> Vec2:
        """Its centre."""
        return (self.low_m[0] + self.high_m[0]) / 2, (self.low_m[1] + self.high_m[1]) / 2

    @property
    def area_m2(self) -> float:
        """Its area."""
        return self.size_m[0] * self.size_m[1]


@dataclass(frozen=True)
class Shape:
    """A room's measures."""

    outline_m: tuple[Vec2, ...]
    height_m: float
    wall_m: float
    """Thickness of the walls, outside the room."""
    skirting_m: Vec2
    """Thickness and height of the skirting boards."""
    openings: tuple[Opening, ...] = ()
    shared: int | None = None
    """The wall whose other half is the next room's."""

    @cached_property
    def walls(self) -> tuple[Wall, ...]:
        """One for each edge of the outline; of a rectangle: south, east, north, west."""
        ends, count = self.outline_m, len(self.outline_m)
        return tuple(self._wall(index, ends[index], ends[(index + 1) % count]) for index in range(count))

    def _wall(self, index: int, start_m: Vec2, end_m: Vec2) -> Wall:
        length_m = math.dist(start_m, end_m)
        ax, ay = (end_m[0] - start_m[0]) / length_m, (end_m[1] - start_m[1]) / length_m
        thick_m = self.wall_m / 2 if index == self.shared else self.wall_m
        juts = self._juts(index), self._juts(index + 1)
        return Wall(index, start_m, (ax, ay), (-ay, ax), length_m, self.skirting_m[0], thick_m, juts)

    def _juts(self, corner: int) -> bool:
        """Tells whether the outline turns to the right at a corner."""
        ends, count = self.outline_m, len(self.outline_m)
        (x0, y0), (x1, y1), (x2, y2) = (ends[(corner + step) % count] for step in (-1, 0, 1))
        return (x1 - x0) * (y2 - y1) - (y1 - y0) * (x2 - x1) < 0

    @cached_property
    def bounds(self) -> Part:
        """The least rectangle around the room."""
        xs, ys = zip(*self.outline_m, strict=True)
        return Part((min(xs), min(ys)), (max(xs), max(ys)))

    @property
    def width_m(self) -> float:
        """Along x."""
        return self.bounds.size_m[0]

    @property
    def depth_m(self) -> float:
        """Along y."""
        return self.bounds.size_m[1]

    @cached_property
    def notch(self) -> Part | None:
        """What an L lacks of a rectangle."""
        for corner in range(len(self.outline_m)):
            if self._juts(corner):
                (x0, y0), (x1, y1) = self.outline_m[corner - 1], self.outline_m[(corner + 1) % len(self.outline_m)]
                return Part((min(x0, x1), min(y0, y1)), (max(x0, x1), max(y0, y1)))
        return None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Rectangles that make up the floor, the largest first."""
        return tuple(sorted(tiled(self.bounds, self.notch), key=lambda part: -part.area_m2))

    def outer_parts(self) -> tuple[Part, ...]:
        """Returns rectangles that make up the floor and what its walls stand on."""
        (x0, y0), (x1, y1), by_m = self.bounds.low_m, self.bounds.high_m, self.wall_m
        less_m = {self.walls[self.shared].side: by_m / 2} if self.shared is not None else {}
        west, east, south, north = (by_m - less_m.get(side, 0.0) for side in ("west", "east", "south", "north"))
        outer = Part((x0 - west, y0 - south), (x1 + east, y1 + north))
        if self.notch is None:
            return (outer,)
        (a0, b0), (a1, b1) = self.notch.low_m, self.notch.high_m
        low_m = outer.low_m[0] if a0 == x0 else a0 + by_m, outer.low_m[1] if b0 == y0 else b0 + by_m
        high_m = outer.high_m[0] if a1 == x1 else a1 - by_m, outer.high_m[1] if b1 == y1 else b1 - by_m
        return tiled(outer, Part(low_m, high_m))

    @property
    def middle_m(self) -> Vec2:
        """The middle of the largest part of the floor."""
        return self.parts[0].middle_m

    @property
    def windows(self) -> tuple[Opening, ...]:
        """The windows."""
        return tuple(opening for opening in self.openings if opening.kind == "window")

    @property
    def doors(self) -> tuple[Opening, ...]:
        """The doors and passages."""
        return tuple(opening for opening in self.openings if opening.kind != "window")

    @property
    def door(self) -> Opening:
        """The door, or the passage of a room that has none."""
        return self.doors[0]

    @property
    def area_m2(self) -> float:
        """Of the floor."""
        return sum(part.area_m2 for part in self.parts)

    def contains(self, point_m: Vec2, inset_m: float = 0.0) -> bool:
        """Tells whether a point of the floor plan is in the room, and `inset_m` off all walls."""
        within = _within(self.bounds, point_m, inset_m)
        return within and not (self.notch is not None and _within(self.notch, point_m, -inset_m + 2e-9))

    def holds(self, solid: Solid, inset_m: float) -> bool:
        """Tells whether a solid stays `inset_m` off all walls, and between floor and ceiling."""
        upright = solid.bottom_m >= -1e-9 and solid.top_m <= self.height_m + 1e-9
        inside = upright and all(_within(self.bounds, corner, inset_m) for corner in solid.corners_m)
        return inside and not (self.notch is not None and solid.overlaps(_grown(self.notch, inset_m, self.height_m)))

    def opposite(self, wall: Wall, along_m: float | None = None) -> Wall:
        """Returns the wall that a place along a wall faces, its middle by default."""
        at_m = wall.length_m / 2 if along_m is None else min(max(along_m, 0.01), wall.length_m - 0.01)
        point_m = wall.point_m(at_m, 0.0)
        facing = []
        for other in self.walls:
            across_m, off_m = other.local_m(point_m)
            opposed = other.inward[0] * wall.inward[0] + other.inward[1] * wall.inward[1] < -0.5
            if opposed and 0 <= across_m <= other.length_m and off_m > 0:
                facing.append((off_m, other))
        return min(facing, key=lambda pair: pair[0])[1]

    def across_m(self, wall: Wall) -> float:
        """Returns how far it is from the middle of a wall to the wall that it faces."""
        return self.opposite(wall).local_m(wall.point_m(wall.length_m / 2, 0.0))[1]


def rectangle(  # noqa: PLR0913, PLR0917 - the measures of a room
    width_m: float,
    depth_m: float,
    height_m: float,
    wall_m: float,
    skirting_m: Vec2,
    openings: tuple[Opening, ...] = (),
) -> Shape:
    """Returns a room of four walls around the origin: south, east, north, west."""
    x, y = width_m / 2, depth_m / 2
    return Shape(((-x, -y), (x, -y), (x, y), (-x, y)), height_m, wall_m, skirting_m, openings)


def ell(outer: Part, notch: Part) -> tuple[Vec2, ...]:
    """Returns the outline of a rectangle that lacks another in one of its corners."""
    (x0, y0), (x1, y1), (a0, b0), (a1, b1) = outer.low_m, outer.high_m, notch.low_m, notch.high_m
    south_west = ((a1, y0), (a1, b1), (x0, b1)) if (a0, b0) == (x0, y0) else ((x0, y0),)
    south_east = ((a0, y0), (a0, b1), (x1, b1)) if (a1, b0) == (x1, y0) else ((x1, y0),)
    north_east = ((x1, b0), (a0, b0), (a0, y1)) if (a1, b1) == (x1, y1) else ((x1, y1),)
    north_west = ((a1, y1), (a1, b0), (x0, b0)) if (a0, b1) == (x0, y1) else ((x0, y1),)
    if len(south_west) == 3:
        return (south_west[0], *south_east, *north_east, *north_west, south_west[2], south_west[1])
    return (*south_west, *south_east, *north_east, *north_west)


def tiled(bounds: Part, notch: Part | None) -> tuple[Part, ...]:
    """Returns rectangles that make up one without a notch in a corner."""
    if notch is None:
        return (bounds,)
    (x0, y0), (x1, y1) = bounds.low_m, bounds.high_m
    full = (y0, notch.low_m[1]) if notch.low_m[1] > y0 else (notch.high_m[1], y1)
    beside = (x0, notch.low_m[0]) if notch.low_m[0] > x0 else (notch.high_m[0], x1)
    return Part((x0, full[0]), (x1, full[1])), Part((beside[0], notch.low_m[1]), (beside[1], notch.high_m[1]))


def _within(part: Part, point_m: Vec2, inset_m: float) -> bool:
    return all(
        low_m + inset_m - 1e-9 <= at_m <= high_m - inset_m + 1e-9
        for at_m, low_m, high_m in zip(point_m, part.low_m, part.high_m, strict=True)
    )


def _grown(part: Part, by_m: float, height_m: float) -> Solid:
    width_m, depth_m = part.size_m
    return Solid(part.middle_m, (width_m / 2 + by_m, depth_m / 2 + by_m), 0.0, 0.0, height_m)


def direction(heading_rad: float) -> Vec2:
    """Returns the unit vector of a heading from +x, counter-clockwise."""
    return math.cos(heading_rad), math.sin(heading_rad)
