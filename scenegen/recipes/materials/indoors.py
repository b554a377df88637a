"""Indoors: walls, floors, ceilings and joinery of a place."""

from collections.abc import Mapping

import numpy as np

from scenegen.recipes.draws import one_of
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Place, Stuff
from scenegen.recipes.materials.stuffs import draw_brick, draw_concrete, draw_wood
from schemas.surface import Finish, Surface

_Shares = Mapping[str, float]

_WALLS: Mapping[Place, _Shares] = {
    "bath": {"tiles": 0.6, "paint": 0.3, "plaster": 0.1},
    "kitchen": {"paint": 0.55, "tiles": 0.25, "wallpaper": 0.1, "plaster": 0.1},
    "office": {"paint": 0.8, "plaster": 0.12, "concrete": 0.04, "brick": 0.04},
    "corridor": {"paint": 0.7, "plaster": 0.18, "wallpaper": 0.06, "concrete": 0.06},
    "shop": {"paint": 0.72, "plaster": 0.1, "brick": 0.1, "tiles": 0.08},
    "warehouse": {"concrete": 0.4, "worn paint": 0.35, "brick": 0.25},
    "parking": {"concrete": 0.65, "worn paint": 0.35},
    "street": {"plaster": 0.4, "brick": 0.35, "concrete": 0.25},
}
_HOME_WALLS: _Shares = {"paint": 0.62, "wallpaper": 0.2, "plaster": 0.12, "brick": 0.04, "concrete": 0.02}
_FLOORS: Mapping[Place, _Shares] = {
    "bath": {"tiles": 0.8, "stone": 0.12, "planks": 0.08},
    "kitchen": {"tiles": 0.52, "planks": 0.38, "stone": 0.1},
    "office": {"carpet": 0.5, "planks": 0.25, "tiles": 0.15, "concrete": 0.1},
    "corridor": {"tiles": 0.35, "planks": 0.35, "carpet": 0.15, "stone": 0.15},
    "shop": {"tiles": 0.5, "concrete": 0.2, "planks": 0.2, "stone": 0.1},
    "warehouse": {"concrete": 1.0},
    "parking": {"concrete": 0.7, "asphalt": 0.3},
    "street": {"concrete": 0.6, "stone": 0.4},
}
_HOME_FLOORS: _Shares = {"planks": 0.68, "carpet": 0.14, "tiles": 0.14, "stone": 0.04}
_BARE: tuple[Place, ...] = ("warehouse", "parking")
"""Places where what carries the building is seen, and worn."""


