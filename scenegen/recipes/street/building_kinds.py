"""Kinds of buildings: the measures of town houses, of large buildings, and of houses that stand alone."""

from dataclasses import dataclass, replace

import numpy as np

from scenegen.recipes.street.house import (
    House,
)
from scenegen.recipes.street.roofs import Pitch, draw_pitch
from scenegen.recipes.thing import box
from schemas.scene_plan import Box


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
    plinth_m: float = 0.42
    """How high another surface goes along the foot of the walls, if not all along the ground floor."""


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


def foot(build: Build) -> Box:
    """Returns the space that a building takes, in its own axes, with what its roof stands out behind."""
    house, pitch = build.house, build.pitch
    x = house.width / 2 + (pitch.verge_m if pitch else 0.0)
    return box((-x, 0.0, 0.0), (x, house.depth + (pitch.eaves_m if pitch else 0.35), house.height))


def overhang(build: Build) -> Box:
    """Returns the space that a building's roof takes before its front, in its own axes."""
    house, pitch = build.house, build.pitch
    x = house.width / 2 + (pitch.verge_m if pitch else 0.0)
    return box((-x, -(pitch.eaves_m if pitch else 0.35) - 0.1, house.height - 0.7), (x, 0.0, house.height + 0.3))
