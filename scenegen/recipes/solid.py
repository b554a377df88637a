"""Solid: an upright box turned about z, with the tests by which a plan keeps things apart.

Two solids overlap where their heights do and no side of either separates the two rectangles (separating axes).
Things that touch don't overlap: 0.1 mm is forgiven.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from schemas.geometry import Vec3

Vec2 = tuple[float, float]
_TOUCH_M = 1e-4


@dataclass(frozen=True)
class Solid:
    """A rectangle on the floor plan and an interval of heights, metres."""

    center_m: Vec2
    half_m: Vec2
    """Half sides along the solid's own x and y."""
    yaw_rad: float
    bottom_m: float
    top_m: float

    @cached_property
    def axes(self) -> tuple[Vec2, Vec2]:
        """The solid's own x and y in the world."""
        c, s = math.cos(self.yaw_rad), math.sin(self.yaw_rad)
        return (c, s), (-s, c)

    @cached_property
    def corners_m(self) -> tuple[Vec2, Vec2, Vec2, Vec2]:
        """The rectangle's corners, counter-clockwise."""
        (ax, ay), (bx, by) = self.axes
        (x, y), (hx, hy) = self.center_m, self.half_m
        signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        a, b, c, d = ((x + i * hx * ax + j * hy * bx, y + i * hx * ay + j * hy * by) for i, j in signs)
        return a, b, c, d

    def local_m(self, point_m: Vec2) -> Vec2:
        """Returns a point of the plan in the solid's own axes, from its centre."""
        dx, dy = point_m[0] - self.center_m[0], point_m[1] - self.center_m[1]
        (ax, ay), (bx, by) = self.axes
        return dx * ax + dy * ay, dx * bx + dy * by

    def overlaps(self, other: "Solid") -> bool:
        """Tells whether the two share more than a touch."""
        if self.bottom_m >= other.top_m - _TOUCH_M or other.bottom_m >= self.top_m - _TOUCH_M:
            return False
        return not (_separated(self, other) or _separated(other, self))

    def covers(self, other: "Solid") -> bool:
        """Tells whether the other's rectangle lies wholly within this one's; heights don't count."""
        local = (self.local_m(corner) for corner in other.corners_m)
        return all(abs(x) <= self.half_m[0] + 1e-9 and abs(y) <= self.half_m[1] + 1e-9 for x, y in local)

    def distance_m(self, point_m: Vec3) -> float:
        """Returns how far a point is from the box; 0 inside."""
        x, y = self.local_m(point_m[:2])
        beside = max(abs(x) - self.half_m[0], 0.0), max(abs(y) - self.half_m[1], 0.0)
        return math.hypot(*beside, max(self.bottom_m - point_m[2], point_m[2] - self.top_m, 0.0))


def _separated(a: Solid, b: Solid) -> bool:
    """Tells whether a side of `a` has all of `b` beyond it."""
    x, y = a.local_m(b.center_m)
    (ux, uy), (vx, vy) = b.axes
    (px, py), (qx, qy) = a.axes
    reach_x = a.half_m[0] + b.half_m[0] * abs(ux * px + uy * py) + b.half_m[1] * abs(vx * px + vy * py)
    reach_y = a.half_m[1] + b.half_m[0] * abs(ux * qx + uy * qy) + b.half_m[1] * abs(vx * qx + vy * qy)
    return abs(x) > reach_x - _TOUCH_M or abs(y) > reach_y - _TOUCH_M
