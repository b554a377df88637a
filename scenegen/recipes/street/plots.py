"""Plots: what is built along the roads: rows of town houses, large buildings, houses in gardens."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.materials import (
    draw_concrete,
    draw_curtain,
    draw_facade,
    draw_pane,
    draw_pavement,
    draw_recolor,
    draw_roof,
    draw_terrain,
)
from scenegen.recipes.room.solid import Solid, Vec2
from scenegen.recipes.street.buildings import (
    Build,
    Means,
    Palette,
    block,
    built,
    detached,
    draw_palette,
    foot,
    merged,
    town_house,
)
from scenegen.recipes.street.kinds import Kind
from scenegen.recipes.street.leg import Leg
from scenegen.recipes.street.network import DEPTH_M, Network, Plot
from scenegen.recipes.street.roofs import Pitch, draw_pitch
from scenegen.recipes.street.site import Site
from scenegen.recipes.street.stock import Stock
from scenegen.recipes.street.thing import Pose, Thing, box, of_boxes, of_record
from schemas.geometry import pose
from schemas.surface import Surface

NEAR_M = 44.0
"""Within this distance of the origin buildings have all their details."""
_DEEP_M = -0.3
_WAY_OUT_M = 0.75
_FAR_BINS_M = (130.0,)
_STAND_OUT = frozenset({"stairs", "awning", "balcony", "railing", "sign"})
"""Classes of a building's parts that need space before its front."""
_TWICE = 2
"""How often one model of a house stands in a street at most."""


@dataclass
class Builder:
    """Builds on plots; knows what all far buildings share, and which models it has used."""

    network: Network
    site: Site
    stock: Stock
    looks: "Looks"
    far_things: list[Thing] = field(default_factory=list)
    """Parts of far buildings, to be joined once all are built."""
    rooms: list[Thing] = field(default_factory=list)
    """The dark behind the panes of near ones, likewise."""
    models_left: int = 32
    """Windows of the catalog that may still be used; each is an object."""
    used: Counter[str] = field(default_factory=Counter)

    @property
    def kind(self) -> Kind:
        """The kind of place."""
        return self.network.kind


@dataclass(frozen=True)
class Looks:
    """What the buildings of a street have in common; the far ones so much that many are few objects."""

    walls: tuple[Surface, ...]
    blocks: tuple[Surface, ...]
    parts: Mapping[str, Surface]
    pitch: Pitch
    palette: Palette
    """Of near ones, too."""


def open_builder(rng: np.random.Generator, network: Network, site: Site, stock: Stock) -> Builder:
    """Returns a builder with the looks of what is far off."""
    room = Surface(finish="paint", color=(0.05, 0.05, 0.06), roughness=0.9)
    curtain = draw_curtain(rng).model_copy(update={"finish": "paint"})
    parts = {"pane": draw_pane(rng), "room": room, "roof": draw_roof(rng), "curtain": curtain}
    walls = tuple(_kept(draw_facade(rng)) for _ in range(2))
    blocks = _kept(draw_concrete(rng)), _kept(draw_facade(rng))
    return Builder(network, site, stock, Looks(walls, blocks, parts, draw_pitch(rng, in_row=False), draw_palette(rng)))


def _kept(surface: Surface) -> Surface:
    """Returns a wall's surface in the state that houses are kept in."""
    return surface.model_copy(update={"wear": 0.5 * surface.wear})


def join_far(builder: Builder) -> None:
    """Adds all far buildings to the site: those about as far off, of one look, are one thing."""
    bins: dict[int, list[Thing]] = {}
    for thing in builder.far_things:
        away_m = math.hypot(*thing.position_m[:2])
        bins.setdefault(int(np.searchsorted(_FAR_BINS_M, away_m)), []).append(thing)
    for things in (*bins.values(), builder.rooms):
        builder.site.add(*merged(things))


def ground_of(rng: np.random.Generator, builder: Builder, plot: Plot, number: int) -> float:
    """Lays the ground of a plot; returns its height. Plots that overlap far off differ by millimetres."""
    leg, main = plot.leg, builder.network.main
    top_m = (leg.profile.kerb_m or -0.02) - 0.0015 * (number % 3)
    start_m = max(plot.start_m, main.profile.line_m + DEPTH_M) if leg.leaves else plot.start_m
    if plot.end_m - start_m < 1.0:
        return top_m
    near, far = sorted((plot.side * leg.profile.line_m, plot.side * (leg.profile.line_m + DEPTH_M)))
    name, surface = _ground_look(rng, builder, plot)
    lot = box((start_m, near, _DEEP_M), (plot.end_m, far, top_m))
    builder.site.lay(of_boxes("ground", name, leg.pose, [lot], surface))
    return top_m