def draw_wall(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of a wall."""
    kind = one_of(rng, _WALLS.get(place, _HOME_WALLS))
    walls = charts.OFF_WHITES if rng.random() < 0.55 else charts.MUTED
    if kind == "tiles":
        return draw_wall_tiles(rng)
    if kind == "brick":
        return draw_brick(rng, wear=(0.0, 0.4))
    if kind == "concrete":
        return draw_concrete(rng, wear=(0.1, 0.7) if place in _BARE else (0.0, 0.3))
    if kind == "wallpaper":
        second = (charts.OFF_WHITES, charts.MUTED, charts.ACCENTS)[int(rng.integers(3))]
        return Stuff(
            "wallpaper", walls, second=second, roughness=(0.6, 0.85), scale_m=(0.08, 0.5), wear=(0.0, 0.35)
        ).drawn(rng)
    if kind == "plaster":
        return Stuff("plaster", walls, roughness=(0.75, 0.95), scale_m=(0.2, 1.2), wear=(0.0, 0.4)).drawn(rng)
    wear = (0.35, 0.9) if kind == "worn paint" else (0.0, 0.3)
    return Stuff("paint", walls, roughness=(0.5, 0.85), wear=wear).drawn(rng)


def draw_accent_wall(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of the one wall that differs: deep in colour, or of brick, boards, paper or concrete."""
    kind = one_of(rng, {"paint": 0.55, "wallpaper": 0.2, "brick": 0.1, "planks": 0.1, "concrete": 0.05})
    if kind == "brick":
        return draw_brick(rng, wear=(0.0, 0.4))
    if kind == "concrete":
        return draw_concrete(rng, wear=(0.0, 0.3))
    if kind == "planks":
        return Stuff("planks", charts.WOODS, roughness=(0.4, 0.6), scale_m=(0.08, 0.16), wear=(0.0, 0.4)).drawn(rng)
    second = charts.OFF_WHITES if rng.random() < 0.5 else charts.ACCENTS
    if kind == "wallpaper":
        return Stuff("wallpaper", charts.ACCENTS, second=second, scale_m=(0.08, 0.5), wear=(0.0, 0.3)).drawn(rng)
    return Stuff("paint", charts.ACCENTS + charts.MUTED, roughness=(0.55, 0.85), wear=(0.0, 0.25)).drawn(rng)


def draw_wall_tiles(rng: np.random.Generator) -> Surface:
    """Returns the look of glazed tiles on the wall of a bath or kitchen."""
    small = rng.random() < 0.5
    scale_m = (0.05, 0.12) if small else (0.15, 0.3)
    return Stuff(
        "tiles", charts.BATH_TILES, second=charts.JOINTS, roughness=(0.08, 0.3), scale_m=scale_m, wear=(0.0, 0.35)
    ).drawn(rng)


def draw_floor(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of a floor."""
    kind = one_of(rng, _FLOORS.get(place, _HOME_FLOORS))
    if kind == "planks":
        return Stuff("planks", charts.WOODS, roughness=(0.25, 0.55), scale_m=(0.07, 0.2), wear=(0.0, 0.6)).drawn(rng)
    if kind == "carpet":
        return Stuff("carpet", charts.CARPETS, roughness=(0.9, 1.0), scale_m=(0.004, 0.01), wear=(0.0, 0.5)).drawn(rng)
    if kind == "concrete":
        wear = (0.2, 0.9) if place in _BARE else (0.05, 0.4)
        return draw_concrete(rng, wear=wear, roughness=(0.35, 0.8))
    if kind == "asphalt":
        return Stuff("asphalt", charts.ASPHALTS, roughness=(0.8, 0.95), wear=(0.2, 0.8)).drawn(rng)
    if kind == "stone":
        stones = charts.STONES + charts.MARBLES
        return Stuff(
            "stone",
            stones,
            second=charts.JOINTS,
            roughness=(0.15, 0.5),
            scale_m=(0.3, 0.8),
            wear=(0.0, 0.4),
            relief=(0.3, 0.8),
        ).drawn(rng)
    scale_m = (0.1, 0.25) if place == "bath" and rng.random() < 0.4 else (0.3, 0.8)
    return Stuff(
        "tiles", charts.TILES, second=charts.JOINTS, roughness=(0.12, 0.5), scale_m=scale_m, wear=(0.0, 0.5)
    ).drawn(rng)


def draw_ceiling(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of a ceiling: white paint or plaster, bare concrete, or panels."""
    if place in _BARE:
        return draw_concrete(rng, wear=(0.1, 0.6))
    if place in ("office", "shop", "corridor") and rng.random() < 0.5:
        return draw_ceiling_panels(rng)
    finish: Finish = "plaster" if rng.random() < 0.3 else "paint"
    return Stuff(finish, charts.TRIMS, roughness=(0.8, 0.95), wear=(0.0, 0.25), relief=(0.4, 1.0)).drawn(rng)


def draw_ceiling_panels(rng: np.random.Generator) -> Surface:
    """Returns the look of a hung ceiling of square panels."""
    return Stuff(
        "tiles", charts.TRIMS, second=charts.TRIMS, roughness=(0.85, 0.95), scale_m=(0.58, 0.63), wear=(0.0, 0.3)
    ).drawn(rng)


def draw_trim(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of skirting, architraves and frames: mostly painted white, else wood."""
    if rng.random() < 0.25:
        return draw_wood(rng)
    return Stuff("paint", charts.TRIMS, roughness=(0.25, 0.45), wear=(0.0, 0.3), relief=(0.3, 0.8)).drawn(rng)


def draw_door(rng: np.random.Generator, place: Place = "living") -> Surface:
    """Returns the look of a door's leaf: painted, or wood."""
    if rng.random() < 0.45:
        return draw_wood(rng)
    chart = charts.TRIMS if rng.random() < 0.6 else charts.PAINTED
    return Stuff("paint", chart, roughness=(0.25, 0.5), wear=(0.0, 0.4), relief=(0.3, 0.8)).drawn(rng)
