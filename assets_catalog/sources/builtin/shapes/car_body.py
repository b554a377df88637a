"""The body of a car: its measures, one loft from bumper to bumper, and the panes and lights that are laid onto it.

A section across the body goes from the sill up a bulging side to the shoulder, leans inward along the windows, and over
a crowned roof or bonnet. What is laid on takes its points from the same formulas, a few millimetres further out.
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

_ROUNDED_M = 0.55
"""How far from its ends a body narrows."""
_SOFT_M = np.linspace(-0.11, 0.11, 9)
"""Edges of the roof's line are this soft."""
_LEANING_M = 0.15
"""A rear window that leans less is left out."""
_SIDE = (0.0, 0.07, 0.2, 0.4, 0.62, 0.8, 0.92, 1.0)
_WINDOW = (0.03, 0.2, 0.4, 0.6, 0.8, 0.96)
_ROOF_AT = (0.0, 0.35, 0.7, 0.92, 1.0)


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
    lean: float = 0.3
    """By which share of the half width the sides lean in on one metre above the belt."""
    taper: float = 0.3
    """By which share it is narrower at its ends."""

    @property
    def clearance(self) -> float:
        """Height of the sills above the ground."""
        return 0.62 * self.wheel

    def half(self, y_m: float) -> float:
        """Returns half the width at the shoulder."""
        end = max(0.0, abs(y_m) - (0.5 * self.length - _ROUNDED_M)) / _ROUNDED_M
        return 0.5 * self.width * (1.0 - self.taper * min(end, 1.0) ** 2.6)

    def deck(self, y_m: float) -> float:
        """Returns the height of bonnet, shoulder or boot."""
        half = 0.5 * self.length
        front, back = -half, half
        places = [front, front + 0.016, front + 0.05, front + 0.13, self.screen[0], self.rear[0] - 0.15]
        places += [back - 0.1, back - 0.04, back - 0.012, back]
        nose, tail = self.nose, self.tail
        heights = [nose - 0.17, nose - 0.1, nose - 0.035, nose, self.belt - 0.01, self.belt]
        heights += [tail - 0.01, tail - 0.04, tail - 0.1, tail - 0.17]
        return float(np.interp(y_m, places, heights))

    def top(self, y_m: float) -> float:
        """Returns the height of the roof, of a screen that leads to it, or of what lies before and behind them."""
        places = [self.screen[0], self.screen[1], 0.5 * (self.screen[1] + self.rear[1]), self.rear[1], self.rear[0]]
        heights = [self.belt, self.height - 0.045, self.height, self.height - 0.035, min(self.tail, self.belt)]
        if not self.screen[0] <= y_m <= self.rear[0]:
            return self.deck(y_m) + 0.014
        soft = min(1.0, (self.screen[1] - self.screen[0]) / 0.6)
        around = np.clip(y_m + soft * _SOFT_M, self.screen[0], self.rear[0])
        return max(float(np.interp(around, places, heights).mean()), self.deck(y_m) + 0.014)

    def side(self, y_m: float, z_m: float) -> float:
        """Returns how far out the body's skin is at a height, above or below the shoulder."""
        half, deck = self.half(y_m), self.deck(y_m)
        if z_m >= deck:
            up = z_m - deck
            return half * (0.955 - self.lean * up * (0.75 + 0.5 * up))
        rise = (z_m - self.clearance) / max(self.belt - self.clearance, 0.1)
        bulge = 1.0 - 0.16 * max(0.0, 0.42 - rise) ** 1.5 - 0.1 * max(0.0, rise - 0.7) ** 1.3
        return half * min(bulge, 1.0 - 0.045 * max(0.0, 1.0 - (deck - z_m) / 0.07))

    def roof(self, y_m: float, share: float) -> float:
        """Returns the height of the skin at a share of the way from the middle to the roof's edge."""
        top, edge = self.top(y_m), self.edge(y_m)
        crown = 0.03 if top - self.deck(y_m) < 0.1 else 0.015
        fall = top - edge
        return float(
            np.interp(share, _ROOF_AT, (top + crown, top + 0.8 * crown, top - 0.06 * fall, edge + 0.6 * fall, edge))
        )

    def edge(self, y_m: float) -> float:
        """Returns the height where the side ends and the roof begins."""
        tall = self.top(y_m) - self.deck(y_m)
        return self.top(y_m) - 0.065 * min(1.0, tall / 0.3)


