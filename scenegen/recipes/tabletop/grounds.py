"""Grounds: tables, counters, shelves, trays and boxes: the catalog's, or of our own boxes."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.record import AssetRecord, SupportSurface
from scenegen.recipes.draws import uniform
from scenegen.recipes.materials import (
    draw_cardboard,
    draw_cloth,
    draw_door,
    draw_painted_metal,
    draw_plastic,
    draw_rough_wood,
    draw_table_top,
    draw_wood,
)
from scenegen.recipes.room.piece import Made, Piece, Thing
from scenegen.recipes.solid import Solid
from scenegen.recipes.tabletop.physics import Fixed
from scenegen.recipes.tabletop.rest import Rest, slab_under
from schemas.geometry import Vec3, pose
from schemas.scene_plan import Box
from schemas.surface import Surface

_HEADROOM_M = 0.7
_TRIES = 8


def made_table(rng: np.random.Generator, class_name: str) -> Made:
    """Returns a table: a board on four legs, with rails beneath."""
    low = class_name in ("coffee_table", "child_table")
    width_m, depth_m = uniform(rng, 0.8, 1.6), uniform(rng, 0.55, 0.9)
    high_m = uniform(rng, 0.4, 0.5) if low else uniform(rng, 0.71, 0.78)
    thick_m, leg_m, in_m = uniform(rng, 0.02, 0.04), uniform(rng, 0.04, 0.07), uniform(rng, 0.0, 0.06)
    x, y = width_m / 2 - leg_m / 2 - in_m, depth_m / 2 - leg_m / 2 - in_m
    under_m = high_m - thick_m
    boxes = [_box((0.0, 0.0), (width_m, depth_m), (under_m, high_m))]
    boxes += [_box((i * x, j * y), (leg_m, leg_m), (0.0, under_m)) for i in (-1, 1) for j in (-1, 1)]
    rails_m = (under_m - 0.07, under_m)
    boxes += [_box((0.0, j * y), (2 * x - leg_m, 0.02), rails_m) for j in (-1, 1)]
    boxes += [_box((i * x, 0.0), (0.02, 2 * y - leg_m), rails_m) for i in (-1, 1)]
    return _made(class_name, class_name.replace("_", " "), boxes, _draw_top(rng), (width_m, depth_m, high_m))


def made_cloth(rng: np.random.Generator, table: Made) -> Made:
    """Returns a cloth for a table of ours, its origin on the table's top; it hangs down a little at all sides."""
    (width_m, depth_m, _), t, down_m = table.size_m, 0.002, uniform(rng, 0.05, 0.24)
    x, y, top_m = width_m / 2 + t, depth_m / 2 + t, 0.0005 + t
    boxes = [_box((0.0, 0.0), (2 * x, 2 * y), (0.0005, top_m))]
    boxes += [_box((0.0, j * (y - t / 2)), (2 * x, t), (-down_m, 0.0005)) for j in (-1, 1)]
    boxes += [_box((i * (x - t / 2), 0.0), (t, 2 * y - 2 * t), (-down_m, 0.0005)) for i in (-1, 1)]
    return _made("tablecloth", "tablecloth", boxes, draw_cloth(rng), (2 * x, 2 * y, top_m))


def made_counter(rng: np.random.Generator) -> tuple[Made, Made]:
    """Returns a kitchen counter's top, and the cupboards under it; both with their origin on the floor."""
    width_m, depth_m, high_m = uniform(rng, 1.4, 2.2), uniform(rng, 0.58, 0.66), uniform(rng, 0.86, 0.93)
    thick_m = uniform(rng, 0.025, 0.045)
    under_m, count = high_m - thick_m, int(rng.integers(2, 5))
    step_m = width_m / count
    carcass = [
        _box((0.0, 0.03), (width_m - 0.04, depth_m - 0.1), (0.0, 0.1)),
        _box((0.0, 0.01), (width_m - 0.02, depth_m - 0.04), (0.1, under_m)),
    ]
    front_y = 0.01 - (depth_m - 0.04) / 2 - 0.009
    middles = [(number + 0.5) * step_m - width_m / 2 for number in range(count)]
    split_m = under_m - 0.16
    for x in middles:
        carcass += [
            _box((x, front_y), (step_m - 0.008, 0.018), z)
            for z in ((0.103, split_m - 0.002), (split_m + 0.002, under_m - 0.006))
        ]
    surface = draw_door(rng, "kitchen")
    size_m = (width_m, depth_m, high_m)
    body = Made("kitchen_cabinet", "base cabinet", tuple(carcass), surface, (width_m, depth_m, under_m))
    top = _made(
        "kitchen_cabinet",
        "worktop",
        [_box((0.0, 0.0), (width_m, depth_m), (under_m, high_m))],
        _draw_top(rng),
        size_m,
    )
    return top, body


def made_shelf(rng: np.random.Generator) -> Made:
    """Returns a board on the wall, or two, one over the other, between sides; its lower board carries."""
    width_m, depth_m, thick_m = uniform(rng, 0.7, 1.3), uniform(rng, 0.22, 0.34), uniform(rng, 0.018, 0.035)
    boxes = [_box((0.0, 0.0), (width_m, depth_m), (0.0, thick_m))]
    high_m, room_m = thick_m, 0.5
    if rng.random() < 0.6:
        room_m = uniform(rng, 0.3, 0.42)
        high_m = 2 * thick_m + room_m
        boxes += [_box((0.0, 0.0), (width_m, depth_m), (high_m - thick_m, high_m))]
        boxes += [
            _box((i * (width_m - thick_m) / 2, 0.0), (thick_m, depth_m), (thick_m, high_m - thick_m)) for i in (-1, 1)
        ]
        if rng.random() < 0.5:
            boxes += [_box((0.0, depth_m / 2 - 0.004), (width_m - 2 * thick_m, 0.008), (thick_m, high_m - thick_m))]
    inner_m = width_m - 2 * thick_m - 0.01, depth_m - 0.02
    support = SupportSurface(center_m=(0.0, -0.004), size_m=inner_m, height_m=thick_m)
    surface = draw_door(rng)
    return Made("wall_shelf", "wall shelf", tuple(boxes), surface, (width_m, depth_m, high_m), (support,))


