"""Reach: the part of the floor that a person can walk to from the door, on a grid of 10 cm."""

import numpy as np
from jaxtyping import Bool, Float64

from scenegen.recipes.room.layout import Layout
from scenegen.recipes.room.shape import Part
from scenegen.recipes.solid import Solid

_CELL_M = 0.1
_BODY_M = 0.2
"""Half the width of a person who walks sideways past furniture."""


def reachable_share(layout: Layout) -> float:
    """Returns the share of the floor's area that can be walked to."""
    free = _walkable(layout)
    reached = np.zeros_like(free)
    start = _cell(layout, layout.shape.door.wall.point_m(layout.shape.door.middle_m, 0.45), free.shape)
    reached[start] = free[start]
    count = -1
    while count != (count := int(reached.sum())):
        reached = _spread(reached) & free
    floor = layout.shape.area_m2 / layout.shape.bounds.area_m2
    return count / (free.size * floor)


def _walkable(layout: Layout) -> Bool[np.ndarray, "rows columns"]:
    shape = layout.shape
    (x0, y0), (x1, y1) = shape.bounds.low_m, shape.bounds.high_m
    x, y = _axis(x0, x1), _axis(y0, y1)
    inside = _within(shape.bounds, x, y, _BODY_M)
    if shape.notch is not None:
        inside &= ~_within(shape.notch, x, y, -_BODY_M)
    for piece in layout.pieces:
        if piece.solid.top_m > 0.05 and piece.solid.bottom_m < 1.9:
            inside &= ~_near(piece.solid, x, y)
    return inside


def _axis(low_m: float, high_m: float) -> Float64[np.ndarray, "n"]:
    count = max(1, round((high_m - low_m) / _CELL_M))
    return (np.arange(count) + 0.5) / count * (high_m - low_m) + low_m


def _within(
    part: Part, x: Float64[np.ndarray, "c"], y: Float64[np.ndarray, "r"], inset_m: float
) -> Bool[np.ndarray, "r c"]:
    across = (x > part.low_m[0] + inset_m) & (x < part.high_m[0] - inset_m)
    return ((y > part.low_m[1] + inset_m) & (y < part.high_m[1] - inset_m))[:, None] & across[None, :]


def _near(solid: Solid, x: Float64[np.ndarray, "c"], y: Float64[np.ndarray, "r"]) -> Bool[np.ndarray, "r c"]:
    (ax, ay), (bx, by) = solid.axes
    dx, dy = x[None, :] - solid.center_m[0], y[:, None] - solid.center_m[1]
    beside = np.abs(dx * ax + dy * ay) < solid.half_m[0] + _BODY_M
    return beside & (np.abs(dx * bx + dy * by) < solid.half_m[1] + _BODY_M)


def _cell(layout: Layout, point_m: tuple[float, float], shape: tuple[int, ...]) -> tuple[int, int]:
    bounds = layout.shape.bounds
    row = int((point_m[1] - bounds.low_m[1]) / bounds.size_m[1] * shape[0])
    column = int((point_m[0] - bounds.low_m[0]) / bounds.size_m[0] * shape[1])
    return min(max(row, 0), shape[0] - 1), min(max(column, 0), shape[1] - 1)


def _spread(cells: Bool[np.ndarray, "r c"]) -> Bool[np.ndarray, "r c"]:
    grown = cells.copy()
    grown[1:] |= cells[:-1]
    grown[:-1] |= cells[1:]
    grown[:, 1:] |= cells[:, :-1]
    grown[:, :-1] |= cells[:, 1:]
    return grown