def body(vehicle: Vehicle) -> Solid:
    """Returns the whole skin."""
    return loft(np.array([_section(vehicle, y) for y in _stations(vehicle)]), math.radians(42))


def _stations(vehicle: Vehicle) -> list[float]:
    half, arch = 0.5 * vehicle.length, 1.1 * vehicle.wheel
    ys = [
        side * (half - inset)
        for side in (-1, 1)
        for inset in (0.0, 0.008, 0.02, 0.05, 0.1, 0.16, 0.26, 0.4, _ROUNDED_M)
    ]
    for foot, head in (vehicle.screen, vehicle.rear):
        ys += np.linspace(foot - math.copysign(0.12, head - foot), head + math.copysign(0.14, head - foot), 11).tolist()
    ys += np.linspace(vehicle.screen[1], vehicle.rear[1], 5).tolist()
    for axle in vehicle.axles:
        ys += [axle + arch * math.cos(turn) for turn in np.linspace(0, math.pi, 15)]
        ys += [axle - arch - 0.005, axle + arch + 0.005]
    kept: list[float] = []
    for y in sorted(y for y in ys if abs(y) <= half):
        if not kept or y - kept[-1] > 0.004:
            kept.append(y)
    return kept


def _section(vehicle: Vehicle, y_m: float) -> list[tuple[float, float, float]]:
    """Returns a ring across the body: over the top to +x, down the side, under the floor and up the other side."""
    low, deck, edge = _underside(vehicle, y_m), vehicle.deck(y_m), vehicle.edge(y_m)
    rim = vehicle.side(y_m, edge)
    top = [(share * rim, vehicle.roof(y_m, share)) for share in _ROOF_AT[:-1]]
    window = [(vehicle.side(y_m, z), z) for z in (deck + share * (edge - deck) for share in reversed(_WINDOW))]
    side = [(vehicle.side(y_m, z), z) for z in (low + share * (deck - low) for share in reversed(_SIDE))]
    right = [*top, (rim, edge), *window, *side]
    floor = [(0.5 * side[-1][0], low), (-0.5 * side[-1][0], low)]
    left = [(-x, z) for x, z in reversed(right[1:])]
    return [(x, y_m, z) for x, z in (*right, *floor, *left)]


def _underside(vehicle: Vehicle, y_m: float) -> float:
    arch, half = 1.1 * vehicle.wheel, 0.5 * vehicle.length
    away = half - abs(y_m)
    low = vehicle.clearance + float(np.interp(away, [0.0, 0.02, 0.06, 0.2, 0.5], [0.2, 0.12, 0.06, 0.03, 0.0]))
    for axle in vehicle.axles:
        if abs(y_m - axle) <= arch + 1e-9:
            low = max(low, vehicle.wheel + math.sqrt(max(arch**2 - (y_m - axle) ** 2, 0.0)))
    return min(low, vehicle.deck(y_m) - 0.08)


def seams(vehicle: Vehicle, places_m: Sequence[float]) -> list[Solid]:
    """Returns the dark gaps beside doors, at these places along both sides, and around the bonnet."""
    arch = 1.18 * vehicle.wheel
    clear = [y for y in places_m if all(abs(y - axle) > arch for axle in vehicle.axles)]
    uprights = [_line(vehicle, y, side) for y in clear for side in (-1, 1)]
    y = vehicle.screen[0] - 0.1
    shares = np.linspace(0.95, -0.95, 9)
    across = np.array(
        [
            [(a * vehicle.side(y, vehicle.edge(y)), at, vehicle.roof(at, abs(a)) + 0.002) for a in shares]
            for at in (y, y + 0.012)
        ]
    )
    return [*uprights, sheet(across, 0.004)]


def _line(vehicle: Vehicle, y_m: float, side: int) -> Solid:
    low, high = _underside(vehicle, y_m) + 0.1, vehicle.deck(y_m) - 0.01
    return sheet(
        _on_side(vehicle, np.linspace(low, high, 8), [(y_m - 0.005, y_m + 0.005)] * 8, side, (2, 0.002)), 0.004
    )


