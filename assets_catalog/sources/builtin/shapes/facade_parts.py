"""What a facade is dressed with: windows, an entrance, surrounds, cornices, balconies and a roof."""

from dataclasses import dataclass

import numpy as np

from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box
from assets_catalog.sources.builtin.shapes.turnery import disc, rod

_REVEAL_M = 0.16
"""How deep windows lie in the wall."""


@dataclass(frozen=True)
class House:
    """The measures of a front; metres."""

    width: float
    depth: float
    storeys: int
    base: float
    """Height of the plinth, on which the ground floor stands."""
    storey: float
    bays: int
    window: Vec2
    """Width and height."""
    sill: float
    """Above each floor."""
    door_bay: int
    shop: bool

    @property
    def height(self) -> float:
        return self.base + self.storeys * self.storey + 0.35

    @property
    def street(self) -> float:
        """The plane of the front, in y."""
        return -0.5 * self.depth

    @property
    def pitch(self) -> float:
        return self.width / self.bays

    def bay(self, index: int) -> float:
        """Returns the middle of a bay."""
        return -0.5 * self.width + (index + 0.5) * self.pitch


@dataclass(frozen=True)
class Hole:
    """An opening of the front, in x and z."""

    low: Vec2
    high: Vec2
    storey: int
    is_door: bool = False


def sashes(house: House, holes: list[Hole]) -> tuple[list[Solid], list[Solid]]:
    """Returns frames with their bars, and panes."""
    windows = [hole for hole in holes if not hole.is_door]
    y = house.street + _REVEAL_M
    panes = [
        box(
            (hole.low[0] - 0.005, y + 0.02, hole.low[1] - 0.005),
            (hole.high[0] + 0.005, y + 0.035, hole.high[1] + 0.005),
        )
        for hole in windows
    ]
    return [solid for hole in windows for solid in _sash(hole, y)], panes


def _sash(hole: Hole, y_m: float) -> list[Solid]:
    """Returns the window's frame, a bar down its middle and, where it is tall, one across."""
    (x0, z0), (x1, z1) = hole.low, hole.high
    wide, y = 0.055, y_m
    solids = [box((x, y, z0 - 0.01), (x + wide, y + 0.06, z1 + 0.01), 0.006) for x in (x0 - 0.005, x1 - wide + 0.005)]
    solids += [box((x0, y + 0.001, z), (x1, y + 0.061, z + wide), 0.006) for z in (z0 - 0.005, z1 - wide + 0.005)]
    middle = 0.5 * (x0 + x1)
    solids.append(box((middle - 0.035, y + 0.002, z0), (middle + 0.035, y + 0.056, z1), 0.006))
    if z1 - z0 > 1.3:
        bar = z0 + 0.68 * (z1 - z0)
        solids.append(box((x0, y + 0.003, bar - 0.025), (x1, y + 0.054, bar + 0.025), 0.006))
    return solids


def entrance(house: House, holes: list[Hole]) -> tuple[list[Solid], list[Solid], Solid]:
    """Returns the door with its panels, the steps before it, and the light above it."""
    hole = next(hole for hole in holes if hole.is_door)
    (x0, z0), (x1, z1) = hole.low, hole.high
    y, head = house.street + 0.2, z0 + 2.05
    leaf = [box((x0 - 0.005, y, z0), (x1 + 0.005, y + 0.05, head), 0.004)]
    leaf.append(box((x0 - 0.005, y - 0.03, head - 0.01), (x1 + 0.005, y + 0.05, head + 0.05), 0.006))
    middle = 0.5 * (x0 + x1)
    for left, right in ((x0 + 0.1, middle - 0.05), (middle + 0.05, x1 - 0.1)):
        leaf += [
            box((left, y - 0.012, z0 + low), (right, y + 0.01, z0 + high), 0.008)
            for low, high in ((0.2, 0.85), (1.0, 1.9))
        ]
    count = max(1, round(house.base / 0.17))
    steps = [
        box(
            (x0 - 0.25, house.street - 0.28 * (step + 1), house.base * (count - step - 1) / count),
            (x1 + 0.25, house.street + 0.05, house.base * (count - step) / count),
            0.008,
        )
        for step in range(count)
    ]
    steps.append(box((x0 - 0.005, house.street + 0.02, z0 - 0.06), (x1 + 0.005, y + 0.05, z0 + 0.01), 0.004))
    return leaf, steps, box((x0 - 0.005, y + 0.02, head + 0.04), (x1 + 0.005, y + 0.035, z1 + 0.005))


def surrounds(rng: np.random.Generator, house: House, holes: list[Hole]) -> list[Solid]:
    """Returns sills, and lintels with or without hoods, or whole architraves."""
    style, out = int(rng.integers(3)), float(rng.uniform(0.04, 0.09))
    band, y = float(rng.uniform(0.12, 0.2)), house.street
    solids: list[Solid] = []
    for hole in holes:
        (x0, z0), (x1, z1) = hole.low, hole.high
        if not hole.is_door:
            solids.append(box((x0 - 0.09, y - out - 0.05, z0 - 0.09), (x1 + 0.09, y + 0.17, z0 + 0.005), 0.012))
        solids.append(box((x0 - band, y - out, z1), (x1 + band, y + 0.05, z1 + band), 0.01))
        if style == 1:
            solids.append(
                box(
                    (x0 - band - 0.05, y - out - 0.1, z1 + band - 0.01),
                    (x1 + band + 0.05, y + 0.04, z1 + band + 0.07),
                    0.015,
                )
            )
        if style == 2:
            solids += [box((x, y - out + 0.005, z0), (x + band, y + 0.05, z1 + 0.01), 0.01) for x in (x0 - band, x1)]
    return solids


