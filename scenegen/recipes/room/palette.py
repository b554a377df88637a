"""Palette: the colours and finishes of one room, drawn as a decorator would: muted walls, one accent, real materials.

Colours are sRGB as in a paint chart; each is shifted a little, so that no two rooms share one.
"""

from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import uniform
from schemas.surface import Color, Surface

_OFF_WHITES: tuple[Color, ...] = ((0.93, 0.91, 0.87), (0.91, 0.91, 0.9), (0.95, 0.94, 0.92), (0.9, 0.87, 0.81))
_MUTED: tuple[Color, ...] = (
    (0.74, 0.79, 0.78),
    (0.77, 0.8, 0.72),
    (0.85, 0.78, 0.68),
    (0.8, 0.76, 0.74),
    (0.72, 0.76, 0.82),
    (0.87, 0.8, 0.74),
    (0.7, 0.69, 0.66),
)
_ACCENTS: tuple[Color, ...] = (
    (0.3, 0.39, 0.42),
    (0.44, 0.5, 0.42),
    (0.66, 0.42, 0.33),
    (0.34, 0.37, 0.47),
    (0.76, 0.6, 0.36),
    (0.5, 0.36, 0.38),
    (0.55, 0.6, 0.62),
)
_WOODS: tuple[Color, ...] = (
    (0.72, 0.55, 0.38),
    (0.62, 0.44, 0.28),
    (0.45, 0.3, 0.2),
    (0.8, 0.67, 0.5),
    (0.6, 0.55, 0.49),
    (0.36, 0.25, 0.18),
)
_TILES: tuple[Color, ...] = ((0.82, 0.78, 0.72), (0.62, 0.61, 0.6), (0.7, 0.45, 0.34), (0.88, 0.87, 0.85))
_CLOTHS: tuple[Color, ...] = (
    (0.55, 0.5, 0.44),
    (0.42, 0.45, 0.5),
    (0.7, 0.64, 0.56),
    (0.45, 0.25, 0.22),
    (0.32, 0.4, 0.38),
    (0.78, 0.75, 0.7),
    (0.6, 0.46, 0.32),
)
_TRIMS: tuple[Color, ...] = ((0.93, 0.93, 0.92), (0.95, 0.94, 0.91), (0.88, 0.87, 0.84))
_FACADES: tuple[Color, ...] = ((0.82, 0.76, 0.66), (0.72, 0.45, 0.36), (0.86, 0.85, 0.82), (0.7, 0.7, 0.68))


@dataclass(frozen=True)
class Palette:
    """Surfaces of all that is made of boxes."""

    floor: Surface
    walls: tuple[Surface, Surface, Surface, Surface]
    ceiling: Surface
    trim: Surface
    """Skirting, cornice, architrave, and mostly the window frames."""
    window: Surface
    door: Surface
    metal: Surface
    curtain: Surface
    rug: Surface
    canvases: tuple[Surface, ...]
    """Pictures of our own, where the catalog has none."""
    grass: Surface
    hedge: Surface
    facade: Surface
    roof: Surface
    pane: Surface
    """Windows of the houses outside."""


def plan_palette(rng: np.random.Generator) -> Palette:
    """Returns the surfaces of one room."""
    trim = _paint(_near(rng, _TRIMS), roughness=0.35)
    wooden = _wood(_near(rng, _WOODS))
    return Palette(
        floor=_floor(rng),
        walls=_walls(rng),
        ceiling=_paint(_near(rng, ((0.95, 0.95, 0.94), (0.93, 0.92, 0.9))), roughness=0.85),
        trim=trim,
        window=wooden if rng.random() < 0.25 else trim,
        door=wooden if rng.random() < 0.4 else trim,
        metal=Surface(finish="metal", color=_near(rng, ((0.7, 0.7, 0.7), (0.72, 0.6, 0.38))), roughness=0.3),
        curtain=_fabric(_near(rng, _CLOTHS + _OFF_WHITES)),
        rug=Surface(
            finish="rug", color=_near(rng, _CLOTHS + _ACCENTS), roughness=0.95, scale_m=uniform(rng, 0.06, 0.4)
        ),
        canvases=tuple(_canvas(_near(rng, _ACCENTS + _CLOTHS)) for _ in range(6)),
        grass=_outdoor(_near(rng, ((0.33, 0.42, 0.2), (0.4, 0.42, 0.26), (0.45, 0.42, 0.34)))),
        hedge=_outdoor(_near(rng, ((0.2, 0.32, 0.14), (0.24, 0.3, 0.16)))),
        facade=_paint(_near(rng, _FACADES), roughness=0.9),
        roof=_paint(_near(rng, ((0.42, 0.26, 0.2), (0.3, 0.3, 0.32))), roughness=0.8),
        pane=_paint((0.16, 0.19, 0.23), roughness=0.1),
    )


def _walls(rng: np.random.Generator) -> tuple[Surface, Surface, Surface, Surface]:
    """Four walls of one colour, or three and an accent."""
    base = _paint(_near(rng, _OFF_WHITES if rng.random() < 0.55 else _MUTED), roughness=0.75)
    accent = _paint(_near(rng, _ACCENTS + _MUTED), roughness=0.75)
    accented = int(rng.integers(4)) if rng.random() < 0.4 else -1
    south, east, north, west = (accent if wall == accented else base for wall in range(4))
    return south, east, north, west


def _floor(rng: np.random.Generator) -> Surface:
    draw = rng.random()
    if draw < 0.62:
        return Surface(
            finish="planks", color=_near(rng, _WOODS), roughness=uniform(rng, 0.3, 0.5), scale_m=uniform(rng, 0.07, 0.2)
        )
    if draw < 0.82:
        return Surface(
            finish="tiles", color=_near(rng, _TILES), roughness=uniform(rng, 0.2, 0.45), scale_m=uniform(rng, 0.3, 0.6)
        )
    return Surface(finish="carpet", color=_near(rng, _CLOTHS), roughness=0.95, scale_m=0.006)


def _near(rng: np.random.Generator, chart: tuple[Color, ...]) -> Color:
    """Returns a colour of the chart, a little lighter or darker, a little warmer or cooler."""
    red, green, blue = chart[int(rng.integers(len(chart)))]
    light, warm = uniform(rng, -0.04, 0.04), uniform(rng, -0.015, 0.015)
    return _clipped(red + light + warm), _clipped(green + light), _clipped(blue + light - warm)


def _clipped(value: float) -> float:
    return min(max(value, 0.02), 0.97)


def _paint(color: Color, roughness: float) -> Surface:
    return Surface(finish="paint", color=color, roughness=roughness, scale_m=0.01)


def _wood(color: Color) -> Surface:
    return Surface(finish="wood", color=color, roughness=0.45, scale_m=0.12)


def _canvas(color: Color) -> Surface:
    return Surface(finish="canvas", color=color, roughness=0.7)


def _fabric(color: Color) -> Surface:
    return Surface(finish="fabric", color=color, roughness=0.9, scale_m=0.002)


def _outdoor(color: Color) -> Surface:
    return Surface(finish="ground", color=color, roughness=0.95)
