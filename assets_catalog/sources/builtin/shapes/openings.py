"""Doors and windows with their frames, for walls: seen from -y, their backs against the wall at +y."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, lathe, rod, tube

_CLEAR = looks.look("glass:pane", "e2ebe8", looks.Finish(0.02, opacity=0.15))


def door(rng: np.random.Generator) -> Shape:
    """Returns a closed door in its frame, of one leaf or two: panelled, plain, planked, or with panes."""
    half, height = 0.5 * float(rng.uniform(0.68, 1.0)), float(rng.uniform(1.94, 2.4))
    leaves = 2 if rng.random() < 0.3 else 1
    skin = looks.wood_or_paint(rng)
    casing = skin if rng.random() < 0.5 else looks.paint(rng)
    band = float(rng.uniform(0.06, 0.11))
    leaf, panes = _leaf(rng, half, height)
    middles = [-half, half] if leaves == 2 else [0.0]
    wide = half * leaves
    frame = [box((side, -0.05, 0.0), (side + band, 0.04, height + band), 0.006) for side in (-wide - band, wide)]
    frame.append(box((-wide - 0.004, -0.0496, height), (wide + 0.004, 0.0396, height + band - 0.0004), 0.006))
    at = half - 0.07 if leaves == 2 or rng.random() < 0.5 else 0.07 - half
    handles = [_handle(rng, at if x <= 0 else -at) for x in middles]
    return Shape(
        [
            (skin, [solid.moved(x) for x in middles for solid in leaf]),
            (casing, frame),
            (looks.metal(rng), [solid.moved(x) for x, pull in zip(middles, handles, strict=True) for solid in pull]),
            (_CLEAR, [pane.moved(x) for x in middles for pane in panes]),
        ]
    )


def _leaf(rng: np.random.Generator, half_m: float, height_m: float) -> tuple[list[Solid], list[Solid]]:
    """Returns the wood of one leaf, and its pane if it has one."""
    board = [box((-half_m + 0.003, -0.03, 0.008), (half_m - 0.003, 0.012, height_m - 0.003), 0.002)]
    kind = int(rng.integers(4))
    if kind == 0:
        return [*board, *_panels(rng, half_m, height_m)], []
    if kind == 1:
        return [*board, *_planks(half_m, height_m)], []
    return _glazed(rng, half_m, height_m) if kind == 2 else (board, [])


def _panels(rng: np.random.Generator, half_m: float, height_m: float) -> list[Solid]:
    """Returns raised panels in one or two columns and two to four rows."""
    columns, rows = int(rng.integers(1, 3)), int(rng.integers(2, 5))
    edge, gap = 0.11, 0.09
    wide = (2 * half_m - 2 * edge - (columns - 1) * gap) / columns
    shares = np.array([1.0 + 0.5 * (rows - row) * (row < rows - 1) for row in range(rows)])
    tall = (height_m - 2 * edge - (rows - 1) * gap) * shares / shares.sum()
    solids, z = [], edge + 0.03
    for high in tall.tolist():
        for column in range(columns):
            x = -half_m + edge + column * (wide + gap)
            solids.append(box((x, -0.036, z), (x + wide, -0.02, z + high - 0.02), 0.004))
            solids.append(box((x + 0.035, -0.042, z + 0.035), (x + wide - 0.035, -0.03, z + high - 0.055), 0.005))
        z += high + gap
    return solids


def _planks(half_m: float, height_m: float) -> list[Solid]:
    edges = np.linspace(-half_m + 0.004, half_m - 0.004, 7)
    return [
        box((float(a) + 0.0015, -0.04, 0.01), (float(b) - 0.0015, -0.02, height_m - 0.005), 0.004)
        for a, b in pairwise(edges)
    ]


def _glazed(rng: np.random.Generator, half_m: float, height_m: float) -> tuple[list[Solid], list[Solid]]:
    """Returns stiles, rails and bars, and one pane behind the bars."""
    edge, low = 0.11, float(rng.uniform(0.25, 0.95))
    x = half_m - 0.003
    solids = [box((side, -0.03, 0.008), (side + edge, 0.012, height_m - 0.003), 0.003) for side in (-x, x - edge)]
    for z0, z1 in ((0.01, low), (height_m - edge, height_m - 0.005)):
        solids.append(box((-x + 0.01, -0.0295, z0), (x - 0.01, 0.0115, z1), 0.003))
    columns, rows = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    solids += _bars((-x + edge, low), (x - edge, height_m - edge), (columns, rows), -0.024)
    pane = box((-x + edge - 0.01, -0.011, low - 0.01), (x - edge + 0.01, -0.005, height_m - edge + 0.01), 0.001)
    return solids, [pane]


def _bars(low_m: Vec2, high_m: Vec2, cells: tuple[int, int], y_m: float, wide_m: float = 0.022) -> list[Solid]:
    """Returns the thin bars that part a pane into columns and rows."""
    (x0, z0), (x1, z1) = low_m, high_m
    xs, zs = np.linspace(x0, x1, cells[0] + 1)[1:-1], np.linspace(z0, z1, cells[1] + 1)[1:-1]
    half = 0.5 * wide_m
    upright = [box((float(x) - half, y_m, z0 - 0.002), (float(x) + half, y_m + 0.03, z1 + 0.002), 0.003) for x in xs]
    level = [
        box((x0 - 0.002, y_m + 0.001, float(z) - half), (x1 + 0.002, y_m + 0.029, float(z) + half), 0.003) for z in zs
    ]
    return [*upright, *level]


def _handle(rng: np.random.Generator, x_m: float) -> list[Solid]:
    """Returns a lever on a rose, or a knob, at hand height."""
    z, inward = 1.03, -math.copysign(1.0, x_m)
    rose = disc(0.026, 0.0, 0.012, 0.003, 20).turned("x", 0.5 * math.pi).moved(x_m, -0.028, z)
    if rng.random() < 0.3:
        profile = [
            (0.0, 0.0),
            (0.011, 0.0),
            (0.011, 0.03),
            (0.026, 0.042),
            (0.029, 0.055),
            (0.022, 0.068),
            (0.0, 0.072),
        ]
        return [rose, lathe(profile, 20).turned("x", 0.5 * math.pi).moved(x_m, -0.028, z)]
    bend = [(0.0, -0.03), (0.0, -0.06), *arc((0.02, -0.06), 0.02, math.pi, 1.5 * math.pi, 5)[1:], (0.12, -0.08)]
    keyhole = disc(0.02, 0.0, 0.009, 0.002, 16).turned("x", 0.5 * math.pi).moved(x_m, -0.028, z - 0.09)
    return [rose, keyhole, tube([(x_m + inward * out, y, z) for out, y in bend], 0.009, 10)]


def window(rng: np.random.Generator) -> Shape:
    """Returns a window of one to three lights, with or without bars, on a sill."""
    lights = int(rng.integers(1, 4))
    half = 0.5 * lights * float(rng.uniform(0.45, 0.72))
    height = float(rng.uniform(0.9, 1.6))
    band, wide = float(rng.uniform(0.05, 0.075)), float(rng.uniform(0.045, 0.065))
    frame = [box((side, -0.04, 0.0), (side + band, 0.04, height), 0.005) for side in (-half, half - band)]
    frame += [
        box((-half + 0.01, -0.0396, z + 0.0008), (half - 0.01, 0.0396, z + band - 0.0008), 0.005)
        for z in (0.0, height - band)
    ]
    cells = (int(rng.integers(1, 3)), int(rng.integers(1, 4)))
    edges = np.linspace(-half + band, half - band, lights + 1)
    panes: list[Solid] = []
    for x0, x1 in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        sash, pane = _casement((x0 - 0.004, band - 0.004), (x1 + 0.004, height - band + 0.004), wide, cells)
        frame += sash
        panes.append(pane)
    sill = [box((-half - 0.05, -0.16, -0.035), (half + 0.05, 0.035, 0.002), 0.008)]
    knobs = [_catch(float(x), 0.45 * height) for x in edges[1:-1]] or [_catch(half - band - 0.5 * wide, 0.45 * height)]
    paint = looks.wood_or_paint(rng)
    stone = paint if rng.random() < 0.6 else looks.look("stone:sill", "cfcac0", looks.Finish(0.4))
    return Shape([(paint, frame), (stone, sill), (looks.metal(rng), knobs), (_CLEAR, panes)])


def _casement(low_m: Vec2, high_m: Vec2, wide_m: float, cells: tuple[int, int]) -> tuple[list[Solid], Solid]:
    """Returns a sash with its bars, and its pane."""
    (x0, z0), (x1, z1) = low_m, high_m
    sash = [box((x, -0.05, z0), (x + wide_m, 0.012, z1), 0.005) for x in (x0, x1 - wide_m)]
    sash += [box((x0 + 0.005, -0.0496, z), (x1 - 0.005, 0.0116, z + wide_m), 0.005) for z in (z0, z1 - wide_m)]
    inner = (x0 + wide_m, z0 + wide_m), (x1 - wide_m, z1 - wide_m)
    pane = box(
        (inner[0][0] - 0.01, -0.022, inner[0][1] - 0.01), (inner[1][0] + 0.01, -0.016, inner[1][1] + 0.01), 0.001
    )
    return [*sash, *_bars(*inner, cells, -0.04)], pane


def _catch(x_m: float, z_m: float) -> Solid:
    return rod((x_m, -0.058, z_m - 0.05), (x_m, -0.058, z_m + 0.06), 0.009, 10)
