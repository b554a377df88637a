"""Buildings: houses and blocks of ours, drawn whole, each layer one thing of its class.

Near the cameras windows have frames, panes, sills and curtains; far off a wall with holes stands before one pane.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.street.building_kinds import Build
from scenegen.recipes.street.entrances import balconies, entrance, shop_dress
from scenegen.recipes.street.facades import Layers, Style, bands, draw_style, glaze, glaze_far, panels
from scenegen.recipes.street.fittings import aerial, drains, flower_boxes, number_plate, plinth
from scenegen.recipes.street.house import (
    WALL_M,
    Face,
    House,
    Opening,
    caged,
    flank,
    flank_openings,
    front,
    front_openings,
    pierced,
)
from scenegen.recipes.street.palette import Palette, surfaces_of
from scenegen.recipes.street.roofs import chimneys, gables, slabs
from scenegen.recipes.street.stock import Stock
from scenegen.recipes.thing import Pose, Thing, box, of_boxes, of_record
from schemas.geometry import pose
from schemas.surface import Surface

_LAYERS = {
    "wall": ("building", "{}"),
    "trim": ("building", "stonework of a {}"),
    "frame": ("window", "window frames"),
    "pane": ("window", "window panes"),
    "room": ("wall", "dark rooms"),
    "curtain": ("curtain", "curtains"),
    "display": ("wall", "back of a shop window"),
    "goods": ("box", "goods in a shop window"),
    "shutter": ("shutter", "window shutters"),
    "door": ("door", "front door"),
    "step": ("stairs", "front steps"),
    "balcony": ("balcony", "balconies"),
    "railing": ("railing", "balcony railings"),
    "sign": ("sign", "shop sign"),
    "plinth": ("building", "plinth of a {}"),
    "pipe": ("building", "gutters and pipes of a {}"),
    "plate": ("sign", "number of a house"),
    "plate ink": ("sign", "figures of a house's number"),
    "flower box": ("planter", "flower boxes"),
    "leaves": ("plant", "leaves in flower boxes"),
    "blossoms": ("flowers", "flowers in flower boxes"),
    "letters": ("sign", "writing on a shop"),
    "bill": ("picture", "bills in a shop window"),
    "chimney": ("chimney", "chimney"),
    "panel": ("building", "panels of a {}"),
    "roof": ("roof", "roof"),
    "awning": ("awning", "awning"),
}
"""Layer -> class and label."""


@dataclass(frozen=True)
class _Works:
    """A building that is going up."""

    build: Build
    layers: Layers
    style: Style


@dataclass(frozen=True)
class Means:
    """What buildings are made of and fitted with."""

    palette: Palette
    stock: Stock | None = None
    """Of which windows and doors are taken."""
    shared: Mapping[str, Surface] = field(default_factory=dict)
    """Surfaces of layers that other buildings have, too."""


def built(rng: np.random.Generator, build: Build, where: Pose, means: Means) -> list[Thing]:
    """Returns the things of a building whose front stands at a pose."""
    stock = means.stock
    model = stock.window(rng, build.house.window) if stock and rng.random() < 0.6 else None
    if model:
        build = replace(build, house=_fitted(build.house, model))
    style = draw_style(rng, build.modern, model)
    layers, house = Layers(), build.house
    _raise_walls(rng, _Works(build, layers, style))
    if build.near:
        _dress(rng, build, layers, stock)
        drains(rng, layers, house, build.pitch)
        upper = [each for each in front_openings(house) if each.storey >= 1]
        flower_boxes(rng, layers, house, upper, style.sill and not model)
        if rng.random() < 0.4:
            aerial(rng, layers, house, build.pitch)
    if build.pitch:
        layers.add("wall", *gables(house, build.pitch))
    else:
        _flat_top(rng, layers, house)
    if not build.modern and rng.random() < 0.8:
        layers.add("chimney" if build.near else "wall", *chimneys(rng, house, build.pitch))
    return _things(layers, build, where, {**surfaces_of(rng, build, means.palette), **means.shared})


def _fitted(house: House, model: AssetRecord) -> House:
    """Returns the house with windows as large as a model, and no more bays than there is room for."""
    width_m, _, height_m = model.size_m
    bays = max(1, min(house.bays, int(house.width / (width_m + 0.45))))
    sill = min(max(house.sill, 0.3), house.storey - height_m - 0.25)
    return replace(house, window=(width_m, height_m), sill=sill, bays=bays, door_bay=min(house.door_bay, bays - 1))


def _raise_walls(rng: np.random.Generator, works: _Works) -> None:
    """Adds the body of a house, its front, and the sides that can be seen."""
    build, layers, house = works.build, works.layers, works.build.house
    insets = [WALL_M if seen else 0.0 for seen in build.open_sides]
    x = house.width / 2
    layers.add("wall", box((-x + insets[0], WALL_M, -0.3), (x - insets[1], house.depth, house.height)))
    _face(rng, works, front(house), front_openings(house))
    for side, seen in zip((-1, 1), build.open_sides, strict=True):
        if seen:
            face = flank(house, side)
            _face(rng, works, face, flank_openings(rng, house, face))


def _face(rng: np.random.Generator, works: _Works, face: Face, openings: list[Opening]) -> None:
    """Adds one side of a building."""
    build, layers, style = works.build, works.layers, works.style
    height = -0.3, build.house.height
    if build.near:
        layers.add("wall", *pierced(face, openings, height, (0.0, WALL_M)))
        glaze(rng, layers, face, openings, style)
        if build.clad_base:
            low = [each for each in openings if each.storey == 0]
            layers.add(
                "trim",
                *pierced(face, low, (-0.3, build.house.floor(1) - (0.85 if build.house.shop else 0.2)), (-0.03, 0.0)),
            )
        else:
            plinth(rng, layers, face, openings, build.plinth_m)
        if build.panelled:
            panels(layers, face, openings)
    else:
        windows = [each for each in openings if each.kind == "window"]
        layers.add("wall", *caged(face, windows, height, (0.0, WALL_M)))
        glaze_far(rng, layers, face, windows)


def _dress(rng: np.random.Generator, build: Build, layers: Layers, stock: Stock | None) -> None:
    """Adds what only houses near the cameras have."""
    house, face = build.house, front(build.house)
    openings = front_openings(house)
    if not build.modern:
        bands(rng, layers, face, house, float(rng.uniform(0.1, 0.3)))
    door = next(each for each in openings if each.kind == "door")
    entrance(rng, layers, house, door, stock.door(rng, door) if stock else None)
    if not house.shop:
        number_plate(rng, layers, house, door, 0.03 if build.clad_base else 0.0)
    if house.shop:
        shop_dress(rng, layers, face, house, [each for each in openings if each.kind == "shop"])
    upper = [each for each in openings if each.storey >= 1]
    if upper and rng.random() < (0.6 if build.modern else 0.3):
        balconies(rng, layers, house, upper)


def _flat_top(rng: np.random.Generator, layers: Layers, house: House) -> None:
    """Adds a coping, and what stands on flat roofs."""
    x, top = house.width / 2, house.height
    out = float(rng.choice([0.06, 0.06, 0.35]))
    layers.add("roof", box((-x - 0.03, -out, top), (x + 0.03, house.depth + out, top + float(rng.uniform(0.07, 0.16)))))
    if house.width > 14.0 and rng.random() < 0.7:
        middle, half = float(rng.uniform(-0.25, 0.25)) * house.width, float(rng.uniform(1.5, 3.0))
        y = house.depth * 0.6
        layers.add(
            "wall", box((middle - half, y - 1.6, top), (middle + half, y + 1.6, top + float(rng.uniform(2.0, 3.2))))
        )


def _things(layers: Layers, build: Build, where: Pose, surfaces: Mapping[str, Surface]) -> list[Thing]:
    things = []
    for layer, boxes in layers.boxes.items():
        class_name, label = _LAYERS[layer]
        things.append(of_boxes(class_name, label.format(build.label), where, boxes, surfaces[layer]))
    for record, spot, z, face in layers.models:
        things.append(_model(record, spot, z, face, where))
    if build.pitch:
        things += [
            of_boxes("roof", "roof", where @ tilt, [slab], surfaces["roof"])
            for tilt, slab in slabs(build.house, build.pitch)
        ]
    return things


def _model(record: AssetRecord, spot: tuple[float, float], z: float, face: Face, where: Pose) -> Thing:
    yaw_rad = float(np.arctan2(face.along[1], face.along[0]))
    turned = where @ pose((*spot, z), yaw_rad)
    return replace(of_record(record, (0.0, 0.0, 0.0), 0.0), object2world=turned)
