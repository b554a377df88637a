"""Case furniture: boards with cells between them that hold doors, drawers or nothing; handles; feet.

The front of a case is -y. A cell is a rectangle of the front; doors and drawers cover theirs with a gap all round.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape, carries
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box, corners, post
from assets_catalog.sources.builtin.shapes.turnery import lathe, leg, rod
from schemas.geometry import Vec3

Filling = Literal["drawer", "door", "open"]
Column = Sequence[tuple[float, Filling]]
"""Cells from the bottom up: share of the height, and what fills them."""

BOARD_M = 0.018
FRONT_M = 0.018
_GAP_M = 0.0025


@dataclass(frozen=True)
class Cell:
    """A rectangle of a case's front, in x and z."""

    low_m: Vec2
    high_m: Vec2
    filling: Filling


@dataclass(frozen=True)
class CaseSize:
    """The outer measures of a case; metres."""

    width: float
    depth: float
    height: float
    foot: float
    """How far the case stands above the floor."""


def case(rng: np.random.Generator, size: CaseSize, columns: Sequence[Column], plinth: bool) -> Shape:
    """Returns a piece of case furniture with equal columns; its top is free to carry things."""
    body, front, metal = looks.wood_or_paint(rng), looks.wood_or_paint(rng), looks.metal(rng)
    front = body if rng.random() < 0.5 else front
    x, y = 0.5 * size.width, 0.5 * size.depth
    cells = _cells(size, columns)
    bounds = (-x, -y + FRONT_M, size.foot), (x, y, size.height - BOARD_M)
    top = box((-x - 0.004, -y - 0.004, size.height - BOARD_M), (x + 0.004, y, size.height), 0.004)
    boards = [top, *carcass(*bounds), *_dividers(size, len(columns)), *_shelves(size, cells)]
    fronts, pulls = case_fronts(rng, cells, -y + FRONT_M)
    stand = _plinth(size) if plinth else _feet(rng, size)
    stand_look: AssetMaterial = body if rng.random() < 0.6 else metal
    support = carries(size.width - 0.04, size.depth - 0.04, size.height, 0.0, 0.0)
    return Shape([(body, boards), (front, fronts), (metal, pulls), (stand_look, stand)], (support,))


def carcass(low_m: Vec3, high_m: Vec3) -> list[Solid]:
    """Returns the boards of a box that is open to the front: sides, bottom, top, back."""
    (x0, y0, z0), (x1, y1, z1) = low_m, high_m
    sides = [box((x, y0, z0), (x + BOARD_M, y1, z1), 0.0015) for x in (x0, x1 - BOARD_M)]
    inner0, inner1 = x0 + BOARD_M, x1 - BOARD_M
    flats = [box((inner0, y0 + 0.001, z), (inner1, y1 - 0.001, z + BOARD_M), 0.0015) for z in (z0, z1 - BOARD_M)]
    return [*sides, *flats, box((inner0, y1 - 0.008, z0 + BOARD_M), (inner1, y1 - 0.002, z1 - BOARD_M), 0.001)]


def case_fronts(rng: np.random.Generator, cells: Sequence[Cell], y_m: float) -> tuple[list[Solid], list[Solid]]:
    """Returns the doors and drawers that hang before the plane y, and their pulls; one kind of pull for all."""
    pull = (_bar, _knob, _edge_pull)[int(rng.integers(3))]
    fronts, pulls = [], []
    for cell in cells:
        if cell.filling == "open":
            continue
        (x0, z0), (x1, z1) = cell.low_m, cell.high_m
        fronts.append(box((x0 + _GAP_M, y_m - FRONT_M, z0 + _GAP_M), (x1 - _GAP_M, y_m - 0.0005, z1 - _GAP_M), 0.003))
        pulls += pull(cell, y_m - FRONT_M)
    return fronts, pulls


def _cells(size: CaseSize, columns: Sequence[Column]) -> list[Cell]:
    low, high = size.foot, size.height - BOARD_M
    step = size.width / len(columns)
    cells = []
    for index, column in enumerate(columns):
        x, z = -0.5 * size.width + index * step, low
        for share, filling in column:
            following = z + share * (high - low)
            cells.append(Cell((x, z), (x + step, following), filling))
            z = following
    return cells


def _dividers(size: CaseSize, columns: int) -> list[Solid]:
    y, step = 0.5 * size.depth, size.width / columns
    places = [-0.5 * size.width + index * step for index in range(1, columns)]
    half = 0.5 * BOARD_M
    low, high = size.foot + BOARD_M, size.height - 2 * BOARD_M
    return [box((x - half, -y + FRONT_M + 0.001, low), (x + half, y - 0.008, high), 0.0015) for x in places]


