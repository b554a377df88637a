"""House: the measures of a building of ours, its faces and their openings.

Own axes: x along the street, y into the plot, z up; the origin is on the ground, in the middle of the front's foot.
A face is seen from outside with u to the right, w inward and z up.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scenegen.recipes.solid import Vec2
from scenegen.recipes.thing import box
from schemas.scene_plan import Box

WALL_M = 0.32


@dataclass(frozen=True)
class House:
    """Metres."""

    width: float
    depth: float
    storeys: int
    base: float
    """Height of the ground floor above the ground."""
    storey: float
    bays: int
    window: Vec2
    """Width and height."""
    sill: float
    """Above each floor."""
    door_bay: int
    shop: bool
    parapet: float
    """Of the wall above the topmost ceiling."""

    @property
    def height(self) -> float:
        """From the ground to the top of the wall."""
        return self.base + self.storeys * self.storey + self.parapet

    def floor(self, storey: int) -> float:
        """Returns the height of a floor."""
        return self.base + storey * self.storey


@dataclass(frozen=True)
class Face:
    """One side of a house."""

    origin: Vec2
    along: Vec2
    inward: Vec2
    length: float

    def box(self, u: Vec2, w: Vec2, z: Vec2) -> Box:
        """Returns the box between two of each coordinate."""
        (x0, y0), (x1, y1) = self.point(u[0], w[0]), self.point(u[1], w[1])
        return box((min(x0, x1), min(y0, y1), z[0]), (max(x0, x1), max(y0, y1), z[1]))

    def point(self, u: float, w: float) -> Vec2:
        """Returns a place in the house's axes."""
        return (
            self.origin[0] + u * self.along[0] + w * self.inward[0],
            self.origin[1] + u * self.along[1] + w * self.inward[1],
        )


@dataclass(frozen=True)
class Opening:
    """A hole of a face."""

    u: Vec2
    z: Vec2
    storey: int
    kind: str = "window"
    """window, door or shop."""


def front(house: House) -> Face:
    """Returns the side that looks at the street, at the house's full width."""
    return Face((-house.width / 2, 0.0), (1.0, 0.0), (0.0, 1.0), house.width)


def flank(house: House, side: int) -> Face:
    """Returns a side that leans on the front's wall: +1 is that at the higher x."""
    x, deep = side * house.width / 2, house.depth - WALL_M
    if side > 0:
        return Face((x, WALL_M), (0.0, 1.0), (-1.0, 0.0), deep)
    return Face((x, house.depth), (0.0, -1.0), (1.0, 0.0), deep)


def bays_m(length_m: float, count: int) -> list[float]:
    """Returns the middles of equal bays along a face."""
    return [(number + 0.5) * length_m / count for number in range(count)]


def front_openings(house: House) -> list[Opening]:
    """Returns windows storey by storey, a door, and a shop's panes where there is one."""
    openings = []
    half, pitch = house.window[0] / 2, house.width / house.bays
    for storey in range(house.storeys):
        floor = house.floor(storey)
        for bay, u in enumerate(bays_m(house.width, house.bays)):
            if storey == 0 and bay == house.door_bay:
                openings.append(Opening((u - 0.53, u + 0.53), (house.base, floor + 2.12), 0, "door"))
            elif storey == 0 and house.shop:
                wide = pitch / 2 - 0.22
                openings.append(Opening((u - wide, u + wide), (floor + 0.45, floor + house.storey - 0.75), 0, "shop"))
            else:
                low = floor + house.sill
                openings.append(Opening((u - half, u + half), (low, low + house.window[1]), storey))
    return openings


def flank_openings(rng: np.random.Generator, house: House, face: Face) -> list[Opening]:
    """Returns a few windows of a side; some of their bays have none."""
    count = max(1, int(face.length / 3.2))
    bays = [u for u in bays_m(face.length, count) if rng.random() < 0.75]
    half = min(house.window[0], 1.3) / 2
    return [
        Opening((u - half, u + half), (house.floor(s) + house.sill, house.floor(s) + house.sill + house.window[1]), s)
        for s in range(house.storeys)
        for u in bays
    ]


def pierced(face: Face, openings: list[Opening], z: Vec2, w: Vec2) -> list[Box]:
    """Returns a wall with holes as boxes that meet edge to edge: bands between the heights of the openings."""
    levels = sorted({z[0], z[1], *(level for each in openings for level in each.z if z[0] < level < z[1])})
    bands: list[tuple[float, float, tuple[Vec2, ...]]] = []
    for low, high in pairwise(levels):
        runs = _runs(face.length, [each.u for each in openings if each.z[0] < high - 1e-6 and each.z[1] > low + 1e-6])
        if bands and bands[-1][2] == runs:
            bands[-1] = (bands[-1][0], high, runs)
        else:
            bands.append((low, high, runs))
    return [face.box(run, w, (low, high)) for low, high, runs in bands for run in runs]


def caged(face: Face, openings: list[Opening], z: Vec2, w: Vec2) -> list[Box]:
    """Returns a wall whose openings stand in rows and columns as few boxes: floors across, piers a little behind."""
    across = _runs(face.length, [each.u for each in openings])
    levels = _runs(z[1] - z[0], [(each.z[0] - z[0], each.z[1] - z[0]) for each in openings])
    piers = [face.box(run, (w[0] + 0.004, w[1]), z) for run in across]
    return [*piers, *(face.box((0.0, face.length), w, (z[0] + low, z[0] + high)) for low, high in levels)]


def _runs(length: float, holes: list[Vec2]) -> tuple[Vec2, ...]:
    runs, at = [], 0.0
    for low, high in sorted(holes):
        if low > at + 1e-6:
            runs.append((at, low))
        at = max(at, high)
    if at < length - 1e-6:
        runs.append((at, length))
    return tuple(runs)
