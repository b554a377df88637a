"""Gondolas: the shelves of a shop: along walls with one side, free with two; boards with rails, bays a metre wide."""

from dataclasses import dataclass

import numpy as np

from scenegen.recipes.hall.site import OVER_M, Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import charts
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.thing import Thing
from schemas.surface import Surface

BAY_M = 1.0
BOARD_M = 0.42
_BACK_M, _THICK_M, _BASE_M = 0.03, 0.025, 0.14


@dataclass(frozen=True)
class Gondola:
    """A run of bays along x; goods stand on the sides named."""

    start_m: float
    bays: int
    middle_m: float
    """Of its back panel, across the hall."""
    sides: tuple[int, ...]
    levels_m: tuple[float, ...]
    """Tops of the boards, the base first."""
    high_m: float

    @property
    def end_m(self) -> float:
        """Returns where it ends."""
        return self.start_m + self.bays * BAY_M


@dataclass(frozen=True)
class Fittings:
    """How the shelves of a shop look."""

    boards: Surface
    rails: Surface


def draw_fittings(rng: np.random.Generator) -> Fittings:
    """Returns white, grey, dark or wooden shelves with rails in a colour."""
    boards = Stuff(
        "paint", charts.TRIMS * 3 + charts.METALS[:1] + charts.PAINTED[3:4], roughness=(0.3, 0.5), wear=(0.0, 0.12)
    )
    rails = Stuff("plastic", charts.STRONG + charts.TRIMS, roughness=(0.3, 0.5), wear=(0.0, 0.3))
    return Fittings(boards.drawn(rng), rails.drawn(rng))


def build_gondola(site: Site, gondola: Gondola, look: Fittings, kind: tuple[str, str]) -> Thing:
    """Adds a run's shelves, which its goods stand on, and takes its floor; `kind`: class and label."""
    a, b, y, t = gondola.start_m, gondola.end_m, gondola.middle_m, _THICK_M
    boxes: list[Span] = [box((a, y - _BACK_M / 2, 0.001), (b, y + _BACK_M / 2, gondola.high_m))]
    rails: list[Span] = []
    for side in gondola.sides:
        front, back = y + side * (BOARD_M + _BACK_M / 2), y + side * (_BACK_M / 2 + 0.001)
        for number, top in enumerate(gondola.levels_m):
            low = 0.001 if number == 0 else top - t
            boxes.append(_across(a, b, back, front, low, top))
            rails.append(_across(a, b, front + side * 0.001, front + side * 0.012, top - 0.035, top + 0.008))
        for x in (a, b):
            inner = (x, x + 0.02) if x == a else (x - 0.02, x)
            edges = sorted((back, front - side * 0.05))
            for low, high in zip(gondola.levels_m, (*gondola.levels_m[1:], gondola.high_m), strict=True):
                boxes.append(box((inner[0], edges[0], low), (inner[1], edges[1], high - t)))
    shelf = site.boxes(*kind, boxes, look.boards)
    site.boxes(kind[0], "price rails", rails, look.rails)
    reach = [y + side * (BOARD_M + 0.05) if side in gondola.sides else y for side in (-1, 1)]
    site.take_box((a - 0.03, reach[0]), (b + 0.03, reach[1]), gondola.high_m + 0.3)
    return shelf


def _across(  # noqa: PLR0913, PLR0917 - measures
    a: float, b: float, y0: float, y1: float, low: float, high: float
) -> Span:
    return box((a, min(y0, y1), low), (b, max(y0, y1), high))


def levels(rng: np.random.Generator, high_m: float) -> tuple[float, ...]:
    """Returns the tops of the boards of a shelf so high."""
    count = max(int((high_m - _BASE_M) / float(rng.uniform(0.33, 0.44))), 2)
    return tuple(float(z) for z in np.linspace(_BASE_M, high_m, count + 1)[:-1])


FREE_M = OVER_M
