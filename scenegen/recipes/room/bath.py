"""Bath: tub or shower along a wall, a basin in a cabinet with a mirror above it, and a toilet.

What the catalog has is taken in a share of the cases; the rest is made of boxes.
"""

import numpy as np

from scenegen.recipes import materials
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Element, around, block, built, fitted, free_spans, front, hollow
from scenegen.recipes.room.layout import Layout, against, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.shape import Span, Wall
from scenegen.recipes.room.stock import Stock, no_larger
from schemas.surface import Surface

_BOUGHT_SHARE = 0.5
_DRAWS = 8


def bathing(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Returns the layout with tub or shower, basin and toilet; where no draw has room for all, without the toilet.

    Nothing where the others have no place.
    """
    without: Layout | None = None
    for _ in range(_DRAWS):
        grown = _with_tub(rng, layout, stock) if rng.random() < 0.6 else None
        grown = grown or _with_shower(rng, layout, stock)
        grown = _with_basin(rng, grown, stock) if grown else None
        whole = _with_toilet(rng, grown, stock) if grown else None
        if whole is not None:
            return whole
        without = grown or without
    return without


def _walls(rng: np.random.Generator, layout: Layout) -> list[Wall]:
    return [layout.shape.walls[index] for index in rng.permutation(len(layout.shape.walls))]


def _at_an_end(rng: np.random.Generator, span: Span, wide_m: float) -> float:
    """Returns the middle of what stands at an end of a stretch."""
    return span[0] + wide_m / 2 if rng.random() < 0.5 else span[1] - wide_m / 2


def _with_tub(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    record = stock.pick(rng, ("bathtub",), "floor", no_larger(1.9, 0.95, 0.8))
    bought = rng.random() < _BOUGHT_SHARE
    long_m, deep_m, high_m = uniform(rng, 1.5, 1.75), uniform(rng, 0.7, 0.78), uniform(rng, 0.52, 0.58)
    tap = rng.random() < 0.5
    for wall in _walls(rng, layout):
        for span in free_spans(layout, wall, deep_m + 0.05, (0.0, 0.6)):
            if record is not None and bought and span[1] - span[0] >= record.size_m[0] + 0.05:
                at_m = _at_an_end(rng, span, record.size_m[0] + 0.06)
                grown = placed(layout, against(wall, record, at_m, 0.01).wanting(0.4))
            elif span[1] - span[0] >= long_m:
                at_m = _at_an_end(rng, span, long_m)
                grown = fitted(layout, built(wall, at_m, _tub(long_m, deep_m, high_m, tap, stock.palette)), 0.4)
            else:
                continue
            if grown is not None:
                return grown
    return None


def _tub(long_m: float, deep_m: float, high_m: float, tap: bool, palette: Palette) -> list[Element]:
    """A tub let into a tiled surround, its rim wide enough for bottles."""
    x_m: Span = (-long_m / 2, long_m / 2)
    hole = block((x_m[0] + 0.09, x_m[1] - 0.14), (0.08, deep_m - 0.07), (0.12, high_m + 0.02))
    (x0, x1), (d0, d1) = hole.x_m, hole.d_m
    inner = hollow((x0 + 0.001, x1 - 0.001), (d0 + 0.001, d1 - 0.001), (0.14, high_m + 0.004), 0.025)
    rim = around(x_m, (0.0, deep_m), hole, (high_m - 0.03, high_m))
    apron = around((x_m[0], x_m[1]), (0.03, deep_m - 0.02), hole, (0.0, high_m - 0.03))
    rests = (
        block((x1 + 0.01, x_m[1] - 0.01), (0.03, deep_m - 0.03), (0.3, high_m)),
        block((x0, x1), (0.005, 0.075), (0.3, high_m)),
    )
    x = x0 + 0.3 if tap else x1 - 0.3
    faucet = (
        block((x - 0.09, x + 0.09), (0.0, 0.05), (high_m + 0.15, high_m + 0.19)),
        block((x - 0.015, x + 0.015), (0.05, 0.19), (high_m + 0.155, high_m + 0.175)),
    )
    return [
        Element("bathtub", "bathtub panel", apron, palette.walls[0] if tap else palette.glaze),
        Element("bathtub", "bathtub", rim, palette.glaze, rests),
        Element("bathtub", "bathtub", inner, palette.glaze),
        Element("faucet", "bath tap", faucet, palette.metal),
    ]


def _with_shower(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    """Puts a tray in a corner, with a pane at its open side."""
    side_m = uniform(rng, 0.8, 0.95)
    tiles = materials.draw_wall_tiles(rng)
    pane = materials.draw_pane(rng)
    for wall in _walls(rng, layout):
        for at_start in (True, False):
            if wall.juts[0 if at_start else 1]:
                continue
            off_m = side_m / 2 + wall.skirting_m + 0.004
            along_m = off_m if at_start else wall.length_m - off_m
            elements = _shower(side_m, 1.0 if at_start else -1.0, (tiles, pane), stock.palette)
            grown = fitted(layout, built(wall, along_m, elements), 0.5)
            if grown is not None:
                return grown
    return None


def _shower(side_m: float, open_side: float, looks: tuple[Surface, Surface], palette: Palette) -> list[Element]:
    """`open_side`: where, along the wall, no wall is: there is the pane. A unit's x runs against the wall's own way."""
    tiles, pane = looks
    half_m, high_m = side_m / 2, 2.0
    tray = (
        block((-half_m, half_m), (0.025, side_m), (0.0, 0.03)),
        block((-half_m, half_m), (side_m - 0.04, side_m), (0.03, 0.06)),
    )
    x = -open_side * (half_m - 0.01)
    glass = block((x - 0.005, x + 0.005), (0.03, side_m - 0.05), (0.031, high_m))
    rail = block((x - 0.012, x + 0.012), (0.008, side_m - 0.03), (high_m, high_m + 0.025))
    post = block((x - 0.012, x + 0.012), (side_m - 0.05, side_m - 0.03), (0.06, high_m))
    back = block((-half_m, half_m), (0.0, 0.008), (0.11, 2.1))
    head = (
        block((-0.012, 0.012), (0.03, 0.05), (0.9, 2.0)),
        block((-0.09, 0.09), (0.05, 0.075), (1.0, 1.04)),
        block((-0.012, 0.012), (0.05, 0.3), (1.98, 2.0)),
        block((-0.09, 0.09), (0.2, 0.38), (1.965, 1.98)),
        block((-0.015, 0.015), (0.008, 0.03), (1.9, 1.93)),
    )
    return [
        Element("shower", "shower tray", tray, palette.glaze),
        Element("wall", "shower tiles", (back,), tiles),
        Element("shower", "shower screen", (glass,), pane),
        Element("shower", "shower frame", (rail, post), palette.metal),
        Element("shower_head", "shower head", head, palette.metal),
    ]


def _with_basin(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    record = stock.pick(rng, ("washbasin",), "floor", no_larger(1.4, 0.65, 1.2))
    bought = rng.random() < _BOUGHT_SHARE / 2
    wide_m = uniform(rng, 0.6, 1.2)
    for size in (1.0, 0.8, 0.6):
        for wall in _walls(rng, layout):
            for span in free_spans(layout, wall, 0.52, (0.0, 1.9)):
                unit_m = record.size_m[0] if record is not None and bought else max(size * wide_m, 0.5)
                if span[1] - span[0] < unit_m + 0.06:
                    continue
                at_m = uniform(rng, span[0] + unit_m / 2 + 0.03, span[1] - unit_m / 2 - 0.03)
                if record is not None and bought:
                    grown = placed(layout, against(wall, record, at_m, 0.0).wanting(0.5))
                else:
                    grown = fitted(layout, built(wall, at_m, _basin(rng, unit_m, stock.palette)), 0.5)
                if grown is not None:
                    return _with_mirror(rng, grown, stock, wall, (at_m, unit_m)) or grown
    return None


def _basin(rng: np.random.Generator, wide_m: float, palette: Palette) -> list[Element]:
    """A basin let into the top of a cabinet that hangs or stands."""
    x_m: Span = (-wide_m / 2, wide_m / 2)
    low_m, top_m = (0.3 if rng.random() < 0.5 else 0.08), (0.8, 0.83)
    off_m = uniform(rng, -0.5, 0.5) * (wide_m - 0.56) if wide_m > 0.75 else 0.0
    hole = block((off_m - 0.22, off_m + 0.22), (0.12, 0.44), (0.69, 0.84))
    bowl = hollow((off_m - 0.219, off_m + 0.219), (0.121, 0.439), (0.7, 0.85), 0.018)
    halves = ((x_m[0], 0.0), (0.0, x_m[1])) if wide_m > 0.55 else (x_m,)
    body = (
        block(x_m, (0.025, 0.44), (low_m, 0.69)),
        *around(x_m, (0.025, 0.44), block(hole.x_m, (0.119, 0.44), (0.69, 0.8)), (0.69, 0.8)),
        *(front(half, 0.44, (low_m, 0.8)) for half in halves),
        *((block((x_m[0] + 0.03, x_m[1] - 0.03), (0.05, 0.4), (0.0, low_m)),) if low_m < 0.2 else ()),
    )
    bars = tuple(block((sum(half) / 2 - 0.06, sum(half) / 2 + 0.06), (0.458, 0.48), (0.74, 0.752)) for half in halves)
    sides = ((x_m[0] + 0.02, off_m - 0.24), (off_m + 0.24, x_m[1] - 0.02))
    rests = tuple(block(side, (0.04, 0.44), (0.4, top_m[1])) for side in sides if side[1] - side[0] > 0.09)
    rests = (*rests, block((off_m - 0.2, off_m - 0.04), (0.03, 0.11), (0.4, top_m[1])))
    tap = (
        block((off_m - 0.018, off_m + 0.018), (0.06, 0.095), (top_m[1], 0.97)),
        block((off_m - 0.013, off_m + 0.013), (0.095, 0.21), (0.945, 0.97)),
        block((off_m - 0.01, off_m + 0.01), (0.05, 0.12), (0.97, 0.985)),
    )
    return [
        Element("cabinet", "bathroom cabinet", body, palette.fronts),
        Element("cabinet", "bathroom cabinet top", around(x_m, (0.0, 0.46), hole, top_m), palette.worktop, rests),
        Element("washbasin", "washbasin", bowl, palette.glaze),
        Element("faucet", "faucet", tap, palette.metal),
        Element("door_handle", "cabinet handle", bars, palette.metal),
    ]


def _with_mirror(
    rng: np.random.Generator, layout: Layout, stock: Stock, wall: Wall, place: tuple[float, float]
) -> Layout | None:
    """Hangs a mirror over the basin, or a cabinet with mirrors for doors."""
    along_m, wide_m = place[0], min(place[1], uniform(rng, 0.5, 1.0))
    low_m, deep_m = uniform(rng, 1.08, 1.18), 0.13 if rng.random() < 0.35 else 0.02
    z_m, x_m = (low_m, low_m + uniform(rng, 0.6, 0.8)), (-wide_m / 2, wide_m / 2)
    elements = [
        Element(
            "cabinet" if deep_m > 0.1 else "mirror",
            "mirror cabinet" if deep_m > 0.1 else "mirror frame",
            (block(x_m, (0.0, deep_m), z_m),),
            stock.palette.fronts if deep_m > 0.1 else stock.palette.metal,
        ),
        Element("mirror", "mirror", (front(x_m, deep_m, z_m, 0.004),), stock.palette.mirror),
    ]
    if rng.random() < 0.6:
        bar = block((-0.2, 0.2), (0.0, 0.06), (z_m[1] + 0.06, z_m[1] + 0.1))
        elements.append(Element("wall_lamp", "mirror lamp", (bar,), stock.palette.glaze))
    return fitted(layout, built(wall, along_m, elements))


def _with_toilet(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout | None:
    record = stock.pick(rng, ("toilet",), "floor", no_larger(0.8, 0.55, 1.1))
    bought = rng.random() < 0.7
    for wall in _walls(rng, layout):
        for span in free_spans(layout, wall, 0.62, (0.0, 1.0)):
            if span[1] - span[0] < 0.62:
                continue
            at_m = uniform(rng, span[0] + 0.3, span[1] - 0.3)
            if record is not None and bought:
                grown = placed(layout, against(wall, record, at_m, 0.0).wanting(0.4))
            else:
                grown = fitted(layout, built(wall, at_m, _toilet(stock.palette)), 0.4)
            if grown is not None:
                return grown
    return None


def _toilet(palette: Palette) -> list[Element]:
    """A plain toilet with its cistern in a ledge behind it."""
    bowl = (
        block((-0.16, 0.16), (0.16, 0.56), (0.1, 0.39)),
        block((-0.13, 0.13), (0.2, 0.5), (0.0, 0.1)),
    )
    return [
        Element("toilet", "toilet", bowl, palette.glaze),
        Element("toilet", "toilet seat", (block((-0.175, 0.175), (0.17, 0.58), (0.39, 0.425)),), palette.glaze),
        Element(
            "toilet",
            "toilet cistern",
            (block((-0.19, 0.19), (0.025, 0.16), (0.38, 0.82)), block((-0.2, 0.2), (0.02, 0.165), (0.82, 0.85))),
            palette.glaze,
            (block((-0.18, 0.18), (0.03, 0.155), (0.5, 0.85)),),
        ),
    ]
