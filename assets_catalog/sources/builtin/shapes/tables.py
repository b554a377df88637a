"""Tables: a top, and one of several ways to carry it."""

import math
from collections.abc import Callable

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.record import SupportSurface
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.case import Cell, carcass, case_fronts
from assets_catalog.sources.builtin.shapes.shape import Layers, Shape, carries
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box, corners, post
from assets_catalog.sources.builtin.shapes.turnery import disc, lathe, leg

Legs = Callable[[np.random.Generator, float, float, float], list[Solid]]
"""(rng, half width, half depth, height of the top's underside; metres) -> what carries the top."""


def coffee_table(rng: np.random.Generator) -> Shape:
    """Returns a low table, round, oval or rectangular, some with a shelf under the top."""
    height = float(rng.uniform(0.35, 0.46))
    if rng.random() < 0.4:
        return _round_table(rng, float(rng.uniform(0.7, 0.95)), height, float(rng.uniform(1.0, 1.4)))
    width, depth = float(rng.uniform(0.85, 1.3)), float(rng.uniform(0.5, 0.7))
    return _square_table(rng, (width, depth), height, shelf_m=0.11 if rng.random() < 0.5 else None)


def dining_table(rng: np.random.Generator) -> Shape:
    """Returns a dining table for four to eight."""
    height = float(rng.uniform(0.73, 0.76))
    if rng.random() < 0.3:
        return _round_table(rng, float(rng.uniform(0.95, 1.25)), height, 1.0)
    return _square_table(rng, (float(rng.uniform(1.3, 2.1)), float(rng.uniform(0.8, 0.98))), height)


def side_table(rng: np.random.Generator) -> Shape:
    """Returns a small table to stand beside a sofa."""
    height = float(rng.uniform(0.45, 0.6))
    if rng.random() < 0.55:
        return _round_table(rng, float(rng.uniform(0.38, 0.52)), height, 1.0)
    side = float(rng.uniform(0.4, 0.5))
    return _square_table(rng, (side, side), height, shelf_m=0.15)


def desk(rng: np.random.Generator) -> Shape:
    """Returns a desk, most with drawers under one end."""
    width, depth, height = float(rng.uniform(1.1, 1.6)), float(rng.uniform(0.6, 0.75)), float(rng.uniform(0.72, 0.75))
    if rng.random() < 0.35:
        return _square_table(rng, (width, depth), height)
    timber, front, pull = looks.wood(rng), looks.wood_or_paint(rng), looks.metal(rng)
    x, y, under = 0.5 * width, 0.5 * depth, height - 0.028
    side = 1 if rng.random() < 0.5 else -1
    inner = side * (x - 0.42)
    low, high = sorted((inner, side * (x - 0.03)))
    bounds = (low, -y + 0.02, 0.09), (high, y - 0.03, under)
    cells = [
        Cell((low, 0.09 + rise), (high, 0.09 + rise + step), "drawer") for rise, step in _drawer_rows(under - 0.09)
    ]
    fronts, pulls = case_fronts(rng, cells, -y + 0.02)
    legs = [
        post((-side * (x - 0.05), at, 0.0), (0.03, 0.03), (-side * (x - 0.07), 0.95 * at, under), (0.05, 0.05))
        for at in (-y + 0.06, y - 0.06)
    ]
    feet = [
        post((spot, at, 0.0), (0.024, 0.024), (spot, at, 0.1), (0.034, 0.034))
        for spot in (low + 0.04, high - 0.04)
        for at in (-y + 0.07, y - 0.08)
    ]
    screen = box((-x + 0.06, y - 0.075, height - 0.36), (x - 0.06, y - 0.057, under))
    wooden = [_board(width, depth, under, height), *legs, *feet, *carcass(*bounds), screen]
    return Shape([(timber, wooden), (front, fronts), (pull, pulls)], (_top_support(width, depth, height),))


def _drawer_rows(height_m: float) -> list[tuple[float, float]]:
    """Returns (start, height) of three drawers, the lowest tall."""
    shares = (0.5, 0.25, 0.25)
    starts = np.cumsum((0.0, *shares))
    return [(float(start) * height_m, share * height_m) for start, share in zip(starts, shares, strict=False)]


def _square_table(rng: np.random.Generator, size_m: Vec2, height_m: float, shelf_m: float | None = None) -> Shape:
    """Returns a rectangular table; `shelf_m`: height of a shelf between the legs."""
    (width_m, depth_m), thickness = size_m, float(rng.uniform(0.02, 0.04))
    ways = _SQUARE_LEGS if shelf_m is None else _CORNER_LEGS
    carrying, metal = ways[int(rng.integers(len(ways)))]
    wood = looks.wood(rng)
    under = height_m - thickness
    legs = carrying(rng, 0.5 * width_m, 0.5 * depth_m, under)
    boards = [_board(width_m, depth_m, under, height_m)]
    if shelf_m is not None:
        boards.append(_board(width_m - 0.12, depth_m - 0.12, shelf_m, shelf_m + 0.018))
    layers: Layers = [
        (wood, boards),
        (_leg_look(rng, wood, metal), legs),
    ]
    return Shape(layers, (_top_support(width_m, depth_m, height_m),))


def _round_table(rng: np.random.Generator, across_m: float, height_m: float, stretch: float) -> Shape:
    thickness = float(rng.uniform(0.018, 0.035))
    wood = looks.wood(rng)
    stone = looks.ceramic(rng) if rng.random() < 0.25 else wood
    radius, under = 0.5 * across_m, height_m - thickness
    board = disc(radius, under, height_m, 0.006, 48).stretched(x=stretch)
    carrying, metal = _ROUND_LEGS[int(rng.integers(len(_ROUND_LEGS)))]
    legs = carrying(rng, 0.8 * radius * stretch, 0.8 * radius, under)
    side = 1.34 * radius
    return Shape([(stone, [board]), (_leg_look(rng, wood, metal), legs)], (carries(side * stretch, side, height_m),))


