"""Counter: bodies with their fronts under a worktop, and what is built into them."""

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.room.built import Block, Element, around, block, front
from scenegen.recipes.room.kitchen.dishwasher import dishwasher
from scenegen.recipes.room.kitchen.hob import hob_and_oven
from scenegen.recipes.room.kitchen.run import BLACK, DEEP_M, TOP_M, Run
from scenegen.recipes.room.kitchen.sink import basin_and_tap
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.shape import Span


def counter(rng: np.random.Generator, run: Run, palette: Palette) -> list[Element]:
    """Returns all that is no higher than the tap."""
    sink, hob, ends = run.of("sink"), run.of("hob"), run.ends_m
    hole = block((sink[0] + 0.07, sink[1] - 0.07), (0.12, 0.52), (0.7, 0.9))
    rest_z = (0.5, TOP_M[1])
    edges = sorted((ends[0], *sink, *hob, ends[1]))
    rests = tuple(
        block((low + 0.01, high - 0.01), (0.03, 0.59), rest_z)
        for low, high in zip(edges[::2], edges[1::2], strict=True)
        if high - low > 0.2
    )
    worktop = around(ends, (0.0, 0.62), hole, TOP_M)
    steel = materials.draw_metal(rng, (0.0, 0.1)).model_copy(update={"color": (0.72, 0.72, 0.73)})
    appliance = steel if rng.random() < 0.6 else BLACK if rng.random() < 0.5 else palette.glaze
    return [
        Element("kitchen_cabinet", "kitchen cabinet", carcass(run), palette.fronts),
        Element("kitchen_cabinet", "worktop", worktop, palette.worktop, rests),
        *grips(run, palette),
        *basin_and_tap(hole, steel),
        *hob_and_oven(rng, hob, steel, appliance),
        *dishwasher(run, appliance, steel),
    ]


def carcass(run: Run) -> tuple[Block, ...]:
    """Bodies, plinths and fronts; the oven and the dishwasher have fronts of their own."""
    blocks: list[Block] = []
    for number, module in enumerate(run.modules):
        span = run.span(number)
        blocks.append(block(span, (0.03, 0.5), (0.0, 0.1)))
        blocks.append(block(span, (0.03, DEEP_M), (0.1, 0.62 if module == "sink" else TOP_M[0])))
        blocks += [front(each, DEEP_M, z_m) for each, z_m in _fronts(span, module)]
    return tuple(blocks)


def _fronts(span: Span, module: str) -> list[tuple[Span, Span]]:
    low, high, middle = 0.1, TOP_M[0], sum(span) / 2
    match module:
        case "doors" | "sink":
            return [((span[0], middle), (low, high)), ((middle, span[1]), (low, high))]
        case "drawers":
            levels = (low, 0.4, 0.66, high)
            return [(span, (levels[step], levels[step + 1])) for step in range(3)]
        case "door":
            return [(span, (low, 0.68)), (span, (0.68, high))]
        case _:
            return []


def grips(run: Run, palette: Palette) -> list[Element]:
    """Returns bars on the fronts, upright on doors and level on drawers."""
    bars: list[Block] = []
    out_m = (DEEP_M + 0.018, DEEP_M + 0.045)
    for number, module in enumerate(run.modules):
        for span, z_m in _fronts(run.span(number), module):
            middle, level = sum(span) / 2, z_m[1] - 0.06
            bars.append(block((middle - 0.07, middle + 0.07), out_m, (level, level + 0.012)))
    return [] if run.slim or not bars else [Element("door_handle", "cabinet handle", tuple(bars), palette.metal)]
