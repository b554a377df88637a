"""Bicycles: a frame of tubes, two spoked wheels, a drive, bars and a saddle, on a side stand. The front is -y."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks, street_looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import curve, disc, lathe, rod, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion
from schemas.geometry import Vec3

_SPOKES = 24


@dataclass(frozen=True)
class _Frame:
    """Points of a bicycle in its middle plane (y, z); metres."""

    wheel: float
    front: float
    """y of the front hub; the rear hub's is the same behind."""
    crank: tuple[float, float]
    seat: tuple[float, float]
    """Top of the seat tube."""
    head: tuple[float, float]
    """Lower end of the head tube."""
    neck: tuple[float, float]
    """Its upper end."""
    tube: float
    step_through: bool


def bicycle(rng: np.random.Generator) -> Shape:
    """Returns a bicycle: a diamond frame or one to step through; straight, raised or dropped bars."""
    frame = _frame(rng)
    paint = street_looks.car_paint(rng)
    steel = looks.look("metal:steel", "b9bbbd", looks.Finish(0.28, metallic=1.0))
    wheels = [_wheel(frame.wheel).moved_all(y) for y in (frame.front, -frame.front)]
    tyres = [wheel.tyre for wheel in wheels]
    bright = [solid for wheel in wheels for solid in wheel.rim]
    saddle = looks.leather(rng) if rng.random() < 0.5 else looks.BLACK_PLASTIC
    guards = _guards(frame) if rng.random() < 0.5 else []
    carried = _carrier(rng, frame) if rng.random() < 0.5 else []
    bars, grips = _bars(rng, frame)
    return Shape(
        [
            (paint, [*_tubes(frame), *guards]),
            (street_looks.RUBBER, [*tyres, *grips, *_pedals(frame)]),
            (steel, [*bright, *bars, *_drive(frame), _stand(frame), *carried]),
            (saddle, _saddle(frame)),
        ]
    )


def _frame(rng: np.random.Generator) -> _Frame:
    wheel, base = float(rng.uniform(0.2, 0.36)), float(rng.uniform(0.94, 1.12))
    rise = float(rng.uniform(0.44, 0.56))
    front = -0.5 * base
    crank = (-front - 0.43, max(wheel - 0.06, 0.25))
    seat = (crank[0] + 0.3 * rise, crank[1] + rise)
    neck = (front + 0.17, crank[1] + 0.6)
    head = (neck[0] - 0.04, neck[1] - float(rng.uniform(0.12, 0.18)))
    return _Frame(wheel, front, crank, seat, head, neck, float(rng.uniform(0.015, 0.019)), bool(rng.random() < 0.4))


def _at(point: tuple[float, float], x_m: float = 0.0) -> Vec3:
    return x_m, point[0], point[1]


def _tubes(frame: _Frame) -> list[Solid]:
    r, rear = frame.tube, (-frame.front, frame.wheel)
    top = frame.seat[0] - 0.012, frame.seat[1] - 0.06
    low = frame.crank[0] + 0.1, frame.crank[1] + 0.22
    solids = [
        rod(_at(frame.crank), _at(frame.seat), r, 12),
        rod(_at(frame.head), _at(frame.neck), 1.15 * r, 12),
        rod(_at(frame.crank), _at((frame.head[0] + 0.01, frame.head[1] + 0.03)), 1.1 * r, 12),
        rod(_at(low if frame.step_through else top), _at((frame.neck[0] - 0.005, frame.neck[1] - 0.03)), 0.9 * r, 12),
        rod((-0.036, *frame.crank), (0.036, *frame.crank), 0.022, 14),
    ]
    for x in (-0.055, 0.055):
        solids.append(rod((0.3 * x, frame.crank[0] + 0.02, frame.crank[1]), _at(rear, x), 0.55 * r, 8))
        solids.append(rod((0.3 * x, top[0], top[1] + 0.02), _at(rear, x), 0.5 * r, 8))
        blade = [
            (0.75 * x, frame.head[0] - 0.005, frame.head[1] - 0.03),
            (x, frame.front + 0.07, frame.wheel + 0.12),
            _at((frame.front, frame.wheel), x),
        ]
        solids.append(tube(_smooth(blade), 0.7 * r, 8))
    crown = frame.head[0] - 0.005, frame.head[1] - 0.03
    solids.append(rod((-0.05, *crown), (0.05, *crown), 0.014, 10))
    solids.append(rod(_at(crown), _at(frame.head), 0.9 * r, 10))
    return solids


