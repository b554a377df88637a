"""Far: the land on which all lies, towers beyond the roofs, woods, fields and hills at the horizon.

What is far is paler and bluer, as the air between makes it.
"""

import math
from dataclasses import replace

import numpy as np

from scenegen.recipes.materials import draw_concrete, draw_hedge, draw_terrain
from scenegen.recipes.materials.outdoors import Land
from scenegen.recipes.solid import Solid
from scenegen.recipes.street.builder import Builder
from scenegen.recipes.street.building_kinds import Build, foot
from scenegen.recipes.street.buildings import Means, built
from scenegen.recipes.street.house import House
from scenegen.recipes.thing import Thing, box, of_boxes
from schemas.geometry import pose
from schemas.scene_plan import Box, Sphere
from schemas.surface import Color, Surface

GROUND_M = -0.06
"""Height of the land beneath everything."""
_BEYOND_M = 500.0
"""How much farther than the roads the land goes on."""
_FARTHEST_M = 1900.0
"""Farther than this nothing is."""
_MOUNTAINS = 0.5
"""Share of the hills that are mountains."""
_STEEPNESS = (0.09, 0.2)
"""Height of a hill over half its width: steeper ones look like domes."""
_HAZE: Color = (0.66, 0.72, 0.8)
_HAZY_M = 900.0
"""Distance at which haze has taken two thirds of a colour."""


def hazy(surface: Surface, distance_m: float) -> Surface:
    """Returns a surface as it looks from far off."""
    share = 1.0 - math.exp(-max(distance_m - 60.0, 0.0) / _HAZY_M)
    colors = {"color": _mixed(surface.color, share)}
    if surface.second_color:
        colors["second_color"] = _mixed(surface.second_color, share)
    return surface.model_copy(update=colors)


def _mixed(color: Color, share: float) -> Color:
    red, green, blue = (near + share * (far - near) for near, far in zip(color, _HAZE, strict=True))
    return red, green, blue


def lay_land(rng: np.random.Generator, builder: Builder) -> None:
    """Lays the land; it ends beyond everything that stands on it."""
    lands, shares = zip(*builder.kind.land.items(), strict=True)
    land: Land = lands[int(rng.choice(len(lands), p=np.array(shares) / sum(shares)))]
    half = builder.network.reach_m + _BEYOND_M
    ground = of_boxes(
        "ground",
        "land",
        pose((0.0, 0.0, 0.0), 0.0),
        [box((-half, -half, -2.0), (half, half, GROUND_M))],
        draw_terrain(rng, land),
    )
    builder.site.lay(ground)


def raise_towers(rng: np.random.Generator, builder: Builder) -> None:
    """Builds towers beyond the near houses, most of them where the street leads."""
    for _ in range(int(rng.integers(2, 7))):
        away_m = float(rng.uniform(110.0, 0.9 * builder.network.reach_m))
        way_rad = float(rng.normal(0.0, 0.35)) + (math.pi if rng.random() < 0.45 else 0.0)
        spot = away_m * math.cos(way_rad), away_m * math.sin(way_rad)
        _tower(rng, builder, spot, away_m)


def _tower(rng: np.random.Generator, builder: Builder, spot: tuple[float, float], away_m: float) -> None:
    width_m, storeys = float(rng.uniform(16.0, 30.0)), int(rng.integers(9, 24))
    bays = max(3, round(width_m / float(rng.uniform(3.0, 5.0))))
    house = House(
        width_m, float(rng.uniform(14.0, 24.0)), storeys, 0.0, 3.3, bays,
        (width_m / bays * float(rng.uniform(0.55, 0.9)), float(rng.uniform(1.6, 2.5))), 0.5, 0, False, 1.2,
    )  # fmt: skip
    build = Build(house, "tower", True, False, None, (True, True))
    yaw_rad = (
        math.atan2(spot[1], spot[0]) - math.pi / 2 + float(rng.choice([0.0, math.pi / 2])) + float(rng.normal(0, 0.3))
    )
    where = pose((*spot, GROUND_M), yaw_rad)
    room = of_boxes("building", "tower", where, [foot(build)], builder.looks.parts["room"]).solid
    if builder.site.may_build(room):
        builder.site.take(room)
        wall = {
            **builder.looks.parts,
            "wall": hazy(draw_concrete(rng), away_m),
            "room": hazy(builder.looks.parts["room"], away_m),
        }
        builder.site.add(*built(rng, build, where, Means(builder.looks.palette, shared=wall)))