def _ground_look(rng: np.random.Generator, builder: Builder, plot: Plot) -> tuple[str, Surface]:
    if plot.use == "square":
        return "square", draw_pavement(rng)
    if plot.use in ("houses", "park"):
        return "lawn", draw_terrain(rng, "lawn")
    if plot.use == "field":
        lands, shares = zip(*builder.kind.land.items(), strict=True)
        return "field", draw_terrain(rng, lands[int(rng.choice(len(lands), p=np.array(shares) / sum(shares)))])
    return "yard", draw_concrete(rng, wear=(0.3, 0.9)) if rng.random() < 0.5 else draw_pavement(rng)


def build_terrace(rng: np.random.Generator, builder: Builder, plot: Plot, setback_m: float = 0.0) -> None:
    """Builds houses wall to wall."""
    at, first = plot.start_m, True
    while plot.end_m - at > 5.0:
        near = _distance_m(plot, at) < NEAR_M
        width_m = float(rng.uniform(6.0, 12.5)) * (1.0 if near else 1.5)
        if plot.end_m - at < width_m + 5.0:
            width_m = plot.end_m - at
        model = _model(rng, builder, plot.end_m - at, first) if near and rng.random() < 0.5 else None
        if model:
            width_m = model.size_m[0] + 0.02
            _place_model(rng, builder, Lot(plot, at + width_m / 2, setback_m), model)
        else:
            build = town_house(rng, width_m, builder.kind.storeys, near)
            ends = (at - plot.start_m < 0.1, plot.end_m - at - width_m < 0.1)
            build = replace(build, open_sides=ends if plot.side > 0 else (ends[1], ends[0]))
            _place(rng, builder, Lot(plot, at + width_m / 2, setback_m), build)
        at, first = at + width_m + (0.0 if rng.random() < 0.93 else float(rng.uniform(1.0, 4.0))), False


def build_blocks(rng: np.random.Generator, builder: Builder, plot: Plot) -> None:
    """Builds large buildings with room between them."""
    at = plot.start_m + float(rng.uniform(0.0, 2.0))
    setback_m = float(rng.choice([0.0, 0.0, 2.0, 4.0]))
    while plot.end_m - at > 12.0:
        near = _distance_m(plot, at) < NEAR_M
        width_m = min(float(rng.uniform(14.0, 32.0)), plot.end_m - at)
        build = block(rng, width_m, builder.kind.storeys, near)
        _place(rng, builder, Lot(plot, at + width_m / 2, setback_m), build)
        at += width_m + float(rng.uniform(0.5, 7.0))


@dataclass(frozen=True)
class Garden:
    """A house with its lot."""

    plot: Plot
    start_m: float
    end_m: float
    house_s_m: float
    """Where the house's middle is along the leg."""
    door_s_m: float
    setback_m: float
    ground_m: float


def build_houses(rng: np.random.Generator, builder: Builder, plot: Plot, ground_m: float) -> list[Garden]:
    """Builds houses that stand alone; returns their lots."""
    gardens = []
    at = plot.start_m
    setback_m = float(rng.uniform(3.5, 8.0))
    while plot.end_m - at > 11.0:
        lot_m = min(float(rng.uniform(14.0, 22.0)), plot.end_m - at)
        build = detached(rng, builder.kind.storeys, _distance_m(plot, at + lot_m / 2) < NEAR_M)
        back_m = setback_m + float(rng.uniform(-0.8, 0.8))
        free_m = lot_m - build.house.width - 1.2
        if free_m > 0:
            middle_m = at + 0.6 + build.house.width / 2 + free_m * float(rng.uniform(0.1, 0.5))
            if _place(rng, builder, Lot(plot, middle_m, back_m), build):
                door_m = (build.house.door_bay + 0.5) * build.house.width / build.house.bays - build.house.width / 2
                door_s_m = middle_m + (door_m if plot.side > 0 else -door_m)
                gardens.append(Garden(plot, at, at + lot_m, middle_m, door_s_m, back_m, ground_m))
        at += lot_m
    return gardens


