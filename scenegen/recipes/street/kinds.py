"""Kinds of places: what their roads are like and what lies along them. One line of the table is one kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenegen.recipes.materials.outdoors import Land
from scenegen.recipes.street.leg import Profile

Use = Literal["terrace", "blocks", "houses", "square", "park", "field", "works"]
"""What a plot is for: houses wall to wall, large buildings, houses in gardens, paving, lawn, open land, sheds."""
_Span = tuple[float, float]


@dataclass(frozen=True)
class Kind:
    """One kind of place; shares need not sum to one."""

    share: float
    uses: Mapping[Use, float]
    """Of its plots."""
    far_uses: Mapping[Use, float]
    """Of those far from the cameras."""
    lanes: tuple[int, ...]
    lane_m: _Span
    parking: float
    """Chance of lanes for parking."""
    median: float
    """Chance of a median."""
    kerb_m: _Span
    verge: float
    """Chance of grass between kerb and pavement."""
    pavement_m: _Span
    storeys: tuple[int, int]
    street_trees: float
    """Chance that there are rows of trees."""
    towers: float
    """Chance that there are towers far away."""
    hills: float
    land: Mapping[Land, float]
    crossings: float
    """Chance that another road meets this one near the cameras."""
    people: bool = True
    """Whether anybody walks there."""
    fast: bool = False
    """Whether it is driven on fast, between rails."""


KINDS: Mapping[str, Kind] = {
    "town": Kind(
        0.26, {"terrace": 0.85, "square": 0.1, "park": 0.05}, {"terrace": 0.8, "blocks": 0.2},
        (1,), (2.9, 3.4), 0.8, 0.0, (0.1, 0.14), 0.0, (2.4, 4.2), (3, 6), 0.85, 0.5, 0.65, {"lawn": 1.0}, 0.75,
    ),
    "avenue": Kind(
        0.18, {"blocks": 0.55, "terrace": 0.3, "square": 0.08, "park": 0.07}, {"blocks": 0.8, "terrace": 0.2},
        (1, 2, 2), (3.1, 3.5), 0.6, 0.5, (0.12, 0.15), 0.4, (3.2, 5.5), (4, 9), 0.85, 0.8, 0.55, {"lawn": 1.0}, 0.8,
    ),
    "suburb": Kind(
        0.2, {"houses": 0.9, "park": 0.1}, {"houses": 0.8, "field": 0.1, "park": 0.1},
        (1,), (2.6, 3.1), 0.25, 0.0, (0.08, 0.12), 0.5, (1.5, 2.2), (1, 2), 0.6, 0.25, 0.85,
        {"lawn": 0.8, "meadow": 0.2}, 0.6,
    ),
    "village": Kind(
        0.1, {"houses": 0.6, "terrace": 0.25, "field": 0.15}, {"field": 0.7, "houses": 0.3},
        (1,), (2.5, 2.9), 0.0, 0.0, (0.08, 0.12), 0.2, (1.2, 1.8), (1, 3), 0.2, 0.0, 1.0,
        {"meadow": 0.7, "lawn": 0.3}, 0.5,
    ),
    "square": Kind(
        0.1, {"square": 0.6, "terrace": 0.4}, {"terrace": 0.8, "blocks": 0.2},
        (1,), (2.9, 3.3), 0.3, 0.0, (0.08, 0.12), 0.0, (2.5, 4.5), (3, 5), 0.4, 0.3, 0.65, {"lawn": 1.0}, 0.5,
    ),
    "park": Kind(
        0.08, {"park": 0.7, "blocks": 0.15, "terrace": 0.15}, {"blocks": 0.5, "park": 0.3, "terrace": 0.2},
        (1,), (2.9, 3.2), 0.4, 0.0, (0.1, 0.14), 0.4, (2.2, 3.5), (3, 6), 0.8, 0.6, 0.7, {"lawn": 1.0}, 0.4,
    ),
    "country": Kind(
        0.06, {"field": 0.85, "houses": 0.15}, {"field": 0.95, "houses": 0.05},
        (1,), (2.7, 3.2), 0.0, 0.0, (0.0, 0.0), 0.0, (0.0, 0.0), (1, 2), 0.2, 0.0, 1.0,
        {"meadow": 0.5, "dry": 0.3, "lawn": 0.2}, 0.25,
    ),
    "works": Kind(
        0.1, {"works": 0.85, "field": 0.15}, {"works": 0.6, "field": 0.2, "blocks": 0.2},
        (1,), (3.3, 3.8), 0.3, 0.0, (0.1, 0.14), 0.3, (1.3, 2.0), (2, 4), 0.25, 0.3, 0.5,
        {"dry": 0.4, "lawn": 0.4, "earth": 0.2}, 0.5,
    ),
    "motorway": Kind(
        0.06, {"field": 0.9, "works": 0.1}, {"field": 0.8, "works": 0.1, "houses": 0.1},
        (2, 2, 3), (3.5, 3.75), 1.0, 1.0, (0.0, 0.0), 0.0, (0.0, 0.0), (1, 2), 0.0, 0.5, 1.0,
        {"meadow": 0.6, "lawn": 0.25, "dry": 0.15}, 0.0, people=False, fast=True,
    ),
}  # fmt: skip
"""Name -> kind."""


def draw_kind(rng: np.random.Generator) -> str:
    """Returns a name, each as often as its share says."""
    names = list(KINDS)
    shares = np.array([KINDS[name].share for name in names])
    return str(rng.choice(names, p=shares / shares.sum()))


def draw_profile(rng: np.random.Generator, kind: Kind) -> Profile:
    """Returns the cross-section of a road; wide ones alone have a median."""
    lanes = int(rng.choice(kind.lanes))
    median_m = float(rng.uniform(1.6, 4.0)) if rng.random() < kind.median and lanes > 1 else 0.0
    pavement_m = float(rng.uniform(*kind.pavement_m))
    return Profile(
        lanes=lanes,
        lane_m=float(rng.uniform(*kind.lane_m)),
        parking=bool(rng.random() < kind.parking),
        median_m=median_m,
        kerb_m=float(rng.uniform(*kind.kerb_m)),
        verge_m=float(rng.uniform(0.9, 2.2)) if rng.random() < kind.verge else 0.0,
        pavement_m=pavement_m,
    )


def side_profile(rng: np.random.Generator, main: Profile) -> Profile:
    """Returns the cross-section of a smaller road that meets the main one."""
    return Profile(
        lanes=1,
        lane_m=float(rng.uniform(2.6, 3.1)),
        parking=bool(main.parking and rng.random() < 0.5),
        median_m=0.0,
        kerb_m=main.kerb_m,
        verge_m=0.0,
        pavement_m=min(main.pavement_m, float(rng.uniform(1.6, 2.6))),
    )


def draw_use(rng: np.random.Generator, uses: Mapping[Use, float]) -> Use:
    """Returns what a plot is for."""
    names = list(uses)
    shares = np.array(list(uses.values()))
    return names[int(rng.choice(len(names), p=shares / shares.sum()))]
