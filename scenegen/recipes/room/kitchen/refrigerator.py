"""Refrigerator: a model of the catalog, else one of our own shapes, beside a run."""

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Element, block, built, fitted, front
from scenegen.recipes.room.layout import Layout, against, placed
from scenegen.recipes.room.shape import Wall
from scenegen.recipes.room.stock import Stock, no_larger

WIDE_M = 0.68
"""That it takes of a wall."""


def with_fridge(rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall, along_m: float) -> Layout | None:
    """Returns the layout with a refrigerator at a place along a wall, if it fits there."""
    record = stock.pick(rng, ("refrigerator",), "floor", no_larger(WIDE_M - 0.02, 0.75, 2.1))
    if record is not None and rng.random() < 0.6:
        grown = placed(layout, against(wall, record, along_m, 0.02).wanting(0.5))
        if grown is not None:
            return grown
    high_m, wide_m, split_m = uniform(rng, 1.6, 2.0), 0.6, uniform(rng, 0.6, 0.8)
    body = materials.draw_metal(rng, (0.0, 0.1)) if rng.random() < 0.4 else stock.palette.glaze
    x_m = (-wide_m / 2, wide_m / 2)
    blocks = (
        block(x_m, (0.04, 0.6), (0.03, high_m)),
        front(x_m, 0.6, (0.05, split_m), 0.05),
        front(x_m, 0.6, (split_m + 0.006, high_m), 0.05),
        block((x_m[0] + 0.03, x_m[1] - 0.03), (0.06, 0.58), (0.0, 0.03)),
    )
    bars = (
        block((-0.26, -0.24), (0.65, 0.685), (split_m - 0.3, split_m - 0.04)),
        block((-0.26, -0.24), (0.65, 0.685), (split_m + 0.05, split_m + 0.4)),
    )
    top = (block((x_m[0] + 0.03, x_m[1] - 0.03), (0.06, 0.58), (1.0, high_m)),)
    elements = [
        Element("refrigerator", "refrigerator", blocks, body, top),
        Element("door_handle", "refrigerator handle", bars, stock.palette.metal),
    ]
    return fitted(layout, built(wall, along_m, elements), 0.5)
