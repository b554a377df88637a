"""Placing: where the runs of counters stand, and what each module of them holds."""

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Element, block, built, fitted, free_spans
from scenegen.recipes.room.kitchen.counter import carcass, counter, grips
from scenegen.recipes.room.kitchen.overhead import with_high
from scenegen.recipes.room.kitchen.refrigerator import WIDE_M, with_fridge
from scenegen.recipes.room.kitchen.run import MODULE_M, TOP_M, Run
from scenegen.recipes.room.layout import Layout
from scenegen.recipes.room.shape import Wall
from scenegen.recipes.room.stock import Stock

_LEAST, _MOST = 3, 7


def cooking(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a run of counters and a refrigerator, on two walls where one has enough left."""
    high_m = 2.0 if rng.random() < 0.75 else 0.9
    for wall in sorted(layout.shape.walls, key=lambda wall: -_longest(layout, wall, high_m)):
        grown = _with_run(rng, layout, stock, wall)
        if grown is not None:
            return _with_cupboards_opposite(rng, grown, stock) or grown
    return None


def _longest(layout: Layout, wall: Wall, high_m: float) -> float:
    """Returns the longest stretch of a wall that is free up to a height: higher than sills, without a window."""
    return max((high - low for low, high in free_spans(layout, wall, 0.64, (0.0, high_m))), default=0.0)


def _with_run(rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall) -> Layout | None:
    spans = free_spans(layout, wall, 0.64, (0.0, 0.9))
    if not spans or spans[0][1] - spans[0][0] < 2 * MODULE_M:
        return None
    low, high = spans[0]
    fridge_m = WIDE_M if high - low > WIDE_M + _LEAST * MODULE_M else 0.0
    count = min(int((high - low - fridge_m) / MODULE_M + 1e-6), _MOST)
    from_start = rng.random() < 0.5
    start_m = low + fridge_m if from_start else high - fridge_m - count * MODULE_M
    run = Run(_modules(rng, count), min(uniform(rng, 2.05, 2.25), layout.shape.height_m - 0.15), rng.random() < 0.35)
    middle_m = start_m + count * MODULE_M / 2
    grown = fitted(layout, built(wall, middle_m, counter(rng, run, stock.palette)), 0.7)
    if grown is None:
        return None
    grown = with_high(rng, grown, stock, wall, middle_m, run)
    if fridge_m:
        at_m = low + fridge_m / 2 if from_start else high - fridge_m / 2
        grown = with_fridge(rng, grown, stock, wall, at_m) or grown
    return grown


def _modules(rng: np.random.Generator, count: int) -> tuple[str, ...]:
    """Returns what stands where: sink and hob are apart where there is room, a dishwasher is beside the sink."""
    modules = [str(rng.choice(["doors", "drawers", "door"])) for _ in range(count)]
    hob = int(rng.integers(count))
    others = [number for number in range(count) if abs(number - hob) > (1 if count > 3 else 0)]
    sink = others[int(rng.integers(len(others)))]
    modules[hob], modules[sink] = "hob", "sink"
    beside = [number for number in (sink - 1, sink + 1) if 0 <= number < count and number != hob]
    if beside and rng.random() < 0.6:
        modules[beside[0]] = "dishwasher"
    return tuple(modules)


def _with_cupboards_opposite(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Adds a low row of cupboards on another wall, where it is free: without sink and hob."""
    if rng.random() < 0.4:
        return None
    walls = sorted(layout.shape.walls, key=lambda wall: -_longest(layout, wall, 0.9))
    spans = free_spans(layout, walls[0], 0.64, (0.0, 0.9))
    if not spans or spans[0][1] - spans[0][0] < 2 * MODULE_M:
        return None
    count = int(rng.integers(2, min(int((spans[0][1] - spans[0][0]) / MODULE_M + 1e-6), 4) + 1))
    run = Run(tuple(str(rng.choice(["doors", "drawers"])) for _ in range(count)), 2.1, bool(rng.random() < 0.35))
    ends = run.ends_m
    slab = block(ends, (0.0, 0.62), TOP_M)
    rest = block((ends[0] + 0.02, ends[1] - 0.02), (0.03, 0.6), (0.5, TOP_M[1]))
    elements = [
        Element("kitchen_cabinet", "kitchen cabinet", carcass(run), stock.palette.fronts),
        Element("kitchen_cabinet", "worktop", (slab,), stock.palette.worktop, (rest,)),
        *grips(run, stock.palette),
    ]
    return fitted(layout, built(walls[0], spans[0][0] + count * MODULE_M / 2, elements), 0.7)
