"""Wardrobes, cabinets, dressers, bedside tables and TV stands: measures and layouts of case furniture."""

import numpy as np

from assets_catalog.sources.builtin.shapes.case import CaseSize, Column, case
from assets_catalog.sources.builtin.shapes.shape import Shape

_DOOR: Column = ((1.0, "door"),)
_TWO_OPEN: Column = ((0.5, "open"), (0.5, "open"))
_OPEN: Column = ((1.0, "open"),)
_DOOR_AND_DRAWER: Column = ((0.72, "door"), (0.28, "drawer"))


def wardrobe(rng: np.random.Generator) -> Shape:
    """Returns a wardrobe of two to four doors, some with drawers below."""
    doors = int(rng.integers(2, 5))
    size = CaseSize(
        width=doors * float(rng.uniform(0.44, 0.52)),
        depth=float(rng.uniform(0.55, 0.62)),
        height=float(rng.uniform(1.9, 2.2)),
        foot=float(rng.uniform(0.05, 0.09)),
    )
    column: Column = ((0.14, "drawer"), (0.86, "door")) if rng.random() < 0.5 else _DOOR
    return Shape(case(rng, size, [column] * doors, plinth=True).layers)


def cabinet(rng: np.random.Generator) -> Shape:
    """Returns a sideboard or a small cupboard."""
    columns = int(rng.integers(2, 5))
    size = CaseSize(
        width=columns * float(rng.uniform(0.4, 0.48)),
        depth=float(rng.uniform(0.38, 0.46)),
        height=float(rng.uniform(0.7, 1.0)),
        foot=float(rng.uniform(0.1, 0.2)),
    )
    middle = (_drawers(3), _TWO_OPEN, _DOOR_AND_DRAWER)[int(rng.integers(3))]
    outer = _DOOR if rng.random() < 0.6 else _DOOR_AND_DRAWER
    layout = [outer if index in (0, columns - 1) else middle for index in range(columns)]
    return case(rng, size, layout, plinth=False)


def dresser(rng: np.random.Generator) -> Shape:
    """Returns a chest of drawers."""
    columns = int(rng.integers(1, 3))
    size = CaseSize(
        width=float(rng.uniform(0.75, 0.9) if columns == 1 else rng.uniform(1.2, 1.55)),
        depth=float(rng.uniform(0.42, 0.5)),
        height=float(rng.uniform(0.78, 1.1)),
        foot=float(rng.uniform(0.06, 0.16)),
    )
    rows = int(rng.integers(3, 6))
    return case(rng, size, [_drawers(rows)] * columns, plinth=bool(rng.random() < 0.4))


def bedside_table(rng: np.random.Generator) -> Shape:
    """Returns a small chest for the side of a bed."""
    size = CaseSize(
        width=float(rng.uniform(0.4, 0.52)),
        depth=float(rng.uniform(0.36, 0.42)),
        height=float(rng.uniform(0.46, 0.58)),
        foot=float(rng.uniform(0.1, 0.18)),
    )
    layouts: tuple[Column, ...] = (_drawers(2), ((0.55, "open"), (0.45, "drawer")), _DOOR_AND_DRAWER, _drawers(3))
    return case(rng, size, [layouts[int(rng.integers(len(layouts)))]], plinth=False)


def tv_stand(rng: np.random.Generator) -> Shape:
    """Returns a low bench with doors, drawers and open bays."""
    columns = int(rng.integers(3, 5))
    size = CaseSize(
        width=columns * float(rng.uniform(0.42, 0.52)),
        depth=float(rng.uniform(0.38, 0.45)),
        height=float(rng.uniform(0.42, 0.56)),
        foot=float(rng.uniform(0.08, 0.15)),
    )
    middle = (_OPEN, _TWO_OPEN, _drawers(2))[int(rng.integers(3))]
    layout = [_DOOR if index in (0, columns - 1) else middle for index in range(columns)]
    return case(rng, size, layout, plinth=False)


def _drawers(rows: int) -> Column:
    """Returns a column of drawers, the lower ones taller."""
    weights = [1.0 + 0.25 * (rows - 1 - row) for row in range(rows)]
    return [(weight / sum(weights), "drawer") for weight in weights]
