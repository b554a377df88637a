"""Leg: one straight piece of a road, with axes of its own: s along it, t to its left, z up.

Who drives along s keeps to t < 0: traffic keeps right. A side is +1 (left, t > 0) or -1 (right).
"""

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scenegen.recipes.solid import Vec2
from scenegen.recipes.thing import Pose
from schemas.geometry import pose

SIDES = (1, -1)
KERB_M = 0.15
"""Width of a kerb stone."""
CORNER_RADIUS_M = 1.9
"""Of the kerb, where other roads meet the main one."""
PARKING_M = 2.15
"""Width of the lane where cars are parked."""


@dataclass(frozen=True)
class Profile:
    """A road's cross-section; metres."""

    lanes: int
    """Each way."""
    lane_m: float
    parking: bool
    median_m: float
    """Between the two ways; 0 where there is none."""
    kerb_m: float
    """How much higher the pavement is than the road; 0 where there is no pavement."""
    verge_m: float
    """Grass between kerb and pavement."""
    pavement_m: float

    @property
    def lanes_m(self) -> float:
        """From the middle to the outer edge of the outermost lane."""
        return self.median_m / 2 + self.lanes * self.lane_m

    @property
    def half_m(self) -> float:
        """From the middle to the kerb."""
        return self.lanes_m + (PARKING_M if self.parking else 0.0)

    @property
    def walk_m(self) -> float:
        """From the middle to the pavement's near edge."""
        return self.half_m + (KERB_M if self.kerb_m else 0.0) + self.verge_m

    @property
    def line_m(self) -> float:
        """From the middle to where plots begin."""
        return self.walk_m + self.pavement_m

    def lane_middles_m(self) -> list[float]:
        """Returns how far each lane's middle is from the road's."""
        return [self.median_m / 2 + (lane + 0.5) * self.lane_m for lane in range(self.lanes)]


@dataclass(frozen=True)
class Gap:
    """Where another road meets a leg on one side: nothing but asphalt between its kerbs."""

    side: int
    s_m: float
    half_m: float
    """Of the other road's carriageway."""
    line_m: float
    """From the other road's middle to its plots."""


@dataclass(frozen=True)
class Leg:
    """A straight road from s = `start_m` to `end_m`."""

    origin: Vec2
    heading_rad: float
    start_m: float
    end_m: float
    profile: Profile
    gaps: tuple[Gap, ...] = ()
    sunk_m: float = 0.0
    """By which its surfaces lie lower than those of the leg that it overlaps."""
    is_main: bool = False
    leaves: bool = False
    """It starts at the kerb of the main leg, at a right angle."""
    past_m: tuple[tuple[float, float], tuple[float, float]] = ((0.0, 0.0), (0.0, 0.0))
    """How far its kerbs go on beyond its start and its end: left, and right. Where it bends, they differ."""

    @cached_property
    def axes(self) -> tuple[Vec2, Vec2]:
        """The directions of s and t in the world."""
        c, s = math.cos(self.heading_rad), math.sin(self.heading_rad)
        return (c, s), (-s, c)

    def spot(self, s_m: float, t_m: float) -> Vec2:
        """Returns a place of the leg in the world."""
        (sx, sy), (tx, ty) = self.axes
        return self.origin[0] + s_m * sx + t_m * tx, self.origin[1] + s_m * sy + t_m * ty

    def local(self, spot: Vec2) -> Vec2:
        """Returns (s, t) of a place in the world."""
        dx, dy = spot[0] - self.origin[0], spot[1] - self.origin[1]
        (sx, sy), (tx, ty) = self.axes
        return dx * sx + dy * sy, dx * tx + dy * ty

    @property
    def pose(self) -> Pose:
        """The leg's own axes in the world: for boxes in (s, t, z)."""
        return pose((*self.origin, -self.sunk_m), self.heading_rad)

    def facing_road(self, side: int) -> float:
        """Returns the yaw of a thing on a side whose front looks at the road."""
        return self.heading_rad if side > 0 else self.heading_rad + math.pi

    def driving(self, side: int) -> float:
        """Returns the yaw of a vehicle that keeps right on a side."""
        return self.heading_rad + (math.pi / 2 if side < 0 else -math.pi / 2)

    def run(self, side: int) -> tuple[float, float]:
        """Returns from where to where along s the kerb of a side goes."""
        before_m, after_m = self.past_m[0 if side > 0 else 1]
        return self.start_m - before_m, self.end_m + after_m

    def open_runs(
        self, side: int, start_m: float, end_m: float, plots: bool = False, clear_m: float = 0.0
    ) -> list[tuple[float, float]]:
        """Returns the parts of an interval of s that no other road takes; for plots, none with its pavements.

        `clear_m`: how far off other roads the parts end.
        """
        runs, at = [], start_m
        for gap in sorted((gap for gap in self.gaps if gap.side == side), key=lambda gap: gap.s_m):
            reach_m = gap.line_m if plots else gap.half_m + clear_m
            if gap.s_m - reach_m > at:
                runs.append((at, min(gap.s_m - reach_m, end_m)))
            at = max(at, gap.s_m + reach_m)
        if at < end_m:
            runs.append((at, end_m))
        return [(low, high) for low, high in runs if high - low > 0.3]

    def distance_m(self, s_m: float) -> float:
        """Returns how far a point of the middle is from where cameras are, the world's origin."""
        return float(np.hypot(*self.spot(s_m, 0.0)))


def uncrossed(leg: Leg, clear_m: float) -> list[tuple[float, float]]:
    """Returns the parts of a leg where no road crosses it, on either side."""
    runs, at = [], leg.start_m
    for gap in sorted(leg.gaps, key=lambda gap: gap.s_m):
        reach_m = gap.half_m + clear_m
        if gap.s_m - reach_m > at:
            runs.append((at, gap.s_m - reach_m))
        at = max(at, gap.s_m + reach_m)
    return [*runs, (at, leg.end_m)] if at < leg.end_m else runs