def _on_side(
    vehicle: Vehicle, heights_m: Float64[np.ndarray, " r"], spans_m: Sequence[Vec2], side: int, grid: tuple[int, float]
) -> Float64[np.ndarray, "r c 3"]:
    """Returns points of the skin at heights, each from one y to another; `grid`: how many, and how far outside it."""
    count, out = grid
    points = np.empty((len(heights_m), count, 3))
    for row, (z, (low, high)) in enumerate(zip(heights_m, spans_m, strict=True)):
        ys = np.linspace(high, low, count) if side > 0 else np.linspace(low, high, count)
        away = [min(max(0.0, abs(y) - 0.5 * vehicle.length + 0.4) / 0.4, 1.0) * math.copysign(out, y) for y in ys]
        points[row] = [(side * (vehicle.side(float(y), z) + out), y + a, z) for y, a in zip(ys, away, strict=True)]
    return points


def panes(vehicle: Vehicle, doors: Sequence[float], reach: float = 1.0) -> tuple[list[Solid], list[Solid]]:
    """Returns the panes, and the dark frames beneath them; side windows are parted at `doors`, shares of their length.

    `reach`: how far back side windows go, of the whole; where that is not all, there is no rear window either.
    """
    ends = [_end_pane(vehicle, vehicle.screen, True)]
    if reach >= 1.0 and abs(vehicle.rear[0] - vehicle.rear[1]) > _LEANING_M:
        ends.append(_end_pane(vehicle, vehicle.rear, False))
    heights = np.linspace(vehicle.belt + 0.035, vehicle.height - 0.13, 6)
    edges = [0.0, *doors, 1.0]
    glass, frames = [], []
    for side in (-1, 1):
        whole = [_window_ends(vehicle, float(z), reach) for z in heights]
        frames.append(sheet(_on_side(vehicle, heights, whole, side, (11, 0.003)), 0.01))
        inner = heights + np.linspace(0.012, -0.012, 6)
        for a, b in pairwise(edges):
            spans = [(low + a * (high - low) + 0.022, low + b * (high - low) - 0.022) for low, high in whole]
            if min(high - low for low, high in spans) > 0.05:
                glass.append(sheet(_on_side(vehicle, inner, spans, side, (5, 0.006)), 0.006))
    return [*ends, *glass], frames


def _window_ends(vehicle: Vehicle, z_m: float, reach: float) -> Vec2:
    """Returns from where to where side windows go at a height, along the slopes of both screens."""
    share = (z_m - vehicle.belt) / (vehicle.height - vehicle.belt)
    (foot, head), (rear_foot, rear_head) = vehicle.screen, vehicle.rear
    low, high = foot + share * (head - foot) + 0.17, rear_foot + share * (rear_head - rear_foot) - 0.15
    return low, low + reach * (high - low)


def _end_pane(vehicle: Vehicle, ends: Vec2, front: bool) -> Solid:
    (foot, head), across = ends, np.linspace(0.89, -0.89, 11) * (1 if front else -1)
    points = np.empty((8, 11, 3))
    for row, share in enumerate(np.linspace(0.14, 0.89, 8)):
        y = foot + float(share) * (head - foot)
        rim = vehicle.side(y, vehicle.edge(y))
        points[row] = [
            (a * rim, y - math.copysign(0.007, head - foot), vehicle.roof(y, abs(a)) + 0.005) for a in across
        ]
    return sheet(points, 0.01)


def lamps(vehicle: Vehicle, front: bool, heights_m: Vec2, long_m: float, out_m: float = 0.007) -> list[Solid]:
    """Returns lights that wrap around two corners of the body, lower toward the middle of the car."""
    y = 0.5 * vehicle.length
    heights = np.linspace(*heights_m, 4)
    way = -1.0 if front else 1.0
    spans = [sorted((way * (y - 0.025), way * (y - long_m * share))) for share in np.linspace(0.75, 1.0, 4)]
    return [
        sheet(_on_side(vehicle, heights, [(low, high) for low, high in spans], side, (9, out_m)), 0.012)
        for side in (-1, 1)
    ]


def chassis(vehicle: Vehicle) -> Solid:
    """Returns the dark middle of the car, seen in the wheel arches only."""
    half, y = 0.5 * vehicle.width - 0.27, 0.5 * vehicle.length - 0.25
    return box((-half, -y, 0.8 * vehicle.clearance), (half, y, min(vehicle.wheel * 2.05, vehicle.nose - 0.08)), 0.01)
