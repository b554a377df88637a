"""Wall things: radiators below windows, what hangs on walls at eye height, and the lamp on the ceiling.

Things on walls touch the wall with their back and keep 8 cm off all else; they hang over furniture rather than beside
it.
"""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import Place
from scenegen.recipes.room.layout import Layout, against, on_floor, overlaps_any, placed
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece, Thing
from scenegen.recipes.room.shape import Opening, Part, Wall
from scenegen.recipes.room.stock import Stock, no_larger
from scenegen.recipes.solid import Solid
from schemas.geometry import Vec3
from schemas.scene_plan import Box

_AT_HOME = ("picture", "picture", "wall_lamp", "mirror", "clock", "wall_shelf", "picture", "coat_hook")
_ON_WALLS: Mapping[Place, tuple[str, ...]] = {
    "kitchen": ("clock", "picture", "wall_shelf", "towel", "kitchen_utensil", "picture"),
    "bath": ("towel", "towel", "towel_rack", "toilet_paper_holder", "picture", "wall_shelf", "clothes_hanger"),
    "corridor": ("picture", "picture", "picture", "mirror", "clock", "wall_lamp", "intercom", "coat_hook"),
}
"""What hangs where, oftener where named oftener; in places not named, `_AT_HOME`."""
_AT_MOST = {"picture": 5, "wall_lamp": 2, "towel": 3}
_MARGIN_M = 0.08
_SEEN_FROM_M = 0.2
_HANGING_LOW_M = 2.0
_OVER_TABLE_LOW_M = 1.4
_HOMELY: tuple[Place, ...] = ("living", "bed", "dining")
_LONG = 3.0
"""Length over width of lamps that are tubes or rails."""
_LIT_M2 = 3.0
"""Parts of the ceiling of at least this have a lamp of their own."""


def with_radiators(rng: np.random.Generator, layout: Layout, stock: Stock, most: int) -> Layout:
    """Returns the layout with radiators below some of the windows, where the catalog has one that fits."""
    for window in layout.shape.windows[:most]:
        low_m = layout.shape.skirting_m[1] + 0.02
        record = stock.pick(
            rng, ("radiator",), None, no_larger(window.width_m - 0.3, 0.25, window.z_m[0] - low_m - 0.06)
        )
        if record is not None and rng.random() < 0.7:
            layout = _below(layout, window, record, low_m) or layout
    return layout


def _below(layout: Layout, window: Opening, record: AssetRecord, low_m: float) -> Layout | None:
    if record.placement == "floor":
        return placed(layout, against(window.wall, record, window.middle_m, 0.01))
    highest_m = window.z_m[0] - 0.05 - record.size_m[2]
    piece = hung(window.wall, record, window.middle_m, min(max(record.elevation_m, low_m), highest_m))
    return layout.with_pieces((piece,)) if _fits(layout, piece) else None


def hung(wall: Wall, thing: Thing, along_m: float, bottom_m: float) -> Piece:
    """Returns a thing on a wall."""
    x, y = wall.point_m(along_m, thing.size_m[1] / 2)
    return Piece(thing, (x, y, bottom_m), wall.yaw_rad)


def with_wall_things(rng: np.random.Generator, layout: Layout, stock: Stock, most: int) -> Layout:
    """Returns the layout with up to `most` assets on the walls, and pictures of our own if the catalog has none."""
    goal = len(layout.pieces) + min(most, int(rng.integers(2, 4 + int(layout.shape.area_m2 / 4))))
    names = _ON_WALLS.get(stock.palette.place, _AT_HOME)
    for _ in range(14):
        if len(layout.pieces) >= goal:
            break
        class_name = names[int(rng.integers(len(names)))]
        record = stock.pick(rng, (class_name,), "wall", no_larger(1.3, 0.45, 1.4))
        hanging = sum(piece.thing.class_name == class_name for piece in layout.pieces)
        if record is not None and hanging < _AT_MOST.get(class_name, 1):
            layout = _on_a_wall(rng, layout, record) or layout
    if not stock.of("picture", "wall"):
        for canvas in _canvases(rng, stock.palette):
            layout = _on_a_wall(rng, layout, canvas) or layout
    return layout


def _on_a_wall(rng: np.random.Generator, layout: Layout, thing: Thing) -> Layout | None:
    """Tries places over furniture first, then anywhere."""
    for attempt in range(14):
        wall = layout.shape.walls[int(rng.integers(len(layout.shape.walls)))]
        along_m = _over_furniture(rng, layout, wall) if attempt < 8 else uniform(rng, 0.0, wall.length_m)
        if along_m is None:
            continue
        piece = hung(wall, thing, along_m, _bottom_m(rng, layout, thing))
        if _fits(layout, piece):
            return layout.with_pieces((piece,))
    return None


