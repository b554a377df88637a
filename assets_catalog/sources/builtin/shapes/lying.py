"""Lying things, long and thin along y: bars of changing section, thin blades, what was turned upright."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.sources.builtin.shapes.skins import loft, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.upholstery import sheet
from schemas.geometry import Vec3

Station = tuple[float, float, float, float]
"""Of a bar or blade: y, half its width (x), half its height (z), its middle's z; metres, from +y to -y."""


def bar(stations: Sequence[Station], around: int = 16, power: float = 2.5, x_m: float = 0.0) -> Solid:
    """Returns a closed bar through oval sections; `power`: 2 is an ellipse, more is squarer."""
    rings = [
        [(x_m + x, y, middle + z) for x, z in superellipse(half, high, around, power)]
        for y, half, high, middle in stations
    ]
    return loft(np.array(rings))


def blade(stations: Sequence[Vec3], thick_m: float, dish_m: Sequence[float] = (), across: int = 2) -> Solid:
    """Returns a sheet along y, given as (y, half its width, z of its edges); `dish_m`: how far its middle is lower."""
    shares = np.linspace(-1, 1, across)
    hollow = dish_m or [0.0] * len(stations)
    points = np.array(
        [
            [(share * half, y, z - deep * (1 - share**2)) for share in shares]
            for (y, half, z), deep in zip(stations, hollow, strict=True)
        ]
    )
    return sheet(points, thick_m)


def laid(solids: Sequence[Solid]) -> list[Solid]:
    """Returns solids of revolution about z laid down along y, their tops toward -y."""
    return [solid.turned("x", 0.5 * math.pi) for solid in solids]


def along(first: float, last: float, count: int) -> list[float]:
    """Returns evenly spaced numbers."""
    return [float(value) for value in np.linspace(first, last, count)]