@dataclass(frozen=True)
class Lot:
    """Where the middle of a building's front is: along a plot, and how far behind its line."""

    plot: Plot
    s_m: float
    setback_m: float

    def spot(self, deeper_m: float = 0.0) -> Vec2:
        """Returns the place, or one deeper in the plot."""
        leg = self.plot.leg
        return leg.spot(self.s_m, self.plot.side * (leg.profile.line_m + self.setback_m + deeper_m))


def _place(rng: np.random.Generator, builder: Builder, lot: Lot, build: Build) -> bool:
    """Builds a building, if there is room."""
    site = builder.site
    where = pose((*lot.spot(), site.height_m(lot.spot(1.0))), lot.plot.leg.facing_road(lot.plot.side))
    room = of_boxes("building", build.label, where, [foot(build)], builder.looks.parts["room"]).solid
    if not site.may_build(room):
        return False
    if build.near:
        things = _near(rng, builder, build, where)
        site.take(room, *(thing.solid for thing in things if thing.class_name in _STAND_OUT))
        site.take(*(_before(thing.solid) for thing in things if thing.class_name == "door"))
        site.add(*things)
    else:
        site.take(room)
        builder.far_things += _far(rng, builder, build, where)
    return True


def _before(door: Solid) -> Solid:
    """Returns the space that a door needs to be gone through."""
    return replace(door, half_m=(door.half_m[0], door.half_m[1] + _WAY_OUT_M))


def _near(rng: np.random.Generator, builder: Builder, build: Build, where: Pose) -> list[Thing]:
    """Returns a building with its details; with the catalog's windows, if there may be as many."""
    count = build.house.storeys * build.house.bays + (8 if any(build.open_sides) else 0)
    means = Means(builder.looks.palette, builder.stock if count <= builder.models_left else None)
    things = built(rng, build, where, means)
    builder.models_left -= sum(thing.class_name == "window" and thing.record is not None for thing in things)
    builder.rooms += [thing for thing in things if thing.class_name == "wall"]
    return [thing for thing in things if thing.class_name != "wall"]


def _far(rng: np.random.Generator, builder: Builder, build: Build, where: Pose) -> list[Thing]:
    """Returns a building that looks like others far off."""
    far = builder.looks
    if build.pitch:
        build = replace(build, pitch=replace(far.pitch, verge_m=build.pitch.verge_m))
    walls = far.blocks if build.house.width > 13.0 else far.walls
    wall = walls[int(rng.integers(len(walls)))]
    return built(rng, replace(build, label="far houses"), where, Means(far.palette, shared={**far.parts, "wall": wall}))


def _model(rng: np.random.Generator, builder: Builder, left_m: float, at_end: bool) -> AssetRecord | None:
    """Returns a catalog's house no wider than what is left; mere fronts stand only between others."""

    def fits(record: AssetRecord) -> bool:
        wide = record.size_m[0] <= left_m - 0.1
        tall = record.size_m[2] <= builder.kind.storeys[1] * 4.2
        return wide and tall and builder.used[record.asset_id] < _TWICE

    record = builder.stock.pick(rng, ["building"] if at_end else ["building", "building", "facade"], fits)
    if record:
        builder.used[record.asset_id] += 1
    return record


def _place_model(rng: np.random.Generator, builder: Builder, lot: Lot, record: AssetRecord) -> None:
    """Sets a catalog's house in a row, if there is room."""
    spot = lot.spot(record.size_m[1] / 2 + 0.01)
    where = (*spot, builder.site.height_m(spot))
    house = of_record(record, where, lot.plot.leg.facing_road(lot.plot.side), draw_recolor(rng, record))
    if builder.site.may_build(house.solid):
        builder.site.take(house.solid)
        builder.site.add(house)


def _distance_m(plot: Plot, s_m: float) -> float:
    return float(np.hypot(*plot.leg.spot(s_m, plot.side * plot.leg.profile.line_m)))


def keep_roads_free(network: Network, site: Site) -> None:
    """Takes the space of all roads and pavements, so that nothing is built on them."""
    for leg in network.legs:
        site.keep_open(_corridor(leg))


def _corridor(leg: Leg) -> Solid:
    middle_m, half_m = (leg.start_m + leg.end_m) / 2, (leg.end_m - leg.start_m) / 2
    return Solid(leg.spot(middle_m, 0.0), (half_m, leg.profile.line_m - 0.05), leg.heading_rad, -1.0, 60.0)