def _leg_look(rng: np.random.Generator, wood: AssetMaterial, metal: bool) -> AssetMaterial:
    if metal:
        return looks.metal(rng)
    return wood if rng.random() < 0.7 else looks.paint(rng)


def _board(width_m: float, depth_m: float, low_m: float, high_m: float) -> Solid:
    return box((-0.5 * width_m, -0.5 * depth_m, low_m), (0.5 * width_m, 0.5 * depth_m, high_m), 0.006)


def _top_support(width_m: float, depth_m: float, height_m: float) -> SupportSurface:
    return carries(width_m - 0.06, depth_m - 0.06, height_m)


def _tapered(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """Square legs at the corners, joined by an apron."""
    inset, thick = float(rng.uniform(0.035, 0.07)), float(rng.uniform(0.045, 0.065)) * min(1.0, 0.5 + under_m)
    x, y = x_m - inset, y_m - inset
    legs = [
        post((px, py, 0.0), (0.6 * thick, 0.6 * thick), (px, py, under_m), (thick, thick), 0.004)
        for px, py in corners(x, y)
    ]
    return legs + _apron(x, y, under_m)


def _apron(x_m: float, y_m: float, under_m: float) -> list[Solid]:
    low = under_m - min(0.08, 0.16 * under_m)
    fronts = [box((-x_m, y - 0.01, low), (x_m, y + 0.01, under_m), 0.002) for y in (-y_m, y_m)]
    return fronts + [box((x - 0.01, -y_m, low), (x + 0.01, y_m, under_m), 0.002) for x in (-x_m, x_m)]


def _splayed(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """Round legs that lean outward, under a narrow apron."""
    top = float(rng.uniform(0.017, 0.024)) * (1 + 0.4 * under_m)
    lean = 0.12 * under_m
    x, y = x_m - 0.04 - lean, y_m - 0.04 - lean
    legs = [
        leg((px + math.copysign(lean, px), py + math.copysign(lean, py), 0.0), (px, py, under_m), 0.6 * top, top)
        for px, py in corners(x, y)
    ]
    return legs + _apron(x, y, under_m)


def _sled(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """Two closed frames of square bar, one under each end."""
    bar, inset = float(rng.uniform(0.02, 0.04)), min(0.2 * x_m, float(rng.uniform(0.03, 0.12)))
    y = y_m - 0.03
    solids = []
    for side in (-1, 1):
        low, high = side * (x_m - inset) - 0.5 * bar, side * (x_m - inset) + 0.5 * bar
        solids += [box((low, -y, z), (high, y, z + bar), 0.002) for z in (0.0, under_m - bar)]
        solids += [box((low, at, 0.001), (high, at + bar, under_m - 0.001), 0.002) for at in (-y, y - bar)]
    rail = 0.4 * bar
    return [*solids, box((-x_m + inset, -rail, under_m - bar), (x_m - inset, rail, under_m - 0.001), 0.002)]


def _trestle(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """Two thick panels and a stretcher between them."""
    thick, inset = float(rng.uniform(0.035, 0.06)), float(rng.uniform(0.1, 0.2)) * x_m
    x, y = x_m - inset, 0.86 * y_m
    panels = [post((at, 0.0, 0.0), (thick, 2 * y), (at, 0.0, under_m), (thick, 1.6 * y), 0.004) for at in (-x, x)]
    return [*panels, box((-x, -0.02, 0.5 * under_m - 0.04), (x, 0.02, 0.5 * under_m + 0.04))]


def _pedestal(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """A turned column on a flat round foot."""
    foot, neck = float(rng.uniform(0.6, 0.75)) * y_m, 0.03 + 0.05 * y_m
    base = [(0.0, 0.0), (foot, 0.0), (foot, 0.012), (0.8 * foot, 0.022), (1.6 * neck, 0.04), (neck, 0.1)]
    head = [(0.85 * neck, 0.5 * under_m), (neck, under_m - 0.06), (2.2 * neck, under_m - 0.012), (2.2 * neck, under_m)]
    profile = [*base, *head, (0.0, under_m)]
    return [lathe(profile, 32).stretched(x=x_m / y_m)]


def _tripod(rng: np.random.Generator, x_m: float, y_m: float, under_m: float) -> list[Solid]:
    """Three or four round legs that lean outward from a small plate."""
    count = int(rng.integers(3, 5)) if x_m == y_m else 4
    top = float(rng.uniform(0.013, 0.018)) * (1 + 0.5 * under_m)
    angles = [math.pi * (2 * step + 1) / count for step in range(count)]
    ways = [(x_m * math.cos(angle), y_m * math.sin(angle)) for angle in angles]
    legs = [leg((1.02 * x, 1.02 * y, 0.0), (0.62 * x, 0.62 * y, under_m), 0.6 * top, top) for x, y in ways]
    return [*legs, disc(0.75 * y_m, under_m - 0.016, under_m).stretched(x=x_m / y_m)]


_CORNER_LEGS: tuple[tuple[Legs, bool], ...] = ((_tapered, False), (_splayed, False))
"""Ways to carry a rectangular top that leave room for a shelf, and whether they are of metal."""

_SQUARE_LEGS: tuple[tuple[Legs, bool], ...] = (*_CORNER_LEGS, (_sled, True), (_trestle, False))
"""All ways to carry a rectangular top."""

_ROUND_LEGS: tuple[tuple[Legs, bool], ...] = ((_pedestal, False), (_pedestal, True), (_tripod, False), (_tripod, True))
"""Ways to carry a round top, and whether they are of metal."""