def _smooth(points: list[Vec3]) -> list[Vec3]:
    """Returns a bent line through three points, its x going straight."""
    flat = curve([(y, z) for _, y, z in points], 4)
    first, last = points[0][0], points[-1][0]
    return [(first + (last - first) * step / (len(flat) - 1), y, z) for step, (y, z) in enumerate(flat)]


@dataclass(frozen=True)
class _Wheel:
    tyre: Solid
    rim: list[Solid]

    def moved_all(self, y_m: float) -> "_Wheel":
        """Returns the wheel at another place along the bicycle."""
        return _Wheel(self.tyre.moved(0.0, y_m), [solid.moved(0.0, y_m) for solid in self.rim])


def _wheel(radius_m: float) -> _Wheel:
    """Returns a wheel about the x axis that stands on the ground."""
    thick = 0.019
    ring = [
        (radius_m - thick + thick * math.cos(turn), thick * math.sin(turn)) for turn in np.linspace(0, 2 * math.pi, 11)
    ]
    tyre = lathe([*ring[:-1], ring[0]], 44)
    inner = radius_m - 2 * thick
    rim = lathe(
        [
            (inner - 0.012, -0.011),
            (inner + 0.006, -0.011),
            (inner + 0.006, 0.011),
            (inner - 0.012, 0.011),
            (inner - 0.012, -0.011),
        ],
        44,
    )
    hub = lathe(
        [
            (0.0, -0.05),
            (0.014, -0.05),
            (0.022, -0.04),
            (0.012, -0.03),
            (0.012, 0.03),
            (0.022, 0.04),
            (0.014, 0.05),
            (0.0, 0.05),
        ],
        16,
    )
    spokes = [_spoke(step, inner) for step in range(_SPOKES)]
    upright = [solid.turned("y", 0.5 * math.pi).moved(z_m=radius_m) for solid in (tyre, rim, hub, *spokes)]
    return _Wheel(upright[0], upright[1:])


def _spoke(step: int, rim_m: float) -> Solid:
    """Returns a wire from one side of the hub to the rim, slanted against its neighbour."""
    at = 2 * math.pi * step / _SPOKES
    foot = at + (0.9 if step % 4 < 2 else -0.9)
    side = 0.034 if step % 2 else -0.034
    return rod(
        (0.018 * math.cos(foot), 0.018 * math.sin(foot), side),
        (rim_m * math.cos(at), rim_m * math.sin(at), 0.0),
        0.0015,
        5,
    )


def _drive(frame: _Frame) -> list[Solid]:
    """Returns chain wheel, sprocket, chain and cranks, on the right-hand side (-x, as seen from the rider's front)."""
    x, (y, z) = -0.055, frame.crank
    rear = -frame.front
    big = disc(0.09, -0.0025, 0.0025, 0.001, 36).turned("y", 0.5 * math.pi).moved(x, y, z)
    small = disc(0.036, -0.003, 0.003, 0.001, 24).turned("y", 0.5 * math.pi).moved(x, rear, frame.wheel)
    chain = [rod((x, y, z + side * 0.088), (x, rear, frame.wheel + side * 0.035), 0.004, 6) for side in (-1, 1)]
    cranks = [rod((side * 0.06, y, z), (side * 0.075, y + side * 0.12, z - side * 0.12), 0.009, 8) for side in (-1, 1)]
    axle = rod((-0.075, y, z), (0.075, y, z), 0.011, 10)
    return [big, small, *chain, *cranks, axle]


def _pedals(frame: _Frame) -> list[Solid]:
    y, z = frame.crank
    return [
        box(
            (min(side * 0.075, side * 0.165), y + side * 0.12 - 0.04, z - side * 0.12 - 0.011),
            (max(side * 0.075, side * 0.165), y + side * 0.12 + 0.04, z - side * 0.12 + 0.011),
            0.004,
        )
        for side in (-1, 1)
    ]