def cornice(rng: np.random.Generator, house: House) -> list[Solid]:
    """Returns the plinth, bands between storeys, and the cornice under the roof's edge; corner stones on some."""
    x, y, out = 0.5 * house.width, house.street, float(rng.uniform(0.12, 0.3))
    top = house.height
    solids = [
        box((-x - step, y - step - 0.01, top - up), (x + step, y + 0.25, top - up + tall), 0.012)
        for step, up, tall in ((0.35 * out, 0.62, 0.14), (0.7 * out, 0.34, 0.13), (out, 0.2, 0.22))
    ]
    if rng.random() < 0.6:
        floors = [house.base + house.storey * storey for storey in range(1, house.storeys)]
        solids += [box((-x - 0.01, y - 0.05, z - 0.08), (x + 0.01, y + 0.1, z + 0.08), 0.015) for z in floors]
    if rng.random() < 0.4:
        solids += _corner_stones(house)
    door = house.bay(house.door_bay)
    for left, right in ((-x - 0.02, door - 0.55), (door + 0.55, x + 0.02)):
        solids.append(box((left, y - 0.06, 0.0), (right, y + 0.1, house.base), 0.02))
    return solids


def _corner_stones(house: House) -> list[Solid]:
    """Returns long and short blocks up both edges of the front."""
    x, y = 0.5 * house.width, house.street
    pitch = 0.34
    solids = []
    for row in range(int((house.height - house.base - 0.7) / pitch)):
        long, z = (0.42 if row % 2 else 0.26), house.base + row * pitch
        solids += [
            box((low, y - 0.035, z), (low + long + 0.02, y + 0.3, z + pitch - 0.015), 0.012)
            for low in (-x - 0.02, x - long)
        ]
    return solids


def balconies(house: House, holes: list[Hole]) -> list[Solid]:
    """Returns a shallow balcony with a railing before each window of one storey."""
    storey = min(1, house.storeys - 1)
    return [solid for hole in holes if hole.storey == storey and not hole.is_door for solid in _balcony(house, hole)]


def _balcony(house: House, hole: Hole) -> list[Solid]:
    x0, x1, floor = hole.low[0] - 0.18, hole.high[0] + 0.18, hole.low[1] - 0.12
    y = house.street - 0.5
    slab = box((x0, y, floor - 0.1), (x1, house.street + 0.05, floor), 0.01)
    top = floor + 0.95
    ends = [(x0 + 0.03, y + 0.03), (x1 - 0.03, y + 0.03)]
    rails = [rod((*ends[0], z), (*ends[1], z), 0.018, 8) for z in (top, floor + 0.12)]
    rails += [rod((x, y + 0.03, top), (x, house.street + 0.05, top), 0.018, 8) for x, _ in ends]
    count = max(4, round((x1 - x0) / 0.13))
    bars = [
        rod((float(x), y + 0.03, floor), (float(x), y + 0.03, top), 0.009, 6)
        for x in np.linspace(x0 + 0.03, x1 - 0.03, count)
    ]
    sides = [rod((x, y + step, floor), (x, y + step, top), 0.009, 6) for x, _ in ends for step in (0.18, 0.34)]
    return [slab, *rails, *bars, *sides]


def roof(rng: np.random.Generator, house: House) -> tuple[list[Solid], list[Solid]]:
    """Returns a gabled roof, its ridge along the street, and chimneys."""
    x, y, low = 0.5 * house.width + 0.02, 0.5 * house.depth, house.height
    rise = house.depth * float(rng.uniform(0.28, 0.42))
    eaves = [(-y - 0.06, low), (y + 0.06, low), (y + 0.06, low + 0.08), (0.0, low + rise), (-y - 0.06, low + 0.08)]
    rings = np.array([[(side, py, z) for py, z in eaves] for side in (-x, x)], dtype=np.float64)
    tiles = [loft(rings), rod((-x, 0.0, low + rise), (x, 0.0, low + rise), 0.09, 10)]
    chimneys: list[Solid] = []
    for side in (-0.8, 0.8)[: int(rng.integers(1, 3))]:
        top = low + rise + float(rng.uniform(0.4, 0.9))
        chimneys.append(box((side * x - 0.4, -0.28, low), (side * x + 0.4, 0.28, top), 0.01))
        chimneys.append(box((side * x - 0.45, -0.33, top - 0.12), (side * x + 0.45, 0.33, top - 0.02), 0.01))
        chimneys += [disc(0.12, top - 0.02, top + 0.3, 0.01, 14).moved(side * x + dx) for dx in (-0.2, 0.2)]
    return tiles, chimneys
