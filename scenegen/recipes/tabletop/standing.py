"""Standing: where in its room the table, counter, shelf, tray or box is, and where on it things are put."""

import math
from dataclasses import dataclass

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.layout import Layout, against, placed
from scenegen.recipes.room.piece import Made, Piece, Thing
from scenegen.recipes.room.wall_things import hung
from scenegen.recipes.solid import Solid
from scenegen.recipes.tabletop.grounds import (
    made_box,
    made_cloth,
    made_counter,
    made_shelf,
    made_table,
    made_tray,
    rest_in,
    rest_on,
    support_of,
)
from scenegen.recipes.tabletop.rest import Rest
from scenegen.recipes.tabletop.themes import Ground, Theme

_TRIES = 30
_OWN_TABLE = 0.5
_FREE_STANDING = ("dining_table", "coffee_table", "bar_table", "workbench", "child_table")
_LAID_IN, _LAID = frozenset({"dining", "living", "kitchen"}), 0.4
"""Where tables of ours may be laid with a cloth, and how often they are."""
_HIGHEST_M = 1.15
_LEAST_M = (0.45, 0.3)
_UP, _BENT_SHARE = math.cos(math.radians(4.0)), 0.2
"""Of a flat top's normals, and the share of its area that may be at a rounded rim."""


@dataclass(frozen=True)
class Standing:
    """A layout with the ground of a scene in it."""

    layout: Layout
    rests: tuple[Rest, ...]
    upon: tuple[Piece, ...] = ()
    """Trays and boxes on tables, which are not part of the layout."""


def stand(rng: np.random.Generator, layout: Layout, theme: Theme, ground: Ground, catalog: Catalog) -> Standing | None:
    """Returns the ground in its room, or nothing where it finds no place."""
    if ground == "shelf":
        return _shelf(rng, layout)
    if ground == "counter":
        return _counter(rng, layout)
    if ground == "box" and rng.random() < 0.55:
        return _box_on_floor(rng, layout)
    table = _table(rng, layout, theme, catalog)
    return table if ground == "table" or table is None else _with_vessel(rng, table, ground)


def _table(rng: np.random.Generator, layout: Layout, theme: Theme, catalog: Catalog) -> Standing | None:
    thing = _table_of(rng, theme, catalog)
    for _ in range(_TRIES):
        free = thing.class_name in _FREE_STANDING and rng.random() < 0.7
        piece = _in_the_open(rng, layout, thing) if free else _at_wall(rng, layout, thing)
        grown = placed(layout, piece if free else piece.wanting(0.7))
        if grown is not None:
            table, around = grown.pieces[-1], _with_chairs(rng, grown, catalog) if free else grown
            if theme.place in _LAID_IN and isinstance(thing, Made) and rng.random() < _LAID:
                cloth = Piece(made_cloth(rng, thing), (*table.position_m[:2], thing.size_m[2]), table.yaw_rad, table)
                return Standing(around, (rest_on(cloth),), (cloth,))
            return Standing(around, (rest_on(table),))
    return None


def _with_chairs(rng: np.random.Generator, layout: Layout, catalog: Catalog) -> Layout:
    """Returns the layout with a few chairs about the table, as they were left, where they find room."""
    table, chairs = layout.pieces[-1], [each for each in catalog.of_class("chair") if max(each.size_m[:2]) < 0.65]
    if not chairs or table.thing.size_m[2] < 0.6:
        return layout
    chair = chairs[int(rng.integers(len(chairs)))]
    for side_rad in rng.permutation(4)[: int(rng.integers(0, 4))] * (math.pi / 2):
        c, s = math.cos(side_rad), math.sin(side_rad)
        reach_m = table.thing.size_m[abs(round(s))] / 2 + chair.size_m[1] / 2 + uniform(rng, 0.02, 0.25)
        lateral_m = uniform(rng, -0.3, 0.3)
        x, y, _ = table.world_m((c * reach_m - s * lateral_m, s * reach_m + c * lateral_m, 0.0))
        yaw_rad = table.yaw_rad + side_rad - math.pi / 2 + uniform(rng, -0.4, 0.4)
        layout = placed(layout, Piece(chair, (x, y, 0.0), yaw_rad)) or layout
    return layout


def _table_of(rng: np.random.Generator, theme: Theme, catalog: Catalog) -> Thing:
    """Returns a model that carries, or a table of ours."""
    models = [record for name in theme.furniture for record in catalog.of_class(name) if _is_table(record)]
    if models and rng.random() >= _OWN_TABLE:
        model = models[int(rng.integers(len(models)))]
        if _looks_flat(catalog.load(model.asset_id), support_of(model).height_m):
            return model
    return made_table(rng, theme.furniture[0] if theme.furniture[0] in _FREE_STANDING else "desk")


def _is_table(record: AssetRecord) -> bool:
    if record.placement != "floor" or not record.supports:
        return False
    support = support_of(record)
    long_m, short_m = sorted(support.size_m, reverse=True)
    return (
        support.height_m <= _HIGHEST_M and long_m >= _LEAST_M[0] and short_m >= _LEAST_M[1] and record.size_m[0] < 2.4
    )