def _bars(rng: np.random.Generator, frame: _Frame) -> tuple[list[Solid], list[Solid]]:
    """Returns stem and handlebar, and the grips."""
    y, z = frame.neck[0] + 0.02, frame.neck[1] + float(rng.uniform(0.06, 0.14))
    stem = [rod(_at(frame.neck), (0.0, y, z), 0.012, 10), rod((0.0, y, z - 0.005), (0.0, y - 0.07, z), 0.012, 10)]
    sweep, lift = float(rng.uniform(0.0, 0.16)), float(rng.uniform(0.0, 0.07))
    half = float(rng.uniform(0.25, 0.31))
    line = curve([(0.0, 0.0), (0.3 * half, 0.1 * lift), (0.65 * half, 0.9 * lift), (half, lift)], 4)
    bars, grips = [*stem], []
    for side in (-1, 1):
        path = [(side * x, y - 0.07 + sweep * (x / half) ** 2.5, z + up) for x, up in line]
        bars.append(tube(path, 0.011, 10))
        grips.append(tube([path[-4], path[-3], path[-2], path[-1]], 0.0155, 10))
    return bars, grips


def _saddle(frame: _Frame) -> list[Solid]:
    y, z = frame.seat[0] + 0.04, frame.seat[1] + 0.13
    post = rod(_at(frame.seat), (0.0, y, z), 0.012, 10)
    back = cushion((-0.08, y - 0.02, z - 0.02), (0.08, y + 0.12, z + 0.035), 0.026, 0.006)
    nose = cushion((-0.026, y - 0.17, z - 0.012), (0.026, y + 0.06, z + 0.03), 0.02, 0.004)
    return [post, back, nose]


def _carrier(rng: np.random.Generator, frame: _Frame) -> list[Solid]:
    """Returns a rack over the rear wheel; some also have a wire basket before the bars."""
    y, z = -frame.front, max(2 * frame.wheel + 0.06, 0.62)
    rails = [rod((x, y - 0.2, z), (x, y + 0.2, z), 0.005, 8) for x in (-0.06, -0.02, 0.02, 0.06)]
    rails += [rod((-0.06, y + along, z), (0.06, y + along, z), 0.005, 8) for along in (-0.2, 0.0, 0.2)]
    rails += [rod((side * 0.06, y + 0.08, z), (side * 0.056, y, frame.wheel), 0.005, 8) for side in (-1, 1)]
    if rng.random() < 0.5:
        return rails
    front, low, high = frame.neck[0] - 0.22, frame.neck[1] - 0.16, frame.neck[1] + 0.06
    rings = [(0.6 * (1 - share) + share, low + share * (high - low)) for share in (0.0, 0.33, 0.66, 1.0)]
    wires = [
        rod((x0 * size, front + y0 * size, level), (x1 * size, front + y1 * size, level), 0.003, 6)
        for size, level in rings
        for (x0, y0), (x1, y1) in pairwise([(-0.18, -0.13), (0.18, -0.13), (0.18, 0.13), (-0.18, 0.13), (-0.18, -0.13)])
    ]
    spokes = [(x, y) for x in np.linspace(-0.18, 0.18, 7) for y in (-0.13, 0.13)] + [(x, 0.0) for x in (-0.18, 0.18)]
    wires += [rod((0.6 * px, front + 0.6 * py, low), (px, front + py, high), 0.003, 6) for px, py in spokes]
    floor = [
        rod((float(x), front - 0.078, low), (float(x), front + 0.078, low), 0.003, 6) for x in np.linspace(-0.1, 0.1, 6)
    ]
    return [*rails, *wires, *floor, rod((0.0, front + 0.078, low + 0.03), (0.0, *frame.head), 0.008, 8)]


def _guards(frame: _Frame) -> list[Solid]:
    """Returns mudguards over both wheels."""
    solids = []
    for y, start, end in ((frame.front, 0.15 * math.pi, 0.75 * math.pi), (-frame.front, 0.0, 0.8 * math.pi)):
        turns = np.linspace(start, end, 14)
        path = [
            (0.0, y + (frame.wheel + 0.016) * math.cos(t), frame.wheel + (frame.wheel + 0.016) * math.sin(t))
            for t in turns
        ]
        flat = tube([(0.0, py, pz) for _, py, pz in path], 0.012, 8)
        solids.append(flat.stretched(x=2.0))
    return solids


def _stand(frame: _Frame) -> Solid:
    return rod((0.05, -frame.front - 0.1, frame.wheel - 0.04), (0.17, -frame.front - 0.02, 0.008), 0.008, 8)