def made_tray(rng: np.random.Generator, largest_m: tuple[float, float]) -> Made:
    """Returns a tray: a thin bottom and a low rim."""
    size_m = min(uniform(rng, 0.32, 0.5), largest_m[0]), min(uniform(rng, 0.24, 0.36), largest_m[1])
    surface = (draw_wood, draw_plastic, draw_painted_metal)[int(rng.integers(3))](rng)
    return _vessel("tray", "tray", (*size_m, uniform(rng, 0.025, 0.05)), uniform(rng, 0.006, 0.012), surface)


def made_box(rng: np.random.Generator, largest_m: tuple[float, float]) -> Made:
    """Returns an open box of cardboard, boards or plastic."""
    size_m = min(uniform(rng, 0.36, 0.6), largest_m[0]), min(uniform(rng, 0.28, 0.44), largest_m[1])
    high_m, draw = uniform(rng, 0.12, 0.26), rng.random()
    if draw < 0.4:
        return _vessel("box", "cardboard box", (*size_m, high_m), 0.006, draw_cardboard(rng))
    if draw < 0.75:
        return _vessel("crate", "wooden crate", (*size_m, high_m), uniform(rng, 0.01, 0.016), draw_rough_wood(rng))
    return _vessel("box", "plastic box", (*size_m, high_m), 0.005, draw_plastic(rng))


def _vessel(class_name: str, label: str, size_m: Vec3, wall_m: float, surface: Surface) -> Made:
    (x, y, z) = size_m
    boxes = [_box((0.0, 0.0), (x, y), (0.0, wall_m))]
    boxes += [_box((0.0, j * (y - wall_m) / 2), (x, wall_m), (wall_m, z)) for j in (-1, 1)]
    boxes += [_box((i * (x - wall_m) / 2, 0.0), (wall_m, y - 2 * wall_m), (wall_m, z)) for i in (-1, 1)]
    inner_m = x - 2 * wall_m, y - 2 * wall_m
    support = SupportSurface(center_m=(0.0, 0.0), size_m=inner_m, height_m=wall_m)
    return Made(class_name, label, tuple(boxes), surface, size_m, (support,))


def rest_on(piece: Piece, kept_free: Sequence[Solid] = (), share: float = 1.0) -> Rest:
    """Returns what a table, shelf or tray offers: its largest support."""
    return Rest(piece, _area(piece), _fixed(piece), kept_free=tuple(kept_free), share=share)


def rest_in(piece: Piece, share: float = 1.0) -> Rest:
    """Returns the inside of a box."""
    return Rest(piece, _area(piece), _fixed(piece), is_box=True, share=share)


def support_of(thing: Thing) -> SupportSurface:
    """Returns the largest support."""
    return max(thing.supports, key=lambda support: support.size_m[0] * support.size_m[1])


def _area(piece: Piece) -> Solid:
    support = support_of(piece.thing)
    x, y, z = piece.world_m((*support.center_m, support.height_m))
    above_m = _clear_m(piece.thing, support)
    return Solid((x, y), (support.size_m[0] / 2, support.size_m[1] / 2), piece.yaw_rad, z, z + above_m)


def _clear_m(thing: Thing, support: SupportSurface) -> float:
    """Returns how tall a thing may be: to the rim of a box, to the board above, or as tall as it likes."""
    above_m = thing.size_m[2] - support.height_m
    if isinstance(thing, AssetRecord):
        return 0.55
    if thing.class_name in ("box", "crate"):
        return above_m
    return above_m - 0.02 if thing.class_name == "wall_shelf" and above_m > 0.2 else _HEADROOM_M


def _fixed(piece: Piece) -> tuple[Fixed, ...]:
    """Boxes of ours are as they are; of a model, its support is solid."""
    if isinstance(piece.thing, Made):
        return (Fixed(piece.thing.boxes, pose(piece.position_m, piece.yaw_rad)),)
    return (slab_under(_area(piece)),)


def _made(class_name: str, label: str, boxes: Sequence[Box], surface: Surface, size_m: Vec3) -> Made:
    """Returns a thing whose whole top carries."""
    support = SupportSurface(center_m=(0.0, 0.0), size_m=(size_m[0] - 0.01, size_m[1] - 0.01), height_m=size_m[2])
    return Made(class_name, label, tuple(boxes), surface, size_m, (support,))


def _draw_top(rng: np.random.Generator) -> Surface:
    """Returns the look of a top, of hard stuff: the grain of hides is too coarse, seen from a hand's breadth."""
    for _ in range(_TRIES):
        surface = draw_table_top(rng)
        if surface.finish not in ("leather", "fabric"):
            break
    return surface


def _box(center_m: tuple[float, float], size_m: tuple[float, float], z_m: tuple[float, float]) -> Box:
    center = float(center_m[0]), float(center_m[1]), math.fsum(z_m) / 2
    return Box(center_m=center, size_m=(*size_m, z_m[1] - z_m[0]))
