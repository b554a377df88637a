"""Gate `edges`: no depth was averaged over an edge.

Averaging, antialiasing and resizing leave pixels between two surfaces, on neither: flying pixels. Such a one lies
between its two neighbours' depths, which are far apart, and belongs to neither neighbour. A pixel belongs to its
neighbour if 1 / z changes between them about as one of the two normals says: the truth lies between both, for a curved
rim too, whose slope alone would look like a flying pixel. And its object is that of one of the two, for ids can't be
averaged: what is one pixel wide and of a third object is a thing far off.

Exact buffers have a few that look so, most of them in plants, whose leaves lie between leaves. Averaging leaves them
around everything. So the figure is that which two fifths of the objects reach, an object with few edges weighing less,
and none that stands for several things, which hide one another.
"""

import numpy as np
from jaxtyping import Float32, Float64, Int32, Int64

from scenegen.compiled import compiled
from scenegen.gates.gate import Case, Finding, SightingGate, at_most
from schemas.scene_plan import ScenePlan

_JUMP = 0.1
"""Relative difference of depth that is an edge."""
_MARGIN = 0.2
"""Share of the jump by which a flying pixel is off either side."""
_EDGE_ON = 0.02
"""Cosine below which a normal says nothing of the slope."""
_ALIKE = 0.5
"""Relative difference of 1 / z up to which a pixel and its neighbour belong together where no normal says more."""
_FEW = 16
"""Breaks of an object on which its share is taken at least."""
_MANY = 50
"""Edge pixels of an object from which on more give it no more weight."""
_RANK = 0.6
"""Share of the objects, by weight, whose share of flying pixels is not above the figure."""
_MOST_IDS = 1 << 16
"""Ids beyond are counted as one object."""


def _judge(case: Case) -> Finding:
    ids = np.clip(case.gbuffer.instance_id, 0, _MOST_IDS)
    flying, breaks = _flying_pixels(case.inverse_depth, case.gbuffer.normal_cam, ids, case.k, int(ids.max()) + 1)
    shares, weights = flying / np.maximum(breaks, _FEW), np.minimum(flying + breaks, _MANY)
    weights[[each for each in _groups(case.plan) if each < len(weights)]] = 0
    order = np.argsort(shares)
    below = np.cumsum(weights[order])
    reached = shares[order[np.searchsorted(below, _RANK * below[-1])]]
    return at_most(reached, case.limits.flying_share)


def _groups(plan: ScenePlan) -> tuple[int, ...]:
    return () if plan.origin is None else plan.origin.groups


@compiled
def _flying_pixels(
    inverse_depth: Float64[np.ndarray, "h w"],
    normal_cam: Float32[np.ndarray, "h w 3"],
    ids: Int32[np.ndarray, "h w"],
    k: Float64[np.ndarray, "3 3"],
    count: int,
) -> tuple[Int64[np.ndarray, " n"], Int64[np.ndarray, " n"]]:
    """Returns how many pixels of each id fly, and how many breaks there are from them to the next pixel."""
    height, width = inverse_depth.shape
    flying, breaks = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    for down, right in ((0, 1), (1, 0)):
        for row in range(down, height - down):
            for column in range(right, width - right):
                here = inverse_depth[row, column]
                before, after = inverse_depth[row - down, column - right], inverse_depth[row + down, column + right]
                least = _JUMP * max(here, before, after)
                jump = abs(after - before)
                if abs(here - after) <= _MARGIN * least:
                    continue
                margin = _MARGIN * max(jump, least)
                if _belong(inverse_depth, normal_cam, k, row, column, down, right, margin):
                    continue
                breaks[ids[row, column]] += abs(here - after) > least
                nearest = min(abs(here - before), abs(here - after))
                between = (here - before) * (after - here) > 0 and nearest > _MARGIN * jump
                own = ids[row, column]
                of_either = own == ids[row - down, column - right] or own == ids[row + down, column + right]
                if jump > least and between and of_either:
                    flying[ids[row, column]] += not _belong(
                        inverse_depth, normal_cam, k, row, column, -down, -right, margin
                    )
    return flying, breaks


@compiled
def _belong(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    inverse_depth: Float64[np.ndarray, "h w"],
    normal_cam: Float32[np.ndarray, "h w 3"],
    k: Float64[np.ndarray, "3 3"],
    row: int,
    column: int,
    down: int,
    right: int,
    margin: float,
) -> bool:
    """Tells whether a pixel and its neighbour lie on one surface, by both their normals."""
    here, there = inverse_depth[row, column], inverse_depth[row + down, column + right]
    if here <= 0 or there <= 0:
        return False
    ours, step = _along(normal_cam, k, row, column, down, right)
    theirs, step_there = _along(normal_cam, k, row + down, column + right, down, right)
    if not (ours > _EDGE_ON and theirs > _EDGE_ON):
        return abs(here - there) <= _ALIKE * max(here, there)
    change, by_ours, by_theirs = there - here, here * step / ours, there * step_there / theirs
    return min(by_ours, by_theirs) - margin <= change <= max(by_ours, by_theirs) + margin


@compiled
def _along(  # noqa: PLR0913, PLR0917 - compiled code takes arrays, not objects
    normal_cam: Float32[np.ndarray, "h w 3"],
    k: Float64[np.ndarray, "3 3"],
    row: int,
    column: int,
    down: int,
    right: int,
) -> tuple[float, float]:
    """Returns minus normal . ray at a pixel, and its change to the neighbour; 1 / z is in proportion on a plane."""
    x, y = (column + 0.5 - k[0, 2]) / k[0, 0], (row + 0.5 - k[1, 2]) / k[1, 1]
    n_x, n_y, n_z = normal_cam[row, column, 0], normal_cam[row, column, 1], normal_cam[row, column, 2]
    return n_z - n_x * x + n_y * y, n_y * down / k[1, 1] - n_x * right / k[0, 0]


EDGES = SightingGate("flying pixels for each break between neighbouring depths, of the object at three fifths", _judge)
