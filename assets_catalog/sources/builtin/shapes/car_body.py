"""The body of a car: its measures, the loft below the windows, the cabin, and what is laid onto them.

The lower body is a loft along y whose underside rises over the wheels; the cabin's outline at a height is a
superellipse between a windscreen and a rear that lean.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes.skins import loft
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box
from assets_catalog.sources.builtin.shapes.upholstery import sheet

_AROUND = 40
_SQUARE = 5.0
"""Power of the cabin's superellipse."""


@dataclass(frozen=True)
class Vehicle:
    """The measures of a car; metres, y from the front backward, the middle of its length at 0."""

    length: float
    width: float
    height: float
    wheel: float
    """Radius with the tyre."""
    axles: Vec2
    """y of the front and the rear wheels."""
    nose: float
    """Height of the bonnet's front edge."""
    belt: float
    """Height of the windows' lower edge."""
    tail: float
    """Height of the boot, at the rear."""
    screen: Vec2
    """y of the windscreen's foot and head."""
    rear: Vec2
    """y of the rear window's foot and head."""
    roof: float
    """Half the roof's width over half the car's."""

    @property
    def clearance(self) -> float:
        """Height of the sills above the ground."""
        return 0.56 * self.wheel

    def cabin(self, share: float) -> tuple[float, float, float, float]:
        """Returns front, rear, half width and height of the cabin's outline, from belt (0) to roof (1)."""
        low = 0.5 * self.width * 0.94
        bent = share**1.25
        return (
            self.screen[0] + share * (self.screen[1] - self.screen[0]),
            self.rear[0] + share * (self.rear[1] - self.rear[0]),
            low + bent * (0.5 * self.width * self.roof - low),
            self.belt - 0.05 + share * (self.height - 0.06 - self.belt + 0.05),
        )


def lower_body(vehicle: Vehicle) -> Solid:
    """Returns the body below the windows."""
    return loft(np.array([_section(vehicle, y) for y in _stations(vehicle)]), math.radians(50))


def seams(vehicle: Vehicle, places_m: Sequence[float]) -> list[Solid]:
    """Returns the dark gaps beside doors, at these places along both sides."""
    arch = 1.2 * vehicle.wheel
    clear = [y for y in places_m if all(abs(y - axle) > arch for axle in vehicle.axles)]
    return [_seam(vehicle, y, side) for y in clear for side in (-1, 1)]


def _seam(vehicle: Vehicle, y_m: float, side: int) -> Solid:
    ring = np.array(_section(vehicle, y_m))[4:11]
    edges = np.stack([ring, ring], axis=1)
    edges[:, :, 0] = side * (edges[:, :, 0] + 0.0012)
    edges[:, :, 1] += np.array([-0.004, 0.004]) * side
    return sheet(edges, 0.004)


def _stations(vehicle: Vehicle) -> list[float]:
    half, arch = 0.5 * vehicle.length, 1.13 * vehicle.wheel
    ys = [-half, half, *(side * (half - inset) for side in (-1, 1) for inset in (0.03, 0.1, 0.22))]
    ys += [vehicle.screen[0] - 0.3, vehicle.screen[0], vehicle.rear[0] + 0.02, 0.0]
    for axle in vehicle.axles:
        ys += [axle + arch * math.cos(turn) for turn in np.linspace(0, math.pi, 15)]
        ys += [axle - arch - 0.005, axle + arch + 0.005]
    kept: list[float] = []
    for y in sorted(ys):
        if not kept or y - kept[-1] > 0.004:
            kept.append(y)
    return kept


def _section(vehicle: Vehicle, y_m: float) -> list[tuple[float, float, float]]:
    """Returns a ring across the body: over the top to +x, down the side, under the floor and up the other side."""
    low, high = _underside(vehicle, y_m), _deck(vehicle, y_m)
    end = max(0.0, abs(y_m) - (0.5 * vehicle.length - 0.34)) / 0.34
    half = 0.5 * vehicle.width * (1 - 0.16 * end**3)
    shares = (0.0, 0.12, 0.3, 0.5, 0.7, 0.88, 0.97)
    side = []
    for share in shares[::-1]:
        z = low + share * (high - low)
        rise = (z - 0.2) / (vehicle.belt - 0.2)
        bulge = 1 - 0.05 * (rise - 0.45) ** 2 * 4
        side.append((half * bulge * (1 - 0.05 * max(0.0, share - 0.88) / 0.09), z))
    crown = 0.035 * (1 - 0.5 * end)
    top = [
        (0.0, high + crown),
        (0.35 * half, high + 0.9 * crown),
        (0.7 * half, high + 0.55 * crown),
        (0.88 * half, high),
    ]
    right = [*top, *side]
    floor = [(0.5 * half, low), (-0.5 * half, low)]
    left = [(-x, z) for x, z in reversed(right[1:])]
    return [(x, y_m, z) for x, z in (*right, *floor, *left)]