def _shelves(size: CaseSize, cells: Sequence[Cell]) -> list[Solid]:
    """Returns a board under every cell that doesn't stand on the case's own bottom."""
    y, half = 0.5 * size.depth, 0.5 * BOARD_M
    return [
        box(
            (cell.low_m[0] + half, -y + FRONT_M + 0.002, cell.low_m[1] - half),
            (cell.high_m[0] - half, y - 0.008, cell.low_m[1] + half),
            0.0015,
        )
        for cell in cells
        if cell.low_m[1] > size.foot + BOARD_M
    ]


def _plinth(size: CaseSize) -> list[Solid]:
    x, y = 0.5 * size.width - 0.01, 0.5 * size.depth
    return [box((-x, -y + 0.05, 0.0), (x, y - 0.01, size.foot), 0.001)]


def _feet(rng: np.random.Generator, size: CaseSize) -> list[Solid]:
    """Returns four feet, square or round, and a rail under the front of a wide case."""
    spots = corners(0.5 * size.width - 0.07, 0.5 * size.depth - 0.06)
    if rng.random() < 0.5:
        return [post((x, y, 0.0), (0.024, 0.024), (x, y, size.foot + 0.002), (0.04, 0.04)) for x, y in spots]
    lean = 0.16 * size.foot
    return [
        leg((x + math.copysign(lean, x), y + math.copysign(lean, y), 0.0), (x, y, size.foot + 0.002), 0.012, 0.021)
        for x, y in spots
    ]


def _pull_spot(cell: Cell) -> Vec2:
    """Returns where a hand goes: the middle of a drawer, the side of a door toward the middle of the case."""
    (x0, z0), (x1, z1) = cell.low_m, cell.high_m
    if cell.filling == "drawer":
        return 0.5 * (x0 + x1), z0 + 0.62 * (z1 - z0)
    inner = x1 - 0.045 if x0 + x1 < 0 else x0 + 0.045
    return inner, z0 + 0.5 * (z1 - z0) if z1 - z0 > 1.0 else z1 - 0.14 * (z1 - z0) - 0.05


def _bar(cell: Cell, y_m: float) -> list[Solid]:
    """A bar on two short feet."""
    x, z = _pull_spot(cell)
    wide = cell.filling == "drawer"
    half = min(0.09, 0.3 * (cell.high_m[0] - cell.low_m[0])) if wide else 0.07
    ends = [(x - half, z), (x + half, z)] if wide else [(x, z - half), (x, z + half)]
    (xa, za), (xb, zb) = ends
    reach = y_m - 0.028
    feet = [
        rod(
            (0.85 * px + 0.15 * x, y_m + 0.001, 0.85 * pz + 0.15 * z),
            (0.85 * px + 0.15 * x, reach, 0.85 * pz + 0.15 * z),
            0.004,
            8,
        )
        for px, pz in ends
    ]
    return [rod((xa, reach, za), (xb, reach, zb), 0.006), *feet]


def _knob(cell: Cell, y_m: float) -> list[Solid]:
    """A turned knob; two on a wide drawer."""
    x, z = _pull_spot(cell)
    width = cell.high_m[0] - cell.low_m[0]
    places = [x - 0.28 * width, x + 0.28 * width] if cell.filling == "drawer" and width > 0.55 else [x]
    profile = [
        (0.0, -0.001),
        (0.006, -0.001),
        (0.006, 0.012),
        (0.013, 0.016),
        (0.015, 0.021),
        (0.013, 0.026),
        (0.0, 0.028),
    ]
    knob = lathe(profile, 16).turned("x", 0.5 * math.pi)
    return [knob.moved(place, y_m, z) for place in places]


def _edge_pull(cell: Cell, y_m: float) -> list[Solid]:
    """A thin lip at the upper edge of a drawer, or at the side of a door."""
    (x0, z0), (x1, z1) = cell.low_m, cell.high_m
    if cell.filling == "drawer":
        x, half, top = 0.5 * (x0 + x1), min(0.08, 0.3 * (x1 - x0)), z1 - 2 * _GAP_M
        return [box((x - half, y_m - 0.014, top - 0.003), (x + half, y_m + 0.002, top), 0.0008)]
    x, z = (x1 - 2 * _GAP_M, 0.5 * (z0 + z1)) if x0 + x1 < 0 else (x0 + 2 * _GAP_M + 0.003, 0.5 * (z0 + z1))
    return [box((x - 0.003, y_m - 0.014, z - 0.08), (x, y_m + 0.002, z + 0.08), 0.0008)]
