"""Shelves: on the wall with books and small things on them, and open racks that stand on the floor."""

from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.books import shelved
from assets_catalog.sources.builtin.shapes.containers import small_box
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape, carries
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import curve, hollow, lathe, rod


def wall_shelf(rng: np.random.Generator) -> Shape:
    """Returns one board, or two above each other, on brackets or between sides, with books on the lower."""
    half, deep = 0.5 * float(rng.uniform(0.55, 1.2)), float(rng.uniform(0.18, 0.28))
    thick, rise = float(rng.uniform(0.018, 0.036)), float(rng.uniform(0.28, 0.34))
    framed = rng.random() < 0.5
    levels = [0.0, rise] if framed else [0.0]
    y = 0.5 * deep
    inset = 0.0008 if framed else 0.0
    boards = [box((-half + inset, -y, z), (half - inset, y, z + thick), 0.003) for z in levels]
    timber = looks.wood_or_paint(rng)
    layers: list[Layer] = [(timber, boards)]
    if framed:
        boards += [
            box((x, -y + 0.001, 0.001), (x + thick, y - 0.001, rise + 0.001), 0.003) for x in (-half, half - thick)
        ]
        layers.append((timber, [box((-half + 0.005, y - 0.007, 0.005), (half - 0.005, y - 0.002, rise), 0.001)]))
    else:
        layers.append((looks.metal(rng), [solid for x in (-0.7 * half, 0.7 * half) for solid in _bracket(x, y)]))
    clear = rise - thick if framed else 0.32
    inner = half - (thick if framed else 0.01)
    layers += shelved(rng, (inner, y, thick), clear, float(rng.uniform(0.3, 0.9)))
    top = (carries(2 * half - 0.04, deep - 0.03, rise + thick),) if framed else ()
    return Shape(layers, top)


def _bracket(x_m: float, y_m: float) -> list[Solid]:
    """Returns an angle under a board, with a strut."""
    arm = box((x_m - 0.012, -0.7 * y_m, -0.012), (x_m + 0.012, y_m, 0.001), 0.002)
    leg = box((x_m - 0.012, y_m - 0.012, -1.5 * y_m), (x_m + 0.012, y_m, 0.0), 0.002)
    return [arm, leg, rod((x_m, -0.4 * y_m, -0.008), (x_m, y_m - 0.005, -1.25 * y_m), 0.006, 8)]


def shelf(rng: np.random.Generator) -> Shape:
    """Returns an open rack of posts and boards, with books, boxes and pots on it."""
    half, y = 0.5 * float(rng.uniform(0.6, 1.1)), 0.5 * float(rng.uniform(0.3, 0.42))
    rows, pitch = int(rng.integers(3, 6)), float(rng.uniform(0.32, 0.42))
    thick = float(rng.uniform(0.018, 0.03))
    levels = [0.1 + pitch * row for row in range(rows)]
    height = levels[-1] + thick
    boards = [box((-half + 0.012, -y, z), (half - 0.012, y, z + thick), 0.003) for z in levels]
    posts = _frame(rng, half, y, height)
    metal = looks.metal(rng) if rng.random() < 0.6 else looks.wood_or_paint(rng)
    layers: list[Layer] = [(looks.wood_or_paint(rng), boards), (metal, posts)]
    for low, high in pairwise(levels):
        layers += _things(rng, half - 0.03, y, low + thick, high - low - thick)
    return Shape(layers, (carries(2 * half - 0.08, 2 * y - 0.04, height),))


def _frame(rng: np.random.Generator, half_m: float, y_m: float, height_m: float) -> list[Solid]:
    """Returns four posts and crossed braces behind, or ladder ends."""
    top = height_m - 0.004
    posts = [
        box((min(x, 0.93 * x), min(y, 0.88 * y), 0.0), (max(x, 0.93 * x), max(y, 0.88 * y), top), 0.003)
        for x in (-half_m, half_m)
        for y in (-y_m + 0.001, y_m - 0.001)
    ]
    if rng.random() < 0.5:
        low, high = 0.15, height_m - 0.08
        braces = [
            rod((-side * half_m * 0.95, y_m - 0.006, low), (side * half_m * 0.95, y_m - 0.006, high), 0.005, 8)
            for side in (-1, 1)
        ]
        return [*posts, *braces]
    rungs = [
        rod((x, -y_m + 0.02, z), (x, y_m - 0.02, z), 0.008, 8)
        for x in (-0.965 * half_m, 0.965 * half_m)
        for z in np.linspace(0.2, height_m - 0.1, 5)
    ]
    return [*posts, *rungs]


def _things(rng: np.random.Generator, half_m: float, y_m: float, floor_m: float, clear_m: float) -> list[Layer]:
    """Returns what stands on one board: a row of books, boxes, or vessels."""
    kind = int(rng.integers(4))
    if kind == 0:
        return []
    if kind == 1:
        return shelved(rng, (half_m, y_m, floor_m), clear_m, float(rng.uniform(0.2, 0.9)))
    count = int(rng.integers(1, 4))
    places = (
        np.linspace(-half_m + 0.16, half_m - 0.16, count) if count > 1 else np.array([float(rng.uniform(-0.1, 0.1))])
    )
    if kind == 2:
        return [
            layer
            for x in places
            for layer in small_box(rng, (float(x), 0.0, floor_m), (0.13, 0.8 * y_m, 0.55 * clear_m))
        ]
    return [(looks.ceramic(rng), [_vessel(rng, clear_m).moved(float(x), 0.0, floor_m)]) for x in places]


def _vessel(rng: np.random.Generator, clear_m: float) -> Solid:
    height, belly = clear_m * float(rng.uniform(0.4, 0.8)), float(rng.uniform(0.05, 0.09))
    outer = curve([(0.6 * belly, 0.0), (belly, 0.4 * height), (0.5 * belly, 0.85 * height), (0.6 * belly, height)], 4)
    return lathe(hollow(outer, 0.004, 0.008), 28)
