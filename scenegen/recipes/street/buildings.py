"""Buildings: houses and blocks of ours, drawn whole, each layer one thing of its class.

Near the cameras windows have frames, panes, sills and curtains; far off a wall with holes stands before one pane.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.materials import (
    draw_concrete,
    draw_curtain,
    draw_door,
    draw_facade,
    draw_painted_metal,
    draw_roof,
    draw_stone,
    draw_trim,
)
from scenegen.recipes.street.entrances import balconies, entrance, shop_dress
from scenegen.recipes.street.facades import Layers, Style, bands, draw_style, glaze, glaze_far, panels
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
from scenegen.recipes.street.roofs import Pitch, chimneys, draw_pitch, gables, slabs
from scenegen.recipes.street.stock import Stock
from scenegen.recipes.street.thing import Pose, Thing, box, of_boxes, of_record
from schemas.geometry import pose
from schemas.scene_plan import Box
from schemas.surface import Color, Surface

_LAYERS = {
    "wall": ("building", "{}"),
    "trim": ("building", "stonework of a {}"),
    "frame": ("window", "window frames"),
    "pane": ("window", "window panes"),
    "room": ("wall", "dark rooms"),
    "curtain": ("curtain", "curtains"),
    "shutter": ("shutter", "window shutters"),
    "door": ("door", "front door"),
    "step": ("stairs", "front steps"),
    "balcony": ("balcony", "balconies"),
    "railing": ("railing", "balcony railings"),
    "sign": ("sign", "shop sign"),
    "chimney": ("chimney", "chimney"),
    "panel": ("building", "panels of a {}"),
    "roof": ("roof", "roof"),
    "awning": ("awning", "awning"),
}
"""Layer -> class and label."""


_PANE = Surface(finish="glass", color=(0.93, 0.96, 0.95), roughness=0.02)
_ROOM = Surface(finish="paint", color=(0.06, 0.06, 0.07), roughness=0.9)
_STEP = Surface(finish="concrete", color=(0.62, 0.61, 0.58), roughness=0.9, scale_m=2.0, wear=0.4)
_IRON = Surface(finish="paint", color=(0.09, 0.1, 0.11), roughness=0.4)
"""What all buildings of a street have in common."""
_FRAMES: tuple[Color, ...] = (
    (0.9, 0.9, 0.88), (0.86, 0.85, 0.8), (0.9, 0.9, 0.88), (0.2, 0.21, 0.22), (0.36, 0.25, 0.17), (0.55, 0.56, 0.55),
)  # fmt: skip
_SHUTTERS: tuple[Color, ...] = (
    (0.24, 0.33, 0.27), (0.32, 0.38, 0.42), (0.38, 0.25, 0.2), (0.72, 0.71, 0.66), (0.36, 0.29, 0.22),
    (0.2, 0.26, 0.34),
)  # fmt: skip


@dataclass(frozen=True)
class Build:
    """What is built."""

    house: House
    label: str
    modern: bool
    near: bool
    pitch: Pitch | None
    open_sides: tuple[bool, bool] = (False, False)
    """Whether the sides at the lower and the higher x can be seen."""
    clad_base: bool = False
    """Whether the ground floor has another surface."""
    panelled: bool = False
    """Whether there are plates of another colour between windows."""


def town_house(rng: np.random.Generator, width_m: float, storeys: tuple[int, int], near: bool) -> Build:
    """Returns a house of a row."""
    bays = max(1, round(width_m / float(rng.uniform(2.2, 3.2))))
    pitch = width_m / bays
    storey = float(rng.uniform(2.9, 3.6))
    house = House(
        width=width_m,
        depth=float(rng.uniform(9.0, 12.0)),
        storeys=int(rng.integers(storeys[0], storeys[1] + 1)),
        base=float(rng.choice([0.0, 0.17, 0.34])),
        storey=storey,
        bays=bays,
        window=(pitch * float(rng.uniform(0.36, 0.52)), storey * float(rng.uniform(0.45, 0.58))),
        sill=storey * float(rng.uniform(0.22, 0.3)),
        door_bay=int(rng.integers(bays)),
        shop=bool(rng.random() < 0.45),
        parapet=float(rng.uniform(0.35, 1.0)),
    )
    if house.shop:
        house = replace(house, base=0.0)
    modern = bool(rng.random() < 0.2)
    pitch_ = None if rng.random() < 0.5 else draw_pitch(rng, in_row=True)
    return Build(house, "house", modern, near, pitch_, clad_base=bool(rng.random() < 0.5))


def block(rng: np.random.Generator, width_m: float, storeys: tuple[int, int], near: bool) -> Build:
    """Returns an apartment or office building."""
    bays = max(3, round(width_m / float(rng.uniform(3.0, 4.2))))
    pitch = width_m / bays
    storey = float(rng.uniform(2.9, 3.6))
    house = House(
        width=width_m,
        depth=float(rng.uniform(12.0, 17.0)),
        storeys=int(rng.integers(storeys[0], storeys[1] + 1)),
        base=0.0,
        storey=storey,
        bays=bays,
        window=(pitch * float(rng.choice([0.55, 0.68, 0.9])), storey * float(rng.uniform(0.45, 0.66))),
        sill=storey * float(rng.uniform(0.12, 0.28)),
        door_bay=int(rng.integers(bays)),
        shop=bool(rng.random() < 0.6),
        parapet=float(rng.uniform(0.5, 1.3)),
    )
    label = "apartment building" if rng.random() < 0.6 else "office building"
    clad, panelled = bool(rng.random() < 0.7), bool(rng.random() < 0.5)
    return Build(house, label, True, near, None, (True, True), clad, panelled)


def detached(rng: np.random.Generator, storeys: tuple[int, int], near: bool) -> Build:
    """Returns a house that stands alone in its garden."""
    width_m = float(rng.uniform(7.5, 12.5))
    bays = max(2, round(width_m / 3.0))
    storey = float(rng.uniform(2.6, 2.9))
    house = House(
        width=width_m,
        depth=float(rng.uniform(7.5, 10.0)),
        storeys=int(rng.integers(storeys[0], storeys[1] + 1)),
        base=float(rng.choice([0.17, 0.34])),
        storey=storey,
        bays=bays,
        window=(float(rng.uniform(1.0, 1.7)), float(rng.uniform(1.1, 1.4))),
        sill=0.85,
        door_bay=int(rng.integers(bays)),
        shop=False,
        parapet=0.3,
    )
    return Build(house, "house", False, near, draw_pitch(rng, in_row=False), (True, True))


@dataclass(frozen=True)
class _Works:
    """A building that is going up."""

    build: Build
    layers: Layers
    style: Style


@dataclass(frozen=True)
class Palette:
    """What the houses of a street are made of, beside their walls: few surfaces, each on several."""

    trims: tuple[Surface, ...]
    frames: tuple[Surface, ...]
    shutters: tuple[Surface, ...]
    accents: tuple[Surface, ...]
    doors: tuple[Surface, ...]
    roofs: tuple[Surface, ...]
    cloths: tuple[Surface, ...]


@dataclass(frozen=True)
class Means:
    """What buildings are made of and fitted with."""

    palette: Palette
    stock: Stock | None = None
    """Of which windows and doors are taken."""
    shared: Mapping[str, Surface] = MappingProxyType({})
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
    if build.pitch:
        layers.add("wall", *gables(house, build.pitch))
    else:
        _flat_top(rng, layers, house)
    if not build.modern and rng.random() < 0.8:
        layers.add("chimney" if build.near else "wall", *chimneys(rng, house, build.pitch))
    return _things(layers, build, where, {**_surfaces(rng, build, means.palette), **means.shared})


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


def draw_palette(rng: np.random.Generator) -> Palette:
    """Returns the surfaces of one street."""
    return Palette(
        trims=(draw_stone(rng), draw_trim(rng), draw_trim(rng)),
        frames=tuple(Surface(finish="paint", color=color, roughness=0.4) for color in _some(rng, _FRAMES, 3)),
        shutters=tuple(
            Surface(finish="paint", color=color, roughness=0.6, wear=0.3) for color in _some(rng, _SHUTTERS, 2)
        ),
        accents=tuple(draw_painted_metal(rng) for _ in range(4)),
        doors=tuple(draw_door(rng).model_copy(update={"finish": "paint"}) for _ in range(3)),
        roofs=tuple(draw_roof(rng) for _ in range(3)),
        cloths=tuple(draw_curtain(rng).model_copy(update={"finish": "paint"}) for _ in range(3)),
    )


def _some(rng: np.random.Generator, colors: tuple[Color, ...], count: int) -> list[Color]:
    return [colors[number] for number in rng.permutation(len(colors))[:count].tolist()]


def _surfaces(rng: np.random.Generator, build: Build, palette: Palette) -> dict[str, Surface]:
    """Returns a surface for each layer; parts of one substance share one."""
    wall = draw_concrete(rng) if build.modern and rng.random() < 0.25 else draw_facade(rng)
    wall = wall.model_copy(update={"wear": 0.45 * wall.wear})
    panel = draw_facade(rng).model_copy(update={"finish": "paint", "wear": 0.1})

    def of(surfaces: tuple[Surface, ...]) -> Surface:
        return surfaces[int(rng.integers(len(surfaces)))]

    return {
        "wall": wall,
        "trim": of(palette.trims),
        "frame": of(palette.frames),
        "pane": _PANE,
        "room": _ROOM,
        "curtain": of(palette.cloths),
        "shutter": of(palette.shutters),
        "door": of(palette.doors),
        "step": _STEP,
        "balcony": _STEP,
        "railing": _IRON,
        "sign": of(palette.accents),
        "panel": panel,
        "chimney": wall,
        "roof": of(palette.roofs),
        "awning": of(palette.cloths),
    }


def merged(things: Sequence[Thing]) -> list[Thing]:
    """Returns things as they are; those of boxes that are alike, and turned alike, as one."""
    groups: dict[tuple[object, ...], list[Thing]] = {}
    for number, thing in enumerate(things):
        turned = np.round(thing.object2world[:3, :3], 9).tobytes()
        alike = thing.class_name, thing.label, thing.surface, turned
        groups.setdefault((number,) if thing.record else alike, []).append(thing)
    return [_joined(group) if len(group) > 1 else group[0] for group in groups.values()]


def _joined(group: Sequence[Thing]) -> Thing:
    """Returns the boxes of all in the axes of the first."""
    first = group[0].object2world
    boxes = []
    for thing in group:
        x, y, z = (first[:3, :3].T @ (thing.object2world[:3, 3] - first[:3, 3])).tolist()
        for each in thing.boxes:
            (a, b, c), size_m = each.center_m, each.size_m
            boxes.append(Box(center_m=(a + x, b + y, c + z), size_m=size_m))
    return replace(group[0], boxes=tuple(boxes))


def foot(build: Build) -> Box:
    """Returns the space that a building takes, in its own axes, with what its roof stands out behind."""
    house, pitch = build.house, build.pitch
    x = house.width / 2 + (pitch.verge_m if pitch else 0.0)
    return box((-x, 0.0, 0.0), (x, house.depth + (pitch.eaves_m if pitch else 0.35), house.height))
