"""Hulls: things as the physics has them: one convex hull each, or for what holds others, many small ones.

A hull has no more corners than some directions have farthest points, so it lies up to 2 mm inside the mesh. A plate,
bowl or tray would be closed by its hull: its surface is cut into cells instead, and each cell has a hull of its own.
"""

from dataclasses import dataclass
from functools import cache
from weakref import WeakKeyDictionary

import numpy as np
from jaxtyping import Float64
from scipy.spatial import ConvexHull

from scenegen.recipes.placement.form import Form

HOLLOW = frozenset({"plate", "bowl", "tray", "ashtray", "place_setting"})
"""Classes of which things may lie in one another."""
_DIRECTIONS, _FEW_DIRECTIONS = 120, 12
_CELL_M = 0.03
_STEP_M = 0.012
_MOST_CELLS = 100
_SHEET_M = 0.002
"""Thickness that is given to a sheet."""


@dataclass(frozen=True)
class Hulls:
    """Convex pieces, and how heavy they are together."""

    pieces_m: tuple[Float64[np.ndarray, "_ 3"], ...]
    """Corners of each."""
    middle_m: Float64[np.ndarray, "3"]
    """Of mass."""
    volume_m3: float


_KEPT: WeakKeyDictionary[Form, Hulls] = WeakKeyDictionary()


def hulls_of(form: Form, is_hollow: bool) -> Hulls:
    """Returns a form's hulls; kept as long as the form is."""
    if form not in _KEPT:
        _KEPT[form] = _hulls(form, is_hollow)
    return _KEPT[form]


def _hulls(form: Form, is_hollow: bool) -> Hulls:
    points_m = form.points_m.astype(np.float64)
    whole_m = _corners(points_m)
    hull = ConvexHull(whole_m)
    center_m = whole_m.mean(axis=0)
    corners_m = whole_m[hull.simplices] - center_m
    volumes_m3 = np.abs(np.linalg.det(corners_m)) / 6
    middle_m = center_m + (volumes_m3[:, None] * corners_m.sum(axis=1) / 4).sum(axis=0) / volumes_m3.sum()
    pieces_m = _cells(form) if is_hollow else ()
    return Hulls(pieces_m or (whole_m,), middle_m, float(hull.volume))


def _corners(points_m: Float64[np.ndarray, "n 3"], directions: int = _DIRECTIONS) -> Float64[np.ndarray, "_ 3"]:
    """Returns the farthest points in many directions; a flat set is given a thickness."""
    points_m = _thickened(points_m)
    return points_m[np.unique((points_m @ _directions(directions).T).argmax(axis=0))]


def _thickened(points_m: Float64[np.ndarray, "n 3"]) -> Float64[np.ndarray, "_ 3"]:
    """Returns the points, and where they lie in a plane, as many beside it."""
    centered_m = points_m - points_m.mean(axis=0)
    normal = np.linalg.eigh(centered_m.T @ centered_m)[1][:, 0]
    if np.ptp(centered_m @ normal) >= _SHEET_M / 2:
        return points_m
    return np.concatenate([points_m - _SHEET_M / 2 * normal, points_m + _SHEET_M / 2 * normal])


@cache
def _directions(count: int) -> Float64[np.ndarray, "d 3"]:
    """Returns directions spread evenly over the sphere (Fibonacci), the axes and their diagonals first."""
    number = np.arange(count) + 0.5
    height, turn = 1 - 2 * number / count, np.pi * (1 + 5**0.5) * number
    flat = np.sqrt(1 - height**2)
    spread = np.stack([flat * np.cos(turn), flat * np.sin(turn), height], axis=1)
    grid = np.array([(x, y, z) for x in (-1, 0, 1) for y in (-1, 0, 1) for z in (-1, 0, 1) if x or y or z], dtype=float)
    return np.concatenate([grid, spread])


def _cells(form: Form) -> tuple[Float64[np.ndarray, "_ 3"], ...]:
    """Returns the hulls of the surface's parts in a grid of cells."""
    points_m = _spread(form)
    low_m, size_m = form.low_m, form.high_m - form.low_m
    cell_m = _CELL_M
    while True:
        cell = ((points_m - low_m) / cell_m).astype(int)
        keys, number = np.unique(cell @ (1, 1000, 1000000), return_inverse=True)
        if len(keys) <= _MOST_CELLS:
            break
        cell_m *= 1.2
    if size_m.max() < 2 * cell_m:
        return ()
    order = np.argsort(number, kind="stable")
    parts_m = np.split(points_m[order], np.cumsum(np.bincount(number))[:-1])
    return tuple(_corners(part_m, _FEW_DIRECTIONS) for part_m in parts_m if _is_solid(part_m))


def _is_solid(points_m: Float64[np.ndarray, "n 3"]) -> bool:
    """Tells whether points lie neither at one place nor on a line."""
    centered_m = points_m - points_m.mean(axis=0)
    return len(points_m) >= 4 and float(np.linalg.eigvalsh(centered_m.T @ centered_m)[1]) > 2.5e-7 * len(points_m)


def _spread(form: Form) -> Float64[np.ndarray, "n 3"]:
    """Returns points all over the triangles, about a step apart."""
    corners_m = form.points_m[form.triangles].astype(np.float64)
    longest_m = np.linalg.norm(corners_m - np.roll(corners_m, 1, axis=1), axis=2).max(axis=1)
    steps = np.clip(np.ceil(longest_m / _STEP_M).astype(int), 1, 40)
    spread = []
    for count in np.unique(steps):
        i, j = (each.ravel() for each in np.meshgrid(range(count + 1), range(count + 1), indexing="ij"))
        kept = i + j <= count
        weights = np.stack([i, j, count - i - j], axis=1)[kept] / count
        spread.append((weights @ corners_m[steps == count]).reshape(-1, 3))
    return np.concatenate(spread)
