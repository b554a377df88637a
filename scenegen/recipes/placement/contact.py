"""Contact: whether two bodies' surfaces cross, or meet along a way, one of them moved a little.

Surfaces cross where an edge of one meets a triangle of the other. All is asked in the axes of the body whose triangles
are met, of those edges and points only that come near its box.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float64

from scenegen.recipes.placement.body import LIMIT_M, Body, moved_bounds
from scenegen.recipes.placement.told_by_parts import farthest_m

Vector = Float64[np.ndarray, "3"]
STAY: Vector = np.zeros(3)
_INSIDE_POINTS = 24
_WAYS = np.concatenate([np.eye(3), -np.eye(3)])


@dataclass(frozen=True, eq=False)
class Half:
    """One body as the other has it: in the other's axes, and of its edges and points those near the other's box."""

    body: Body
    other: Body
    reach_m: float
    """How far it may be moved at most."""

    @cached_property
    def pose(self) -> Float64[np.ndarray, "4 4"]:
        """From the body's axes into the other's."""
        return self.other.world2object @ self.body.object2world

    @cached_property
    def near(self) -> tuple[Vector, Vector]:
        """The other's box, grown by the reach, in the body's axes."""
        turned = self.pose[:3, :3].T
        undone = np.eye(4)
        undone[:3, :3], undone[:3, 3] = turned, -turned @ self.pose[:3, 3]
        low_m, high_m = moved_bounds(undone, self.other.form.low_m, self.other.form.high_m)
        return low_m - self.reach_m, high_m + self.reach_m

    @cached_property
    def edges_m(self) -> tuple[Float64[np.ndarray, "e 3"], Float64[np.ndarray, "e 3"]]:
        """Starts and stops of the edges near the other's box, in its axes."""
        form, (low_m, high_m) = self.body.form, self.near
        lows_m, highs_m = form.edge_bounds_m
        near = np.flatnonzero(_over(lows_m, highs_m, low_m.astype(np.float32), high_m.astype(np.float32)))
        ends_m = self._moved(form.points_m[form.edges[near]].reshape(-1, 3)).reshape(-1, 2, 3)
        starts_m, stops_m = ends_m[:, 0], ends_m[:, 1]
        low_m, high_m = self.other.form.low_m - self.reach_m, self.other.form.high_m + self.reach_m
        kept = _over(np.minimum(starts_m, stops_m), np.maximum(starts_m, stops_m), low_m, high_m)
        return starts_m[kept], stops_m[kept]

    @cached_property
    def points_m(self) -> Float64[np.ndarray, "n 3"]:
        """The points near the other's box, in its axes."""
        points_m, (low_m, high_m) = self.body.form.points_m, self.near
        return self._moved(points_m[_over(points_m, points_m, low_m.astype(np.float32), high_m.astype(np.float32))])

    def way(self, way: Vector) -> Vector:
        """Returns a way of the world in the other's axes."""
        return self.other.world2object[:3, :3] @ way

    def edges_meet(self, move_m: Vector) -> bool:
        """Tells whether an edge, moved, meets a triangle of the other."""
        starts_m, stops_m = self.edges_m
        return bool(self.other.form.meets(starts_m + self.way(move_m), stops_m - starts_m).any())

    def points_meet(self, reach_m: Vector, farthest_only: bool = False) -> bool:
        """Tells whether a point meets the other between a reach before it and a reach past it.

        `farthest_only`: of the points, those that are farthest along the reach, less as much again.
        """
        way_m, points_m = self.way(reach_m), self.points_m
        if farthest_only:
            points_m = self._moved(farthest_m(self.body, reach_m))
        return bool(self.other.form.meets(points_m - way_m, np.tile(2 * way_m, (len(points_m), 1))).any())

    def is_inside(self, move_m: Vector, slack_m: float) -> bool:
        """Tells whether a point, moved, is deeper than the slack inside the other: it sees backs, all but once."""
        points_m = self.points_m + self.way(move_m)
        other = self.other.form
        held = points_m[_over(points_m, points_m, other.low_m + slack_m, other.high_m - slack_m)]
        if not len(held):
            return False
        held = held[np.unique(np.linspace(0, len(held) - 1, _INSIDE_POINTS).astype(int))]
        starts_m, ways_m = np.repeat(held, len(_WAYS), axis=0), np.tile(_WAYS, (len(held), 1))
        away_m, back = (each.reshape(-1, len(_WAYS)) for each in other.first_hits(starts_m, ways_m))
        deep = away_m.min(axis=1) > slack_m
        return bool((deep & np.isfinite(away_m).all(axis=1) & (back.sum(axis=1) >= len(_WAYS) - 1)).any())

    def _moved(self, points_m: np.ndarray) -> Float64[np.ndarray, "n 3"]:
        return points_m.astype(np.float64) @ self.pose[:3, :3].T + self.pose[:3, 3]


@dataclass(frozen=True, eq=False)
class Pair:
    """Two bodies, of which the first may be moved by up to a reach."""

    one: Body
    other: Body
    reach_m: float = LIMIT_M

    @cached_property
    def halves(self) -> tuple[Half, Half]:
        """Each as the other has it."""
        return Half(self.one, self.other, self.reach_m), Half(self.other, self.one, self.reach_m)

    def crosses(self, move_m: Vector = STAY) -> bool:
        """Tells whether the surfaces cross, one moved."""
        one, other = self.halves
        return one.edges_meet(move_m) or other.edges_meet(-move_m)

    def is_apart(self, move_m: Vector, slack_m: float) -> bool:
        """Tells whether one, moved, neither crosses the other nor is inside it or holds it, `slack_m` deep forgiven."""
        one, other = self.halves
        return not (self.crosses(move_m) or one.is_inside(move_m, slack_m) or other.is_inside(-move_m, slack_m))

    def backs_onto(self, way: Vector) -> bool:
        """Tells whether what is farthest along a unit way is within the limit of the other's surface."""
        return self.halves[0].points_meet(LIMIT_M * way, farthest_only=True)

    def reaches(self, way: Vector) -> bool:
        """Tells whether, along a unit way, one is within the limit of the other's surface: before it, or past it."""
        one, other = self.halves
        reach_m = LIMIT_M * way
        if one.points_meet(reach_m) or other.points_meet(-reach_m):
            return True
        return any(self.crosses(share * reach_m) for share in (1.0, 0.5, 0.25))


def gap_m(one: Body, other: Body, way: Vector) -> float:
    """Returns how far one is from the other's surface along a way, by its points; infinity for never."""
    half = Half(one, other, np.inf)
    ways_m = np.tile(half.way(way), (len(half.points_m), 1))
    return float(other.form.first_hits(half.points_m, ways_m)[0].min())


def _over(lows_m: np.ndarray, highs_m: np.ndarray, low_m: np.ndarray, high_m: np.ndarray) -> Bool[np.ndarray, "n"]:
    """Tells which of some boxes share a point with a box."""
    kept = (highs_m[:, 0] >= low_m[0]) & (lows_m[:, 0] <= high_m[0])
    for axis in (1, 2):
        kept &= (highs_m[:, axis] >= low_m[axis]) & (lows_m[:, axis] <= high_m[axis])
    return kept