def _looks_flat(mesh: AssetMesh, level_m: float) -> bool:
    """Tells whether the top's normals are up: a top smoothed into its rim is shaded like a cushion, seen from near."""
    corners_m = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts])
    up = np.concatenate([part.corner_normals[:, :, 2].min(axis=1) for part in mesh.parts])
    crosses = np.cross(corners_m[:, 1] - corners_m[:, 0], corners_m[:, 2] - corners_m[:, 0])
    on_top = (np.abs(corners_m[:, :, 2] - level_m) < 0.01).all(axis=1) & (crosses[:, 2] > 0)
    area = np.linalg.norm(crosses, axis=1) * on_top
    return float(area[up < _UP].sum()) <= _BENT_SHARE * float(area.sum())


def _with_vessel(rng: np.random.Generator, table: Standing, ground: Ground) -> Standing | None:
    """Puts a tray or a box on the table, with things in it and some beside it."""
    (on_table,) = table.rests
    area = on_table.area
    largest_m = 2 * area.half_m[0] - 0.04, 2 * area.half_m[1] - 0.04
    if min(largest_m) < 0.22:
        return None
    made = made_tray(rng, largest_m) if ground == "tray" else made_box(rng, largest_m)
    for _ in range(_TRIES):
        x, y = (uniform(rng, -half, half) for half in area.half_m)
        (ax, ay), (bx, by) = area.axes
        spot = area.center_m[0] + x * ax + y * bx, area.center_m[1] + x * ay + y * by
        piece = Piece(made, (*spot, area.bottom_m), area.yaw_rad + uniform(rng, -0.25, 0.25), on_table.carrier)
        if area.covers(piece.solid):
            inner = rest_on(piece, share=0.6) if ground == "tray" else rest_in(piece, share=0.75)
            beside = rest_on(on_table.carrier, (_tall(piece.solid),), share=1.0 - inner.share)
            return Standing(table.layout, (inner, beside), (*table.upon, piece))
    return None


def _tall(solid: Solid) -> Solid:
    return Solid(solid.center_m, solid.half_m, solid.yaw_rad, solid.bottom_m, solid.top_m + 1.0)


def _box_on_floor(rng: np.random.Generator, layout: Layout) -> Standing | None:
    made = made_box(rng, (0.7, 0.5))
    for _ in range(_TRIES):
        yaw_rad = uniform(rng, -math.pi, math.pi)
        piece = Piece(made, (*_spot(rng, layout, 0.35), 0.0), yaw_rad)
        grown = placed(layout, piece)
        if grown is not None:
            return Standing(grown, (rest_in(grown.pieces[-1]),))
    return None


def _counter(rng: np.random.Generator, layout: Layout) -> Standing | None:
    top, body = made_counter(rng)
    for _ in range(_TRIES):
        upper = _at_wall(rng, layout, top)
        grown = placed(layout, upper.wanting(0.7))
        if grown is not None:
            lower = Piece(body, upper.position_m, upper.yaw_rad)
            carried = Piece(top, upper.position_m, upper.yaw_rad, lower)
            return Standing(layout.with_pieces((lower, carried)), (rest_on(carried),))
    return None


def _shelf(rng: np.random.Generator, layout: Layout) -> Standing | None:
    made = made_shelf(rng)
    for _ in range(_TRIES):
        wall = layout.shape.walls[int(rng.integers(4))]
        half_m = made.size_m[0] / 2 + 0.05
        along_m = uniform(rng, half_m, wall.length_m - half_m)
        piece = hung(wall, made, along_m, uniform(rng, 0.8, 1.5))
        openings = [each for each in layout.shape.openings if each.wall == wall]
        clear = all(abs(along_m - each.middle_m) > half_m + each.width_m / 2 + 0.2 for each in openings)
        if clear and layout.shape.holds(piece.solid, 0.0):
            return Standing(layout.with_pieces((piece,)), (rest_on(piece),))
    return None


def _at_wall(rng: np.random.Generator, layout: Layout, thing: Thing) -> Piece:
    wall = layout.shape.walls[int(rng.integers(4))]
    half_m = thing.size_m[0] / 2 + layout.shape.skirting_m[0] + 0.02
    return against(wall, thing, uniform(rng, half_m, wall.length_m - half_m), uniform(rng, 0.012, 0.03))


def _in_the_open(rng: np.random.Generator, layout: Layout, thing: Thing) -> Piece:
    yaw_rad = math.pi / 2 * int(rng.integers(4)) + uniform(rng, -0.1, 0.1)
    return Piece(thing, (*_spot(rng, layout, 0.22), 0.0), yaw_rad)


def _spot(rng: np.random.Generator, layout: Layout, share: float) -> tuple[float, float]:
    x, y = (uniform(rng, -share, share) * side_m for side_m in (layout.shape.width_m, layout.shape.depth_m))
    return x, y