def _underside(vehicle: Vehicle, y_m: float) -> float:
    arch = 1.13 * vehicle.wheel
    low = vehicle.clearance + 0.12 * max(0.0, abs(y_m) / (0.5 * vehicle.length) - 0.86) / 0.14
    for axle in vehicle.axles:
        if abs(y_m - axle) <= arch + 1e-9:
            low = max(low, vehicle.wheel + math.sqrt(max(arch**2 - (y_m - axle) ** 2, 0.0)))
    return low


def _deck(vehicle: Vehicle, y_m: float) -> float:
    """Returns the height of bonnet, window line or boot."""
    half = 0.5 * vehicle.length
    places = [
        -half,
        -half + 0.03,
        -half + 0.12,
        -half + 0.3,
        vehicle.screen[0],
        vehicle.rear[0] - 0.1,
        half - 0.06,
        half,
    ]
    cowl = vehicle.belt - 0.01
    rise = vehicle.nose + 0.4 * (cowl - vehicle.nose)
    heights = [
        vehicle.nose - 0.12,
        vehicle.nose - 0.04,
        vehicle.nose,
        rise,
        cowl,
        vehicle.belt,
        vehicle.tail - 0.03,
        vehicle.tail - 0.1,
    ]
    return float(np.interp(y_m, places, heights))


def cabin(vehicle: Vehicle) -> Solid:
    """Returns what stands above the window line, roof included, as one body; the panes are laid onto it."""
    shares = [*np.linspace(0, 1, 7), 1.0, 1.0]
    rings = np.array([_outline(vehicle, float(share)) for share in shares])
    middle = rings[-1, :, :2].mean(axis=0)
    rings[-2, :, :2] = middle + 0.95 * (rings[-2, :, :2] - middle)
    rings[-1, :, :2] = middle + 0.72 * (rings[-1, :, :2] - middle)
    rings[-2, :, 2] += 0.035
    rings[-1, :, 2] = vehicle.height
    return loft(rings, math.radians(60))


def _outline(vehicle: Vehicle, share: float) -> Float64[np.ndarray, "n 3"]:
    front, rear, half, z = vehicle.cabin(share)
    turns = 2 * np.pi * (np.arange(_AROUND) + 0.5) / _AROUND
    x = half * np.sign(np.cos(turns)) * np.abs(np.cos(turns)) ** (2 / _SQUARE)
    y = 0.5 * (front + rear) + 0.5 * (rear - front) * np.sign(np.sin(turns)) * np.abs(np.sin(turns)) ** (2 / _SQUARE)
    return np.stack([x, y, np.full(_AROUND, z)], axis=1)


def panes(vehicle: Vehicle, rows: int) -> list[Solid]:
    """Returns windscreen, rear window and the side windows: one for a driver alone, else as many as `rows`."""
    shares = np.linspace(0.14, 0.9, 6)
    ends = [_end_pane(vehicle, shares, front) for front in ((True, False) if rows > 1 else (True,))]
    start, stop = 0.12, (0.3 if rows == 1 else 0.97)
    edges = np.linspace(start, stop, rows + 1)
    gap = 0.07
    sides = [
        _side_pane(vehicle, shares, (float(a) + 0.04 * (a > start), float(b) - 0.04 * (b < stop)), side, gap)
        for side in (-1, 1)
        for a, b in pairwise(edges)
    ]
    return [*ends, *sides]


def _end_pane(vehicle: Vehicle, shares: Float64[np.ndarray, " r"], front: bool) -> Solid:
    across = np.linspace(0.86, -0.86, 9) * (1 if front else -1)
    points = np.empty((len(shares), len(across), 3))
    for row, share in enumerate(shares):
        fore, rear, half, z = vehicle.cabin(float(share))
        reach = 0.5 * (rear - fore) + 0.006
        y = reach * (1 - np.abs(across) ** _SQUARE) ** (1 / _SQUARE)
        points[row] = np.stack([half * across, 0.5 * (fore + rear) + (-y if front else y), np.full(9, z)], axis=1)
    return sheet(points, 0.014)


def _side_pane(vehicle: Vehicle, shares: Float64[np.ndarray, " r"], span: Vec2, side: int, gap_m: float) -> Solid:
    """Returns a window between two shares of the belt's length; its ends lean with the cabin's."""
    points = np.empty((len(shares), 7, 3))
    for row, share in enumerate(shares):
        fore, rear, half, z = vehicle.cabin(float(share))
        low, high = (fore + gap_m + at * (rear - fore - 2 * gap_m) for at in span)
        ys = np.linspace(high, low, 7) if side > 0 else np.linspace(low, high, 7)
        inside = np.clip(np.abs(2 * ys - fore - rear) / (rear - fore), 0, 0.98)
        x = (half + 0.005) * (1 - inside**_SQUARE) ** (1 / _SQUARE)
        points[row] = np.stack([side * x, ys, np.full(7, z)], axis=1)
    return sheet(points, 0.014)


def chassis(vehicle: Vehicle) -> Solid:
    """Returns the dark middle of the car, seen in the wheel arches only."""
    half, y = 0.5 * vehicle.width - 0.27, 0.5 * vehicle.length - 0.2
    return box((-half, -y, 0.8 * vehicle.clearance), (half, y, min(vehicle.wheel * 2.05, vehicle.nose - 0.08)), 0.01)