def _over_furniture(rng: np.random.Generator, layout: Layout, wall: Wall) -> float | None:
    """Returns the middle of a piece whose back is at the wall, give or take a hand."""
    nx, ny = wall.inward
    backed = [p for p in layout.standing() if p.front[0] * nx + p.front[1] * ny > 0.95 and _off_m(p, wall) < 0.4]
    if not backed:
        return None
    piece = backed[int(rng.integers(len(backed)))]
    return wall.local_m(piece.position_m[:2])[0] + uniform(rng, -0.12, 0.12)


def _off_m(piece: Piece, wall: Wall) -> float:
    """Returns how far behind a piece the wall is; that of a place beside the wall is none of its own."""
    along_m, inward_m = wall.local_m(piece.position_m[:2])
    return inward_m - piece.thing.size_m[1] / 2 if 0 < along_m < wall.length_m else math.inf


def _bottom_m(rng: np.random.Generator, layout: Layout, thing: Thing) -> float:
    """Pictures and mirrors hang with their middle at eye height, all else where its source says, or a little off."""
    high_m = thing.size_m[2]
    stated_m = thing.elevation_m if isinstance(thing, AssetRecord) else 0.0
    eye_level = thing.class_name in ("picture", "mirror") or stated_m == 0.0
    bottom_m = uniform(rng, 1.45, 1.7) - high_m / 2 if eye_level else stated_m + uniform(rng, -0.05, 0.05)
    lowest_m = layout.shape.skirting_m[1] + 0.02
    return min(max(bottom_m, lowest_m), max(layout.shape.height_m - high_m - 0.12, lowest_m))


def _fits(layout: Layout, piece: Piece) -> bool:
    grown = _grown(piece.solid, _MARGIN_M)
    free = not overlaps_any(grown, (other.solid for other in layout.pieces))
    return free and not overlaps_any(grown, layout.kept_free) and layout.shape.holds(piece.solid, 0.0)


def _grown(solid: Solid, margin_m: float) -> Solid:
    """Widens a solid on all sides, most into the room: what hangs on a wall must not vanish behind a wardrobe."""
    return replace(
        solid,
        half_m=(solid.half_m[0] + margin_m, solid.half_m[1] + _SEEN_FROM_M),
        bottom_m=solid.bottom_m - margin_m,
        top_m=solid.top_m + margin_m,
    )


def _canvases(rng: np.random.Generator, palette: Palette) -> list[Made]:
    """Returns one to three painted canvases."""
    canvases = []
    for surface in palette.canvases[: int(rng.integers(1, 4))]:
        size_m: Vec3 = (uniform(rng, 0.3, 1.0), uniform(rng, 0.02, 0.035), uniform(rng, 0.3, 0.75))
        box = Box(center_m=(0.0, 0.0, size_m[2] / 2), size_m=size_m)
        canvases.append(Made("picture", "picture", (box,), surface, size_m))
    return canvases


def with_ceiling_lamps(rng: np.random.Generator, layout: Layout, stock: Stock) -> Layout:
    """Returns the layout with a lamp near the middle of each part of the ceiling, alike, where one is short enough."""
    record = _ceiling_lamp(rng, layout, stock, _HANGING_LOW_M)
    for part in layout.shape.parts:
        if part.area_m2 > _LIT_M2 or part is layout.shape.parts[0]:
            layout = _lit(rng, layout, part, record, stock)
    return layout


def _lit(rng: np.random.Generator, layout: Layout, part: Part, record: AssetRecord | None, stock: Stock) -> Layout:
    """Hangs the lamp over the dining table, lower, where one stands in the part's middle."""
    table = next((p for p in layout.standing() if p.thing.class_name == "dining_table" and _central(part, p)), None)
    x, y = part.middle_m[0] + uniform(rng, -0.2, 0.2), part.middle_m[1] + uniform(rng, -0.2, 0.2)
    if table is not None:
        (x, y, _), record = table.position_m, _ceiling_lamp(rng, layout, stock, _OVER_TABLE_LOW_M) or record
    if record is None:
        return layout
    piece = Piece(record, (x, y, layout.shape.height_m - record.size_m[2]), uniform(rng, 0.0, 6.28))
    clear = not overlaps_any(piece.solid, (other.solid for other in layout.pieces))
    return layout.with_pieces((piece,)) if clear and layout.shape.holds(piece.solid, 0.1) else layout


def _ceiling_lamp(rng: np.random.Generator, layout: Layout, stock: Stock, low_m: float) -> AssetRecord | None:
    """Long ones, such as tubes, are not for rooms that people live in."""
    fits, homely = no_larger(1.3, 1.3, layout.shape.height_m - low_m), stock.palette.place in _HOMELY
    long = _LONG if homely else math.inf
    return stock.pick(
        rng,
        ("ceiling_lamp",),
        "ceiling",
        lambda each: fits(each) and max(each.size_m[:2]) < long * min(each.size_m[:2]),
    )


def _central(part: Part, piece: Piece) -> bool:
    x, y, _ = piece.position_m
    (mx, my), (width_m, depth_m) = part.middle_m, part.size_m
    return on_floor(piece) and abs(x - mx) < width_m / 5 and abs(y - my) < depth_m / 5
