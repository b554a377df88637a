"""What hangs over a run: cupboards or open shelves, a hood over the hob, and tiles against splashes."""

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Element, block, built, fitted, front
from scenegen.recipes.room.kitchen.run import TOP_M, Run
from scenegen.recipes.room.layout import Layout
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.shape import Span, Wall
from scenegen.recipes.room.stock import Stock

_BEGIN_M = 1.42
"""Where wall cupboards do."""


def with_high(  # noqa: PLR0913, PLR0917 - one run at one place
    rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall, middle_m: float, run: Run
) -> Layout:
    """Adds cupboards, a hood over the hob, and what guards the wall from splashes, where no window is."""
    tiles = materials.draw_wall_tiles(rng)
    shelves = rng.random() < 0.2
    for number, module in enumerate(run.modules):
        span = run.span(number)
        elements = [Element("wall", "backsplash", (block(span, (0.0, 0.01), (TOP_M[1], _BEGIN_M)),), tiles)]
        if module == "hob":
            elements += _hood(rng, span, layout.shape.height_m, stock.palette)
        elif shelves:
            elements += _open_shelves(span, stock.palette)
        else:
            elements += _cupboard(span, run, stock.palette)
        layout = fitted(layout, built(wall, middle_m, elements)) or layout
    return layout


def _cupboard(span: Span, run: Run, palette: Palette) -> list[Element]:
    middle, z_m, out_m = sum(span) / 2, (_BEGIN_M, run.high_m), (0.348, 0.375)
    leaves = [((span[0], middle), -1.0), ((middle, span[1]), 1.0)]
    blocks = (block(span, (0.0, 0.33), z_m), *(front(each, 0.33, z_m) for each, _ in leaves))
    bars = [block((middle + 0.05 * side, middle + 0.05 * side + 0.012), out_m, (1.47, 1.62)) for _, side in leaves]
    elements = [Element("wall_cabinet", "wall cabinet", blocks, palette.fronts)]
    return elements if run.slim else [*elements, Element("door_handle", "cabinet handle", tuple(bars), palette.metal)]


def _open_shelves(span: Span, palette: Palette) -> list[Element]:
    boards = [block(span, (0.0, 0.24), (z, z + 0.025)) for z in (_BEGIN_M, _BEGIN_M + 0.34)]
    rests = tuple(block((span[0] + 0.01, span[1] - 0.01), (0.02, 0.23), (1.0, each.z_m[1])) for each in boards)
    return [Element("wall_shelf", "wall shelf", tuple(boards), palette.worktop, rests)]


def _hood(rng: np.random.Generator, span: Span, height_m: float, palette: Palette) -> list[Element]:
    low_m, x = uniform(rng, 1.55, 1.68), sum(span) / 2
    canopy = block((span[0] + 0.01, span[1] - 0.01), (0.0, 0.48), (low_m, low_m + 0.06))
    duct = block((x - 0.14, x + 0.14), (0.0, 0.27), (low_m + 0.06, height_m))
    return [Element("kitchen_hood", "kitchen hood", (canopy, duct), palette.metal)]
