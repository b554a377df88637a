"""Parts: boxes in a thing's own axes that together hold all of it; of a thing of boxes, these.

A row of houses or a pavement is one object whose box holds half a street. Its parts tell at once that most things are
nowhere near, and of a thing that stands on a box, that it does: questions to meshes that need not be asked. What is
told by parts is what the meshes would tell, for it is told only where `SURE_M` is to spare.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64, Int64

from scenegen.compiled import compiled

SURE_M = 2e-4
"""Far above what single precision does to a mesh of some hundred metres."""

Vectors = Float64[np.ndarray, "_ 3"]
Vector = Float64[np.ndarray, "3"]
Pose = Float64[np.ndarray, "4 4"]


@dataclass(frozen=True, eq=False)
class Parts:
    """Boxes along a thing's own axes: middles and half sides."""

    middles_m: Vectors
    halves_m: Vectors


@compiled
def share(  # noqa: PLR0913, PLR0917 - two boxes of many, for a slice is dear here
    lows_m: Vectors, highs_m: Vectors, i: int, other_lows_m: Vectors, other_highs_m: Vectors, j: int, more_than_m: float
) -> bool:
    """Tells whether two boxes, `i` of some and `j` of others, share more than a length along every axis."""
    for k in range(3):
        if min(highs_m[i, k], other_highs_m[j, k]) - max(lows_m[i, k], other_lows_m[j, k]) <= more_than_m:
            return False
    return True


@compiled
def near_those(
    lows_m: Vectors, highs_m: Vectors, other_lows_m: Vectors, other_highs_m: Vectors, by_m: float
) -> Int64[np.ndarray, "_"]:
    """Returns the numbers of those boxes that come within a length of the box around all of some others."""
    low_m, high_m = np.full((1, 3), np.inf), np.full((1, 3), -np.inf)
    for j in range(len(other_lows_m)):
        for k in range(3):
            low_m[0, k], high_m[0, k] = min(low_m[0, k], other_lows_m[j, k]), max(high_m[0, k], other_highs_m[j, k])
    numbers, count = np.empty(len(lows_m), dtype=np.int64), 0
    for i in range(len(lows_m)):
        if share(lows_m, highs_m, i, low_m, high_m, 0, -by_m):
            numbers[count] = i
            count += 1
    return numbers[:count]


@compiled
def turned(
    middles_m: Vectors, halves_m: Vectors, turn: Float64[np.ndarray, "3 3"], shift_m: Vector
) -> tuple[Vectors, Vectors]:
    """Returns the lowest and highest coordinates of boxes that are turned, then shifted."""
    lows_m, highs_m = np.empty_like(middles_m), np.empty_like(middles_m)
    for i in range(len(middles_m)):
        for k in range(3):
            middle_m, half_m = shift_m[k], 0.0
            for j in range(3):
                middle_m += turn[k, j] * middles_m[i, j]
                half_m += abs(turn[k, j]) * halves_m[i, j]
            lows_m[i, k], highs_m[i, k] = middle_m - half_m, middle_m + half_m
    return lows_m, highs_m


@compiled
def are_apart(  # noqa: PLR0913, PLR0917 - two bodies, as machine code takes them
    middles_m: Vectors,
    halves_m: Vectors,
    other_middles_m: Vectors,
    other_halves_m: Vectors,
    pose: Pose,
    by_m: float,
) -> bool:
    """Tells whether any two boxes, one of each body, are farther apart than `by_m`, along an axis of one of the two.

    `pose`: from the first body's axes into the other's. Of upright things it tells all; of others, boxes that are apart
    along no such axis count as near.
    """
    turn, shift_m = np.ascontiguousarray(pose[:3, :3]), np.ascontiguousarray(pose[:3, 3])
    there_lows_m, there_highs_m = turned(middles_m, halves_m, turn, shift_m)
    lows_m, highs_m = other_middles_m - other_halves_m, other_middles_m + other_halves_m
    some = near_those(there_lows_m, there_highs_m, lows_m, highs_m, by_m)
    others = near_those(lows_m, highs_m, there_lows_m, there_highs_m, by_m)
    own_lows_m, own_highs_m = middles_m - halves_m, middles_m + halves_m
    back = np.ascontiguousarray(turn.T)
    here_lows_m, here_highs_m = turned(other_middles_m - shift_m, other_halves_m, back, np.zeros(3))
    for i in some:
        for j in others:
            if share(there_lows_m, there_highs_m, i, lows_m, highs_m, j, -by_m) and share(
                own_lows_m, own_highs_m, i, here_lows_m, here_highs_m, j, -by_m
            ):
                return False
    return True


@compiled
def enters(  # noqa: PLR0913, PLR0917 - a point and a box of many, likewise
    points_m: Vectors, i: int, way_m: Vector, middles_m: Vectors, halves_m: Vectors, j: int, sure_m: float
) -> bool:
    """Tells whether a segment, from a way before a point to a way past it, surely goes through a face of a box.

    One end is more than `sure_m` outside the box, and the segment comes as deep into it.
    """
    first, last, has_end_outside = -1.0, 1.0, False
    for k in range(3):
        from_m, way, inner_m = points_m[i, k] - middles_m[j, k], way_m[k], halves_m[j, k] - sure_m
        if abs(from_m) + abs(way) > halves_m[j, k] + sure_m:
            has_end_outside = True
        if abs(way) > 1e-12:
            first, last = max(first, -from_m / way - inner_m / abs(way)), min(last, -from_m / way + inner_m / abs(way))
        elif abs(from_m) > inner_m:
            return False
    return has_end_outside and first < last


@compiled
def one_enters(points_m: Vectors, way_m: Vector, middles_m: Vectors, halves_m: Vectors, sure_m: float) -> bool:
    """Tells whether the segment around one of some points surely goes through a face of one of some boxes."""
    reach_m = np.abs(way_m)
    near = near_those(middles_m - halves_m, middles_m + halves_m, points_m - reach_m, points_m + reach_m, 0.0)
    for j in near:
        for i in range(len(points_m)):
            if enters(points_m, i, way_m, middles_m, halves_m, j, sure_m):
                return True
    return False
