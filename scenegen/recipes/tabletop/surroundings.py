"""Surroundings: the room that the table stands in, seen behind it: walls, window, a few pieces of furniture."""

from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.catalog import Catalog
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import draw_accent_wall, draw_curtain, draw_floor, draw_wall
from scenegen.recipes.room.curtains import plan_curtains
from scenegen.recipes.room.joinery import plan_door, plan_window
from scenegen.recipes.room.layout import Layout, against, empty_layout, placed
from scenegen.recipes.room.lighting import Daytime
from scenegen.recipes.room.neighbours import with_lit_windows
from scenegen.recipes.room.openings import plan_openings, plan_shape
from scenegen.recipes.room.outside import plan_outside
from scenegen.recipes.room.palette import Palette, plan_palette
from scenegen.recipes.room.piece import Piece
from scenegen.recipes.room.shape import Shape
from scenegen.recipes.room.shell import plan_shell
from scenegen.recipes.room.small_things import plan_small_things
from scenegen.recipes.room.stock import Stock, no_larger
from scenegen.recipes.room.wall_things import with_wall_things
from scenegen.recipes.tabletop.themes import Theme
from schemas.ranges import IntRange, Range
from schemas.recipe_specs import RoomSpec
from schemas.seeds import rng_for

_ROOM = RoomSpec(width_m=Range(low=3.2, high=4.6), depth_m=Range(low=3.0, high=4.2))
_PIECES = (4, 9)
_TRIES = 10


@dataclass(frozen=True)
class Around:
    """A room before its table."""

    shape: Shape
    palette: Palette
    fixed: tuple[Piece, ...]
    """Shell and joinery."""
    layout: Layout


def plan_around(seed: int, theme: Theme) -> Around:
    """Returns a bare room of the theme's kind."""
    shape = plan_shape(rng_for(seed, "shape"), _ROOM)
    shape = replace(shape, openings=plan_openings(rng_for(seed, "openings"), shape))
    palette = _palette(rng_for(seed, "palette"), shape, theme)
    joinery, curtains = rng_for(seed, "joinery"), rng_for(seed, "curtains")
    windows = [piece for window in shape.windows for piece in plan_window(joinery, shape, window, palette)]
    doors = plan_door(rng_for(seed, "door"), shape.door, palette)
    hung = [piece for window in shape.windows for piece in plan_curtains(curtains, shape, window, palette)]
    fixed = (*plan_shell(rng_for(seed, "shell"), shape, palette), *windows, *doors)
    return Around(shape, palette, fixed, empty_layout(shape, hung if rng_for(seed, "hung").random() < 0.5 else ()))


def outside(seed: int, around: Around, daytime: Daytime) -> list[Piece]:
    """Returns what the windows look out on."""
    beyond = plan_outside(rng_for(seed, "outside"), around.shape, around.palette, daytime.sun_elevation_rad)
    return with_lit_windows(rng_for(seed, "lit windows"), beyond, daytime.hour.name)


def furnished(
    seed: int, layout: Layout, theme: Theme, catalog: Catalog, palette: Palette
) -> tuple[Layout, list[Piece]]:
    """Returns the layout with furniture along its walls and things on them, and what stands on the furniture."""
    rng, stock = rng_for(seed, "furniture"), Stock(catalog, palette)
    table = set(layout.pieces)
    for _ in range(int(rng.integers(*_PIECES))):
        layout = _with_one(rng, layout, theme, stock) or layout
    layout = with_wall_things(rng_for(seed, "wall things"), layout, stock, 3)
    carriers = [piece for piece in layout.pieces if piece not in table]
    return layout, plan_small_things(
        rng_for(seed, "small things"), carriers, stock, layout.pieces, IntRange(low=5, high=12)
    )


def _with_one(rng: np.random.Generator, layout: Layout, theme: Theme, stock: Stock) -> Layout | None:
    name = theme.around[int(rng.integers(len(theme.around)))]
    record = stock.pick(rng, (name,), "floor", no_larger(2.2, 1.0, layout.shape.height_m - 0.15))
    if record is None:
        return None
    for _ in range(_TRIES):
        wall = layout.shape.walls[int(rng.integers(4))]
        grown = placed(layout, against(wall, record, uniform(rng, 0.2, wall.length_m - 0.2), uniform(rng, 0.01, 0.04)))
        if grown is not None:
            return grown
    return None


def _palette(rng: np.random.Generator, shape: Shape, theme: Theme) -> Palette:
    palette = plan_palette(rng, shape, theme.place)
    wall = draw_wall(rng, theme.place)
    walls = [wall] * 4
    if rng.random() < 0.4:
        walls[int(rng.integers(4))] = draw_accent_wall(rng, theme.place)
    south, east, north, west = walls
    return replace(
        palette, walls=(south, east, north, west), floor=draw_floor(rng, theme.place), curtain=draw_curtain(rng)
    )
