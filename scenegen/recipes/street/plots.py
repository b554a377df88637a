"""Plots: what is built along the roads: rows of town houses, large buildings, houses in gardens."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from assets_catalog.record import AssetRecord
from scenegen.recipes.materials import (
    draw_recolor,
)
from scenegen.recipes.solid import Solid, Vec2
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.building_kinds import Build, block, detached, foot, overhang, town_house
from scenegen.recipes.street.buildings import Means, built
from scenegen.recipes.street.network import Plot
from scenegen.recipes.thing import Pose, Thing, of_boxes, of_record
from schemas.geometry import pose

NEAR_M = 39.0
"""Within this distance of the origin buildings have all their details."""

_CORNER_HOUSE_M = 20.0
"""Where less than this is left of a row, its last houses follow."""

_WAY_OUT_M = 0.75
_STEPS_M = 1.2
"""How far before a front its steps may reach, where nothing may stand already."""
_TALL_M = 2.6
"""Up to this height things stand before fronts."""

_STAND_OUT = frozenset({"stairs", "awning", "balcony", "railing", "sign"})
"""Classes of a building's parts that need space before its front."""

_BESIDE_M = 40.0
"""Farther than this from the main road all houses have one of their walls."""
_BEHIND_PANES = frozenset({"wall", "curtain", "box"})
"""Classes of what is seen through windows: that of a row is one thing."""
_TWICE = 2
"""How often one model of a house stands in a street at most."""


def build_terrace(rng: np.random.Generator, builder: Builder, plot: Plot, setback_m: float = 0.0) -> None:
    """Builds houses wall to wall."""
    at, first = plot.start_m, True
    while plot.end_m - at > 5.0:
        near = _distance_m(plot, at) < NEAR_M
        width_m = float(rng.uniform(6.0, 12.5)) * (1.0 if near else 1.5)
        if plot.end_m - at < width_m + 5.0:
            width_m = plot.end_m - at
        inner = not first and plot.end_m - at > _CORNER_HOUSE_M
        model = _model(rng, builder, plot.end_m - at - 5.0) if near and inner and rng.random() < 0.6 else None
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
    eaves = of_boxes("roof", "eaves", where, [overhang(build)], builder.looks.parts["roof"]).solid
    if not site.may_build(room) or not site.is_clear(eaves, _before_front(room, _STEPS_M)):
        return False
    if build.near:
        things = _near(rng, builder, build, where)
        site.take(room, *(thing.solid for thing in things if thing.class_name in _STAND_OUT))
        site.take(eaves, _before_front(room, max(_relief_m(things), 0.01)))
        site.take(*(_before(thing.solid) for thing in things if thing.class_name == "door"))
        site.add(*things)
    else:
        site.take(room)
        builder.far_things += _far(rng, builder, build, where)
    return True


def _before_front(room: Solid, deep_m: float) -> Solid:
    """Returns the space before a building's front, so deep, as high as what may stand there."""
    (_, (x, y)), back_m = room.axes, room.half_m[1] + deep_m / 2
    middle = room.center_m[0] - back_m * x, room.center_m[1] - back_m * y
    return replace(room, center_m=middle, half_m=(room.half_m[0], deep_m / 2), top_m=room.bottom_m + _TALL_M)


def _relief_m(things: Sequence[Thing]) -> float:
    """Returns how far stonework, plinths and pipes stand out from a front, as high as what may stand before it."""
    boxes = [each for thing in things if thing.class_name in ("building", "window") for each in thing.boxes]
    low = [each for each in boxes if each.center_m[2] - each.size_m[2] / 2 < _TALL_M]
    return max((each.size_m[1] / 2 - each.center_m[1] for each in low), default=0.0)


def _before(door: Solid) -> Solid:
    """Returns the space that a door needs to be gone through."""
    return replace(door, half_m=(door.half_m[0], door.half_m[1] + _WAY_OUT_M))


def _near(rng: np.random.Generator, builder: Builder, build: Build, where: Pose) -> list[Thing]:
    """Returns a building with its details; with the catalog's windows, if there may be as many."""
    count = build.house.storeys * build.house.bays + (8 if any(build.open_sides) else 0)
    means = Means(builder.looks.palette, builder.stock if count <= builder.models_left else None)
    things = built(rng, build, where, means)
    builder.models_left -= sum(thing.class_name == "window" and thing.record is not None for thing in things)
    builder.rooms += [thing for thing in things if thing.class_name in _BEHIND_PANES]
    return [thing for thing in things if thing.class_name not in _BEHIND_PANES]


def _far(rng: np.random.Generator, builder: Builder, build: Build, where: Pose) -> list[Thing]:
    """Returns a building that looks like others far off."""
    far = builder.looks
    if build.pitch:
        build = replace(build, pitch=replace(far.pitch, verge_m=build.pitch.verge_m))
    walls = far.blocks if build.house.width > 13.0 else far.walls
    beside = abs(where[1, 3]) > _BESIDE_M
    wall = walls[0 if beside else int(rng.integers(len(walls)))]
    return built(rng, replace(build, label="far houses"), where, Means(far.palette, shared={**far.parts, "wall": wall}))


def _model(rng: np.random.Generator, builder: Builder, left_m: float) -> AssetRecord | None:
    """Returns a house or front of the catalog, no wider than what is left; bare sides keep it between others."""

    def fits(record: AssetRecord) -> bool:
        wide = record.size_m[0] <= left_m - 0.1
        tall = record.size_m[2] <= builder.kind.storeys[1] * 4.2
        return wide and tall and builder.used[record.asset_id] < _TWICE

    record = builder.stock.pick(rng, ["building", "building", "facade"], fits)
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
