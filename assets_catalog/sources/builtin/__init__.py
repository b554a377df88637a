"""The source `builtin`: furniture and clutter that a few functions draw, so that a run needs no package of models.

Variant i of a class comes from the stream ("builtin", class, i) of seed 0, so the catalog is the same everywhere.
Opening it builds every mesh once for sizes and hashes (well under a second) and keeps none; loading builds one again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord, Placement
from assets_catalog.sources.builtin.shapes import (
    beds,
    books,
    chairs,
    containers,
    decoration,
    electronics,
    lamps,
    plants,
    seating,
    storage,
    tables,
    vessels,
)
from assets_catalog.sources.builtin.shapes.shape import FinishedShape, Shape, finished
from schemas.errors import CatalogError, did_you_mean
from schemas.seeds import rng_for

WALL_CENTER_M = 1.55
"""Height at which the middle of a thing on a wall hangs."""


@dataclass(frozen=True)
class Family:
    """Variants that one function draws."""

    class_name: str
    draw: Callable[[np.random.Generator], Shape]
    count: int
    placement: Placement


FAMILIES: tuple[Family, ...] = (
    Family("sofa", seating.sofa, 6, "floor"),
    Family("armchair", seating.armchair, 4, "floor"),
    Family("armchair", seating.lounge_chair, 3, "floor"),
    Family("chair", chairs.slatted_chair, 4, "floor"),
    Family("chair", chairs.padded_chair, 3, "floor"),
    Family("chair", chairs.shell_chair, 3, "floor"),
    Family("stool", chairs.stool, 5, "floor"),
    Family("coffee_table", tables.coffee_table, 7, "floor"),
    Family("dining_table", tables.dining_table, 6, "floor"),
    Family("desk", tables.desk, 5, "floor"),
    Family("side_table", tables.side_table, 5, "floor"),
    Family("bedside_table", storage.bedside_table, 5, "floor"),
    Family("bed", beds.bed, 6, "floor"),
    Family("wardrobe", storage.wardrobe, 5, "floor"),
    Family("bookcase", books.bookcase, 6, "floor"),
    Family("cabinet", storage.cabinet, 6, "floor"),
    Family("dresser", storage.dresser, 5, "floor"),
    Family("tv_stand", storage.tv_stand, 5, "floor"),
    Family("television", electronics.television, 4, "surface"),
    Family("floor_lamp", lamps.pole_lamp, 2, "floor"),
    Family("floor_lamp", lamps.tripod_lamp, 2, "floor"),
    Family("floor_lamp", lamps.arc_lamp, 2, "floor"),
    Family("table_lamp", lamps.table_lamp, 6, "surface"),
    Family("ceiling_lamp", lamps.dome_pendant, 2, "ceiling"),
    Family("ceiling_lamp", lamps.drum_pendant, 2, "ceiling"),
    Family("ceiling_lamp", lamps.globe_pendant, 2, "ceiling"),
    Family("plant", plants.snake_plant, 2, "floor"),
    Family("plant", plants.palm, 3, "floor"),
    Family("plant", plants.rubber_tree, 3, "floor"),
    Family("plant", plants.succulent, 2, "surface"),
    Family("plant", plants.herb, 2, "surface"),
    Family("plant", plants.spider_plant, 2, "surface"),
    Family("vase", vessels.vase, 7, "surface"),
    Family("bowl", vessels.bowl, 4, "surface"),
    Family("plate", vessels.plate, 4, "surface"),
    Family("cup", vessels.cup, 5, "surface"),
    Family("bottle", vessels.bottle, 5, "surface"),
    Family("book", books.book, 7, "surface"),
    Family("box", containers.lidded_box, 5, "surface"),
    Family("candle", decoration.taper, 2, "surface"),
    Family("candle", decoration.pillar_candle, 2, "surface"),
    Family("clock", decoration.wall_clock, 4, "wall"),
    Family("clock", decoration.table_clock, 3, "surface"),
    Family("rug", decoration.rug, 7, "floor"),
    Family("picture", decoration.picture, 9, "wall"),
    Family("cushion", decoration.floor_cushion, 4, "floor"),
    Family("laptop", electronics.laptop, 4, "surface"),
    Family("bin", containers.waste_basket, 2, "floor"),
    Family("bin", containers.pedal_bin, 2, "floor"),
    Family("basket", containers.basket, 4, "floor"),
)
"""All variants; two families of one class count on."""


def open_builtin(path: Path | None) -> Catalog:
    """Returns the catalog of procedural shapes.

    Raises CatalogError when a path is given: there is nothing to read.
    """
    if path is not None:
        raise CatalogError(f"catalog 'builtin' takes no path, and was given '{path}'; its shapes are drawn, not read")
    return Catalog("builtin", _records(), _load)


@cache
def _variants() -> Mapping[str, tuple[Family, int]]:
    """Returns asset_id -> (family, number within its class), sorted by id."""
    counted: dict[str, int] = {}
    variants = {}
    for family in FAMILIES:
        for _ in range(family.count):
            index = counted[family.class_name] = counted.get(family.class_name, 0) + 1
            variants[f"builtin/{family.class_name}-{index:02d}"] = (family, index)
    return MappingProxyType(dict(sorted(variants.items())))


@cache
def _records() -> Mapping[str, AssetRecord]:
    return MappingProxyType({asset_id: _record(asset_id, *variant) for asset_id, variant in _variants().items()})


def _record(asset_id: str, family: Family, index: int) -> AssetRecord:
    shape = _drawn(family, index)
    on_wall = family.placement == "wall"
    return AssetRecord(
        asset_id=asset_id,
        label=family.class_name.replace("_", " "),
        class_name=family.class_name,
        size_m=shape.size_m,
        placement=family.placement,
        elevation_m=round(WALL_CENTER_M - 0.5 * shape.size_m[2], 6) if on_wall else 0.0,
        supports=shape.supports,
        lights=shape.lights,
        license="CC0-1.0",
        creator="scenegen",
        source="scenegen, drawn by assets_catalog.sources.builtin",
        sha256=shape.sha256,
    )


def _drawn(family: Family, index: int) -> FinishedShape:
    return finished(family.draw(rng_for(0, "builtin", family.class_name, index)))


def _load(asset_id: str) -> AssetMesh:
    variants = _variants()
    if asset_id not in variants:
        raise CatalogError(f"catalog 'builtin' has no asset '{asset_id}'{did_you_mean(asset_id, variants)}")
    return _drawn(*variants[asset_id]).mesh
