"""Seating: a sofa with what belongs to it: rug, coffee table, television opposite, armchairs turned to the talk."""

import math
from dataclasses import replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.layout import Layout, against, overlaps_any, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece, Thing, yaw_facing
from scenegen.recipes.room.shape import Wall
from scenegen.recipes.room.stock import Stock, no_larger
from schemas.geometry import Vec3
from schemas.scene_plan import Box

_SCREEN_M = 0.6
_TV_STANDS = ("tv_stand", "cabinet", "dresser", "shelf")


def seating(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a sofa group, as far as it fits, or nothing if no wall takes the sofa."""
    for index in rng.permutation(len(layout.shape.walls)):
        wall = layout.shape.walls[index]
        across_m = layout.shape.across_m(wall)
        sofa = stock.pick(rng, ("sofa", "armchair"), "floor", no_larger(0.72 * wall.length_m, 0.45 * across_m, 1.3))
        grown = _with_sofa(rng, layout, wall, sofa) if sofa else None
        if grown is not None:
            return _around_sofa(rng, grown, wall, stock)
    return None


def _with_sofa(rng: np.random.Generator, layout: Layout, wall: Wall, sofa: AssetRecord) -> Layout | None:
    """The back stands at the wall; in a deep room the sofa may float before it."""
    across_m = layout.shape.across_m(wall)
    for _ in range(6):
        floating = across_m > 4.7 and rng.random() < 0.3
        gap_m = uniform(rng, 0.75, 0.95) if floating else uniform(rng, 0.01, 0.05)
        along_m = wall.length_m * uniform(rng, 0.36, 0.64)
        piece = against(wall, sofa, along_m, gap_m, uniform(rng, -0.02, 0.02)).wanting(0.3)
        grown = placed(layout, piece)
        if grown is not None:
            return grown
    return None


def _around_sofa(rng: np.random.Generator, layout: Layout, wall: Wall, stock: Stock) -> Layout:
    sofa = layout.pieces[-1]
    layout = _television(rng, layout, wall, stock, sofa) or layout
    if rng.random() < 0.65:
        layout = _rug(rng, layout, stock, sofa) or layout
    layout = _coffee_table(rng, layout, stock, sofa) or layout
    for _ in range(int(rng.integers(0, 3))):
        layout = _armchair(rng, layout, stock, sofa) or layout
    side = -1 if rng.random() < 0.5 else 1
    if rng.random() < 0.7:
        table = stock.pick(rng, ("side_table", "stool"), "floor", no_larger(0.7, 0.65, 0.8))
        layout = _beside(rng, layout, table, sofa, side) or layout
    if rng.random() < 0.6:
        lamp = stock.pick(rng, ("floor_lamp", "plant"), "floor", no_larger(0.7, 0.65, 2.0))
        layout = _beside(rng, layout, lamp, sofa, -side) or layout
    return layout


def before(base: Piece, thing: Thing, gap_m: float, lateral_m: float, turn_rad: float) -> Piece:
    """Returns a piece `gap_m` in front of another, facing as it does but for `turn_rad`."""
    width_m, depth_m, _ = thing.size_m
    reach_m = (abs(math.sin(turn_rad)) * width_m + abs(math.cos(turn_rad)) * depth_m) / 2
    x, y, _ = base.world_m((lateral_m, -(base.thing.size_m[1] / 2 + gap_m + reach_m), 0.0))
    return Piece(thing, (x, y, 0.0), base.yaw_rad + turn_rad)


def along(rng: np.random.Generator, thing: Thing, askew_rad: float) -> float:
    """Returns the turn that lays a thing's long side along what it stands before, up to `askew_rad` off."""
    quarter_rad = math.pi / 2 if thing.size_m[1] > thing.size_m[0] else 0.0
    return quarter_rad + uniform(rng, -askew_rad, askew_rad)


def _television(rng: np.random.Generator, layout: Layout, wall: Wall, stock: Stock, sofa: Piece) -> Layout | None:
    """Puts a low stand at the opposite wall, facing the sofa, where no window is behind the screen."""
    facing = layout.shape.opposite(wall, wall.local_m(sofa.position_m[:2])[0])
    stand = stock.pick(rng, _TV_STANDS, "floor", no_larger(0.6 * facing.length_m, 0.62, 0.85))
    if stand is None:
        return None
    middle_m = facing.local_m(sofa.position_m[:2])[0]
    for spread_m in (0.15, 0.4, 0.8, 1.2):
        along_m = middle_m + uniform(rng, -spread_m, spread_m)
        gap_m = uniform(rng, 0.01, 0.04)
        piece = against(facing, stand, along_m, gap_m).wanting(0.4)
        screen = replace(piece.solid, bottom_m=piece.solid.top_m, top_m=piece.solid.top_m + _SCREEN_M)
        grown = None if overlaps_any(screen, layout.kept_free) else placed(layout, piece)
        if grown is not None:
            return grown
    return None


def _rug(rng: np.random.Generator, layout: Layout, stock: Stock, sofa: Piece) -> Layout | None:
    """Lays a rug before the sofa, clear of all that stands: what comes later stands on it wholly or not at all."""
    woven = stock.pick(rng, ("rug",), "floor", lambda record: 1.4 < max(record.size_m[:2]) < 2.8)
    for size in (1.0, 0.85, 0.7):
        wide_m, deep_m = size * uniform(rng, 1.7, 2.4), size * uniform(rng, 1.2, 1.7)
        rug: Thing = woven if woven and rng.random() < 0.4 else made_rug(rng, wide_m, deep_m, stock.palette)
        turn_rad = along(rng, rug, 0.03)
        grown = placed(layout, before(sofa, rug, uniform(rng, 0.03, 0.12), uniform(rng, -0.1, 0.1), turn_rad))
        if grown is not None:
            return grown
    return None


def made_rug(rng: np.random.Generator, wide_m: float, deep_m: float, palette: Palette) -> Made:
    """Returns a rug of our own."""
    size_m: Vec3 = (wide_m, deep_m, uniform(rng, 0.006, 0.014))
    box = Box(center_m=(0.0, 0.0, size_m[2] / 2), size_m=size_m)
    return Made("rug", "rug", (box,), palette.rug, size_m)


def _coffee_table(rng: np.random.Generator, layout: Layout, stock: Stock, sofa: Piece) -> Layout | None:
    width_m = sofa.thing.size_m[0]
    table = stock.pick(rng, ("coffee_table", "side_table"), "floor", no_larger(min(0.85 * width_m, 1.5), 0.9, 0.58))
    if table is None:
        return None
    for _ in range(6):
        gap_m, lateral_m = uniform(rng, 0.32, 0.48), uniform(rng, -0.12, 0.12)
        grown = placed(layout, before(sofa, table, gap_m, lateral_m, along(rng, table, 0.09)))
        if grown is not None:
            return grown
    return None


def _armchair(rng: np.random.Generator, layout: Layout, stock: Stock, sofa: Piece) -> Layout | None:
    """Places an armchair beside the coffee table, turned to the middle of the group, give or take 15 degrees."""
    chair = stock.pick(rng, ("armchair", "chair"), "floor", no_larger(1.1, 1.0, 1.25))
    if chair is None:
        return None
    front_m = sofa.thing.size_m[1] / 2
    middle = sofa.world_m((0.0, -front_m - 0.7, 0.0))
    for _ in range(12):
        side = 1.0 if rng.random() < 0.5 else -1.0
        ahead_m = front_m + uniform(rng, 0.5, 1.7)
        x, y, _ = sofa.world_m((side * uniform(rng, 0.7, 1.6), -ahead_m, 0.0))
        yaw_rad = yaw_facing((middle[0] - x, middle[1] - y)) + uniform(rng, -0.26, 0.26)
        grown = placed(layout, Piece(chair, (x, y, 0.0), yaw_rad))
        if grown is not None:
            return grown
    return None


def _beside(
    rng: np.random.Generator, layout: Layout, thing: AssetRecord | None, base: Piece, side: int
) -> Layout | None:
    """Places something small next to a piece, backs in line; `side` is +1 or -1 along the base's x."""
    if thing is None:
        return None
    lateral_m = side * (base.thing.size_m[0] / 2 + uniform(rng, 0.04, 0.12) + thing.size_m[0] / 2)
    back_m = base.thing.size_m[1] / 2 - thing.size_m[1] / 2 - uniform(rng, 0.01, 0.06)
    x, y, _ = base.world_m((lateral_m, back_m, 0.0))
    return placed(layout, Piece(thing, (x, y, 0.0), base.yaw_rad + uniform(rng, -0.03, 0.03)))
