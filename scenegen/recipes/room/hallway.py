"""Hallway: what a corridor has along its sides: hooks with coats, a rack for shoes, a bench or console, a runner."""

from itertools import pairwise

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Block, Element, block, built, fitted, free_spans
from scenegen.recipes.room.layout import Layout, placed
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.seating import made_rug
from scenegen.recipes.room.shape import Span, Wall
from scenegen.recipes.room.stock import Stock


def arriving(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with hooks and coats, a rack below them or elsewhere, and mostly a runner."""
    grown = _with_coats(rng, layout, stock)
    grown = _with_rack(rng, grown or layout, stock) or grown
    grown = (_with_console(rng, grown or layout, stock) if rng.random() < 0.6 else None) or grown
    if grown is None:
        return None
    return (_with_runner(rng, grown, stock) if rng.random() < 0.65 else None) or grown


def _stretch(
    rng: np.random.Generator, layout: Layout, wide_m: float, deep_m: float, z_m: Span
) -> tuple[Wall, float] | None:
    """Returns a wall with a free stretch, and a place in it."""
    walls = sorted(layout.shape.walls, key=lambda wall: -wall.length_m)[:2]
    for index in rng.permutation(len(walls)):
        spans = [span for span in free_spans(layout, walls[index], deep_m, z_m) if span[1] - span[0] > wide_m + 0.04]
        if spans:
            low, high = spans[int(rng.integers(len(spans)))]
            return walls[index], uniform(rng, low + wide_m / 2 + 0.02, high - wide_m / 2 - 0.02)
    return None


def _with_coats(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Hangs a board with hooks, and coats on some of them."""
    count = int(rng.integers(3, 7))
    wide_m = 0.17 * count + 0.08
    place = _stretch(rng, layout, wide_m, 0.3, (0.9, 1.8))
    if place is None:
        return None
    top_m = uniform(rng, 1.6, 1.75)
    board = Element(
        "coat_hook", "coat rack", (block((-wide_m / 2, wide_m / 2), (0.0, 0.02), (top_m, top_m + 0.1)),),
        stock.palette.door,
    )  # fmt: skip
    xs = [0.17 * (number - (count - 1) / 2) for number in range(count)]
    pegs = tuple(block((x - 0.008, x + 0.008), (0.02, 0.08), (top_m + 0.03, top_m + 0.045)) for x in xs)
    elements = [board, Element("coat_hook", "coat hook", pegs, stock.palette.metal)]
    taken = -1.0
    for x in xs:
        if rng.random() < 0.6 and x - taken > 0.3:
            elements.append(_coat(rng, x, top_m))
            taken = x
    return fitted(layout, built(place[0], place[1], elements))


def _coat(rng: np.random.Generator, x: float, top_m: float) -> Element:
    """A garment in folds, gathered at its hook."""
    wide_m, long_m, cloth = uniform(rng, 0.22, 0.29), uniform(rng, 0.6, 1.0), materials.draw_cloth(rng)
    edges = np.linspace(x - wide_m / 2, x + wide_m / 2, int(rng.integers(5, 8)))
    folds: list[Block] = []
    for number, (low, high) in enumerate(pairwise(edges)):
        off = abs((low + high) / 2 - x) / wide_m
        out_m = uniform(rng, 0.1, 0.14) if number % 2 else uniform(rng, 0.13, 0.18)
        z_m = (top_m - long_m + uniform(rng, 0.0, 0.04), top_m - 0.01 - 0.22 * off)
        folds.append(block((float(low), float(high)), (0.004 + 0.02 * (number % 2), out_m), z_m))
    return Element("clothes", "coat", tuple(folds), cloth)


def _with_rack(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Stands a rack of two or three boards at a wall, with shoes of boxes on it."""
    wide_m, deep_m = uniform(rng, 0.6, 1.0), uniform(rng, 0.28, 0.33)
    place = _stretch(rng, layout, wide_m, deep_m, (0.0, 0.65))
    if place is None:
        return None
    levels = [0.08 + 0.2 * number for number in range(int(rng.integers(2, 4)))]
    x_m, d_m = (-wide_m / 2, wide_m / 2), (0.025, deep_m)
    sides = [block((x, x + 0.02), d_m, (0.0, levels[-1] + 0.04)) for x in (x_m[0], x_m[1] - 0.02)]
    boards = [block((x_m[0] + 0.02, x_m[1] - 0.02), d_m, (level, level + 0.018)) for level in levels]
    top = (block((x_m[0] + 0.03, x_m[1] - 0.03), (0.03, deep_m - 0.01), (0.1, levels[-1] + 0.018)),)
    elements = [Element("shoe_rack", "shoe rack", (*sides, *boards), stock.palette.fronts, top)]
    for level in levels[:-1]:
        x = x_m[0] + 0.04
        while x + 0.22 < x_m[1] - 0.03:
            if rng.random() < 0.7:
                elements.append(_pair(rng, x, level + 0.018))
            x += uniform(rng, 0.24, 0.34)
    return fitted(layout, built(place[0], place[1], elements), 0.3)


def _pair(rng: np.random.Generator, x: float, z: float) -> Element:
    """Two low shoes side by side, toes to the wall."""
    look = materials.draw_leather(rng) if rng.random() < 0.5 else materials.draw_cloth(rng)
    high_m, blocks = uniform(rng, 0.07, 0.1), list[Block]()
    for low in (x, x + 0.105):
        blocks += [
            block((low, low + 0.09), (0.03, 0.27), (z, z + 0.025)),
            block((low + 0.005, low + 0.085), (0.04, 0.15), (z + 0.025, z + 0.055)),
            block((low + 0.008, low + 0.082), (0.15, 0.265), (z + 0.025, z + high_m)),
        ]
    return Element("shoes", "shoes", tuple(blocks), look)


def _with_console(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Stands a narrow table at a wall."""
    wide_m, deep_m, high_m = uniform(rng, 0.7, 1.1), uniform(rng, 0.26, 0.34), uniform(rng, 0.76, 0.86)
    place = _stretch(rng, layout, wide_m, deep_m, (0.0, 1.2))
    if place is None:
        return None
    x_m, d_m = (-wide_m / 2, wide_m / 2), (0.02, deep_m)
    legs = [
        block((x, x + 0.035), (d, d + 0.035), (0.0, high_m - 0.1))
        for x in (x_m[0] + 0.02, x_m[1] - 0.055)
        for d in (0.03, deep_m - 0.05)
    ]
    box = block((x_m[0] + 0.02, x_m[1] - 0.02), (0.03, deep_m - 0.015), (high_m - 0.1, high_m - 0.022))
    top = block(x_m, d_m, (high_m - 0.022, high_m))
    rest = (block((x_m[0] + 0.01, x_m[1] - 0.01), (0.03, deep_m - 0.01), (0.1, high_m)),)
    table = Element("console_table", "console table", (*legs, box, top), stock.palette.door, rest)
    return fitted(layout, built(place[0], place[1], [table]), 0.3)


def _with_runner(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Lays a long rug along the middle."""
    shape = layout.shape
    wide_x = shape.width_m > shape.depth_m
    long_m, across_m = max(shape.bounds.size_m), min(shape.bounds.size_m)
    for share in (0.8, 0.6, 0.45, 0.3):
        rug = made_rug(rng, share * long_m, min(0.55 * across_m, uniform(rng, 0.6, 0.8)), stock.palette)
        off_m = uniform(rng, -0.1, 0.1)
        x, y = shape.middle_m
        place = (x, y + off_m, 0.0) if wide_x else (x + off_m, y, 0.0)
        grown = placed(layout, Piece(rug, place, 0.0 if wide_x else np.pi / 2))
        if grown is not None:
            return grown
    return None
