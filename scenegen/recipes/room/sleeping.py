"""Sleeping: a bed with its head at a wall, and what stands at its sides."""

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.layout import Layout, against, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.seating import made_rug
from scenegen.recipes.room.shape import Wall
from scenegen.recipes.room.stock import Stock, no_larger

_DOUBLE_M = 1.25
"""Beds at least as wide are got into from both sides."""
_BEDSIDES = ("bedside_table", "side_table", "stool")


def sleeping(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with a bed and its bedside tables, or nothing if no wall takes a bed."""
    for index in rng.permutation(len(layout.shape.walls)):
        wall = layout.shape.walls[index]
        across_m = layout.shape.across_m(wall)
        bed = stock.pick(rng, ("bed",), "floor", no_larger(across_m - 1.0, 0.62 * wall.length_m, 1.4))
        grown = _with_bed(rng, layout, wall, bed) if bed else None
        if grown is not None:
            return _around_bed(rng, grown, stock)
    return None


def _with_bed(rng: np.random.Generator, layout: Layout, wall: Wall, bed: AssetRecord) -> Layout | None:
    """Wide beds stand free on both sides, narrow ones mostly in a corner; all straight."""
    half_m = bed.size_m[0] / 2
    for _ in range(6):
        spare_m = wall.length_m - bed.size_m[0]
        share = uniform(rng, 0.35, 0.65) if bed.size_m[0] > _DOUBLE_M else float(rng.choice([0.03, 0.97, 0.5]))
        gap_m = uniform(rng, 0.01, 0.03)
        piece = against(wall, bed, half_m + share * spare_m, gap_m).wanting(0.5)
        grown = placed(layout, piece)
        if grown is not None:
            return grown
    return None


def _around_bed(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout:
    bed = layout.pieces[-1]
    table = stock.pick(rng, _BEDSIDES, "floor", no_larger(0.62, 0.6, 0.8))
    for side in (-1.0, 1.0):
        layout = (_bedside(rng, layout, bed, table, side) if table else None) or layout
    if rng.random() < 0.55:
        layout = _rug(rng, layout, bed, stock.palette) or layout
    if rng.random() < 0.35:
        layout = _foot(rng, layout, stock, bed) or layout
    return layout


def _bedside(rng: np.random.Generator, layout: Layout, bed: Piece, table: AssetRecord, side: float) -> Layout | None:
    lateral_m = side * (bed.thing.size_m[0] / 2 + uniform(rng, 0.04, 0.1) + table.size_m[0] / 2)
    back_m = bed.thing.size_m[1] / 2 - table.size_m[1] / 2 - uniform(rng, 0.0, 0.03)
    x, y, _ = bed.world_m((lateral_m, back_m, 0.0))
    return placed(layout, Piece(table, (x, y, 0.0), bed.yaw_rad + uniform(rng, -0.02, 0.02)))


def _rug(rng: np.random.Generator, layout: Layout, bed: Piece, palette: Palette) -> Layout | None:
    """Lays a runner along one side of the bed."""
    rug = made_rug(rng, uniform(rng, 0.6, 0.85), uniform(rng, 1.1, 1.6), palette)
    for side in (-1.0, 1.0) if rng.random() < 0.5 else (1.0, -1.0):
        lateral_m = side * (bed.thing.size_m[0] / 2 + uniform(rng, 0.06, 0.15) + rug.size_m[0] / 2)
        x, y, _ = bed.world_m((lateral_m, -uniform(rng, 0.1, 0.3), 0.0))
        grown = placed(layout, Piece(rug, (x, y, 0.0), bed.yaw_rad + uniform(rng, -0.04, 0.04)))
        if grown is not None:
            return grown
    return None


def _foot(rng: np.random.Generator, layout: Layout, stock: Stock, bed: Piece) -> Layout | None:
    """Puts a bench or trunk at the bed's foot."""
    trunk = stock.pick(rng, ("bench", "trunk", "stool"), "floor", no_larger(bed.thing.size_m[0], 0.6, 0.6))
    if trunk is None:
        return None
    reach_m = bed.thing.size_m[1] / 2 + uniform(rng, 0.02, 0.08) + trunk.size_m[1] / 2
    x, y, _ = bed.world_m((0.0, -reach_m, 0.0))
    return placed(layout, Piece(trunk, (x, y, 0.0), bed.yaw_rad))