def raise_hills(rng: np.random.Generator, builder: Builder) -> None:
    """Raises two or three hills at the horizon: caps of spheres that lie mostly below the ground."""
    reach_m = builder.network.reach_m
    for number in range(int(rng.integers(2, 4))):
        way_rad = math.pi * number + float(rng.normal(0.0, 0.35))
        is_mountain = rng.random() < _MOUNTAINS
        half_m = float(rng.uniform(450.0, 650.0)) if is_mountain else float(rng.uniform(170.0, 380.0))
        high_m = half_m * float(rng.uniform(*_STEEPNESS))
        away_m = reach_m + half_m + 50.0
        if away_m + half_m > _FARTHEST_M:
            continue
        radius_m = (half_m**2 + high_m**2) / (2 * high_m)
        center = away_m * math.cos(way_rad), away_m * math.sin(way_rad), GROUND_M + high_m - radius_m
        cover = draw_hedge(rng) if rng.random() < 0.5 else draw_terrain(rng, "meadow")
        cover = hazy(cover.model_copy(update={"scale_m": 3.0}), away_m)
        where = pose(center, 0.0)
        builder.site.add(Thing("ground", "hill", where, spheres=(Sphere(radius_m=radius_m),), surface=cover))


def plant_woods(rng: np.random.Generator, builder: Builder) -> None:
    """Plants edges of woods: crowns of boxes, close together, each of its own height."""
    for _ in range(int(rng.integers(2, 6))):
        away_m = float(rng.uniform(130.0, 0.95 * builder.network.reach_m))
        way_rad = float(rng.uniform(-math.pi, math.pi))
        spot = away_m * math.cos(way_rad), away_m * math.sin(way_rad)
        long_m = float(rng.uniform(25.0, 110.0))
        yaw_rad = way_rad + math.pi / 2 + float(rng.normal(0.0, 0.3))
        room = Solid(spot, (long_m / 2, 7.0), yaw_rad, -1.0, 20.0)
        if builder.site.may_build(room) and _on_land(builder, room):
            builder.site.take(room)
            boxes = _crowns(rng, long_m)
            leaves = hazy(draw_hedge(rng).model_copy(update={"scale_m": 0.4}), away_m)
            builder.site.add(of_boxes("tree", "wood", pose((*spot, GROUND_M), yaw_rad), boxes, leaves))


def _on_land(builder: Builder, room: Solid) -> bool:
    """Tells whether nothing but the land is beneath a solid."""
    pieces = [
        Solid(_along(room, share), (0.25 * room.half_m[0], room.half_m[1]), room.yaw_rad, 0.0, 1.0)
        for share in (-0.75, -0.25, 0.25, 0.75)
    ]
    return all(builder.site.level_m(piece) == GROUND_M for piece in pieces)


def _along(room: Solid, share: float) -> tuple[float, float]:
    (ax, ay), _ = room.axes
    return room.center_m[0] + share * room.half_m[0] * ax, room.center_m[1] + share * room.half_m[0] * ay


def _crowns(rng: np.random.Generator, long_m: float) -> list[Box]:
    boxes = []
    for _ in range(int(long_m / 1.6)):
        x, y = float(rng.uniform(-0.5, 0.5)) * long_m, float(rng.uniform(-4.5, 4.5))
        high_m, wide_m = float(rng.uniform(5.0, 12.0)), float(rng.uniform(1.2, 2.4))
        for share, low, top in ((1.0, 0.0, 0.6), (0.75, 0.6, 0.82), (0.42, 0.82, 1.0)):
            half = share * wide_m
            boxes.append(box((x - half, y - half, low * high_m), (x + half, y + half, top * high_m)))
    return boxes


def lay_fields(rng: np.random.Generator, builder: Builder) -> None:
    """Lays patches of other crops on the land, apart from one another."""
    lands: tuple[Land, ...] = ("meadow", "dry", "earth", "lawn", "dry")
    laid: list[Solid] = []
    for _ in range(26):
        away_m = float(rng.uniform(60.0, 0.9 * builder.network.reach_m))
        way_rad = float(rng.uniform(-math.pi, math.pi))
        spot = away_m * math.cos(way_rad), away_m * math.sin(way_rad)
        half = float(rng.uniform(20.0, 60.0)), float(rng.uniform(15.0, 45.0))
        piece = Solid(spot, half, float(rng.choice([0.0, 0.3, -0.4])), -1.0, 0.0)
        if builder.site.may_build(replace(piece, top_m=-0.5)) and not any(piece.overlaps(other) for other in laid):
            laid.append(piece)
            surface = draw_terrain(rng, lands[int(rng.integers(len(lands)))])
            top = GROUND_M + 0.02
            patch = box((-half[0], -half[1], -0.5), (half[0], half[1], top))
            builder.site.lay(of_boxes("ground", "field", pose((*spot, 0.0), piece.yaw_rad), [patch], surface))
