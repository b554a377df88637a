"""Outdoors: fronts and roofs of buildings, roads, land, plants and water."""

from typing import Literal

import numpy as np

from scenegen.recipes.draws import one_of
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.materials.stuffs import draw_brick, draw_concrete
from schemas.surface import Surface

Land = Literal["lawn", "meadow", "dry", "earth", "sand"]


def draw_facade(rng: np.random.Generator) -> Surface:
    """Returns the front of a building: plaster, brick, stone, concrete or boards."""
    kind = one_of(rng, {"plaster": 0.42, "brick": 0.3, "stone": 0.1, "concrete": 0.1, "planks": 0.08})
    if kind == "brick":
        return draw_brick(rng)
    if kind == "concrete":
        return draw_concrete(rng, wear=(0.2, 0.9))
    if kind == "stone":
        return Stuff(
            "stone", charts.STONES, second=charts.MORTARS, roughness=(0.8, 0.95), scale_m=(0.3, 0.7), wear=(0.1, 0.7)
        ).drawn(rng)
    if kind == "planks":
        chart = charts.WOODS + charts.PAINTED
        return Stuff("planks", chart, roughness=(0.6, 0.85), scale_m=(0.12, 0.2), wear=(0.1, 0.8)).drawn(rng)
    return Stuff("plaster", charts.FACADES, roughness=(0.85, 0.95), scale_m=(0.3, 1.5), wear=(0.1, 0.8)).drawn(rng)


def draw_roof(rng: np.random.Generator) -> Surface:
    """Returns a roof: rows of tiles or slates, or felt."""
    if rng.random() < 0.75:
        return Stuff(
            "brick", charts.ROOFS, second=charts.ROOFS, roughness=(0.7, 0.9), scale_m=(0.3, 0.4), wear=(0.2, 0.8)
        ).drawn(rng)
    return Stuff("asphalt", charts.ASPHALTS, roughness=(0.85, 0.95), wear=(0.2, 0.8)).drawn(rng)


def draw_road(rng: np.random.Generator) -> Surface:
    """Returns the surface of a road: mostly asphalt, else concrete or setts."""
    kind = one_of(rng, {"asphalt": 0.85, "concrete": 0.07, "setts": 0.08})
    if kind == "concrete":
        return draw_concrete(rng, wear=(0.3, 0.9), roughness=(0.8, 0.95))
    if kind == "setts":
        return draw_setts(rng)
    return Stuff("asphalt", charts.ASPHALTS, roughness=(0.75, 0.95), wear=(0.1, 0.9)).drawn(rng)


def draw_setts(rng: np.random.Generator) -> Surface:
    """Returns small blocks of stone, as of old streets."""
    return Stuff(
        "stone",
        charts.STONES,
        second=charts.SOILS,
        roughness=(0.6, 0.85),
        scale_m=(0.1, 0.18),
        wear=(0.1, 0.6),
        relief=(1.5, 3.0),
    ).drawn(rng)


def draw_marking(rng: np.random.Generator) -> Surface:
    """Returns the paint of lines on a road, worn by wheels."""
    return Stuff("paint", charts.MARKINGS, roughness=(0.6, 0.85), wear=(0.3, 0.9), relief=(2.0, 4.0)).drawn(rng)


def draw_pavement(rng: np.random.Generator) -> Surface:
    """Returns what people walk on beside a road: slabs, setts, brick or asphalt."""
    kind = one_of(rng, {"slabs": 0.5, "setts": 0.15, "brick": 0.15, "asphalt": 0.2})
    if kind == "setts":
        return draw_setts(rng)
    if kind == "asphalt":
        return Stuff("asphalt", charts.ASPHALTS, roughness=(0.8, 0.95), wear=(0.1, 0.8)).drawn(rng)
    if kind == "brick":
        return Stuff(
            "brick", charts.PAVEMENTS, second=charts.SOILS, roughness=(0.8, 0.95), scale_m=(0.2, 0.24), wear=(0.2, 0.8)
        ).drawn(rng)
    return Stuff(
        "tiles", charts.PAVEMENTS, second=charts.SOILS, roughness=(0.8, 0.95), scale_m=(0.3, 0.6), wear=(0.3, 0.9)
    ).drawn(rng)


def draw_kerb(rng: np.random.Generator) -> Surface:
    """Returns the stone or concrete of a kerb."""
    return Stuff("concrete", charts.CONCRETES + charts.STONES, roughness=(0.8, 0.95), wear=(0.3, 0.9)).drawn(rng)


def draw_terrain(rng: np.random.Generator, land: Land | None = None) -> Surface:
    """Returns what the land is covered with; without `land`, of any kind."""
    kind = land or one_of(rng, {"lawn": 0.4, "meadow": 0.3, "dry": 0.12, "earth": 0.12, "sand": 0.06})
    if kind in ("lawn", "meadow"):
        second = charts.GRASSES if kind == "lawn" else charts.STRAWS
        return Stuff("grass", charts.GRASSES, second=second, roughness=(0.8, 0.95), wear=(0.0, 0.7)).drawn(rng)
    chart = {"dry": charts.STRAWS, "earth": charts.SOILS, "sand": charts.FACADES[:1]}[kind]
    second = charts.GRASSES if kind == "dry" else charts.SOILS
    return Stuff("ground", chart, second=second, roughness=(0.9, 1.0), wear=(0.0, 0.7)).drawn(rng)


def draw_hedge(rng: np.random.Generator) -> Surface:
    """Returns clipped leaves, for hedges and crowns of boxes or spheres."""
    return Stuff("foliage", charts.LEAVES, roughness=(0.5, 0.8), scale_m=(0.02, 0.06)).drawn(rng)


def draw_trunk(rng: np.random.Generator) -> Surface:
    """Returns bark."""
    return Stuff("bark", charts.BARKS, roughness=(0.85, 0.95), scale_m=(0.03, 0.1)).drawn(rng)


def draw_water(rng: np.random.Generator) -> Surface:
    """Returns still or rippled water, opaque; `scale_m` is the length of the waves."""
    return Stuff("water", charts.WATERS, roughness=(0.02, 0.08), scale_m=(0.15, 1.2), relief=(0.2, 1.5)).drawn(rng)
