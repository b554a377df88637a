"""Reach: the part of the floor that a person can walk to from the door, on a grid of 10 cm."""

import numpy as np
from jaxtyping import Bool, Float64

from scenegen.recipes.room.layout import Layout
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
    return count / free.size


def _walkable(layout: Layout) -> Bool[np.ndarray, "rows columns"]:
    x, y = _axis(layout.shape.width_m), _axis(layout.shape.depth_m)
    inside = (np.abs(y)[:, None] < layout.shape.depth_m / 2 - _BODY_M) & (
        np.abs(x)[None, :] < layout.shape.width_m / 2 - _BODY_M
    )
    for piece in layout.pieces:
        if piece.solid.top_m > 0.05 and piece.solid.bottom_m < 1.9:
            inside &= ~_near(piece.solid, x, y)
    return inside


def _axis(length_m: float) -> Float64[np.ndarray, "n"]:
    count = max(1, round(length_m / _CELL_M))
    return (np.arange(count) + 0.5) / count * length_m - length_m / 2


def _near(solid: Solid, x: Float64[np.ndarray, "c"], y: Float64[np.ndarray, "r"]) -> Bool[np.ndarray, "r c"]:
    (ax, ay), (bx, by) = solid.axes
    dx, dy = x[None, :] - solid.center_m[0], y[:, None] - solid.center_m[1]
    beside = np.abs(dx * ax + dy * ay) < solid.half_m[0] + _BODY_M
    return beside & (np.abs(dx * bx + dy * by) < solid.half_m[1] + _BODY_M)


def _cell(layout: Layout, point_m: tuple[float, float], shape: tuple[int, ...]) -> tuple[int, int]:
    row = int((point_m[1] / layout.shape.depth_m + 0.5) * shape[0])
    column = int((point_m[0] / layout.shape.width_m + 0.5) * shape[1])
    return min(max(row, 0), shape[0] - 1), min(max(column, 0), shape[1] - 1)


def _spread(cells: Bool[np.ndarray, "r c"]) -> Bool[np.ndarray, "r c"]:
    grown = cells.copy()
    grown[1:] |= cells[:-1]
    grown[:-1] |= cells[1:]
    grown[:, 1:] |= cells[:, :-1]
    grown[:, :-1] |= cells[:, 1:]
    return grown
