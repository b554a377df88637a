"""Sofas and armchairs: upholstered ones on feet, and lounge chairs in a wooden frame."""

import math
from dataclasses import dataclass

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box, corners, post
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, lathe, leg, rod
from assets_catalog.sources.builtin.shapes.upholstery import cushion, pillow


def sofa(rng: np.random.Generator) -> Shape:
    """Returns a sofa of two or three seats."""
    seats = int(rng.integers(2, 5))
    return _upholstered(rng, seats, seats * float(rng.uniform(0.52, 0.72)))


def corner_sofa(rng: np.random.Generator) -> Shape:
    """Returns a sofa with a chaise at one end, left or right."""
    seats = int(rng.integers(2, 4))
    return _upholstered(rng, seats, seats * float(rng.uniform(0.62, 0.75)), float(rng.uniform(0.45, 0.75)))


def armchair(rng: np.random.Generator) -> Shape:
    """Returns an upholstered armchair."""
    return _upholstered(rng, 1, float(rng.uniform(0.5, 0.62)))


@dataclass(frozen=True)
class _Couch:
    """The measures of an upholstered seat; metres."""

    seats: int
    inner: float
    """Width between the arms."""
    arm: float
    depth: float
    seat_height: float
    arm_height: float
    back_height: float
    back: float
    """Thickness of the back."""
    foot: float

    @property
    def width(self) -> float:
        return self.inner + 2 * self.arm

    @property
    def half_depth(self) -> float:
        return 0.5 * self.depth


def _upholstered(rng: np.random.Generator, seats: int, inner_m: float, chaise_m: float = 0.0) -> Shape:
    seat_height = float(rng.uniform(0.4, 0.46))
    couch = _Couch(
        seats=seats,
        inner=inner_m,
        arm=float(rng.uniform(0.1, 0.21)),
        depth=float(rng.uniform(0.78, 1.0)),
        seat_height=seat_height,
        arm_height=seat_height + float(rng.uniform(0.12, 0.2)),
        back_height=float(rng.uniform(0.72, 0.98)),
        back=float(rng.uniform(0.14, 0.19)),
        foot=float(rng.uniform(0.06, 0.16)),
    )
    cloth, timber = looks.upholstery(rng), looks.wood(rng) if rng.random() < 0.7 else looks.metal(rng)
    rolled = bool(rng.random() < 0.35)
    soft = [*_body(couch), *_arms(couch, rolled), *_seat_cushions(couch), *_back_cushions(couch)]
    if chaise_m > 0:
        soft += _chaise(couch, chaise_m, 1 if rng.random() < 0.5 else -1)
    throws = _throw_pillows(rng, couch)
    return Shape([(cloth, soft), (timber, _feet(couch)), (looks.fabric(rng), throws)])


def _body(couch: _Couch) -> list[Solid]:
    x, y = 0.5 * couch.width - 0.012, couch.half_depth
    base = cushion((-x, -y + 0.015, couch.foot), (x, y - 0.006, couch.seat_height - 0.12), 0.02)
    inner = 0.5 * couch.inner + 0.4 * couch.arm
    back = cushion((-inner, y - couch.back, couch.foot + 0.01), (inner, y, couch.back_height - 0.07), 0.05)
    return [base, back]


def _arms(couch: _Couch, rolled: bool) -> list[Solid]:
    y, half = couch.half_depth, 0.5 * couch.arm
    solids = []
    for side in (-1, 1):
        x = side * (0.5 * couch.width - half)
        top = couch.arm_height - (half if rolled else 0.0)
        narrow = 0.82 * half if rolled else half
        solids.append(cushion((x - narrow, -y, couch.foot), (x + narrow, y - 0.003, top), 0.035))
        if rolled:
            solids.append(rod((x, -y - 0.01, top), (x, y - 0.02, top), half, 20))
    return solids


def _seat_cushions(couch: _Couch) -> list[Solid]:
    step, y = couch.inner / couch.seats, couch.half_depth
    edges = [-0.5 * couch.inner + step * seat for seat in range(couch.seats)]
    low, high = couch.seat_height - 0.14, couch.seat_height + 0.02
    return [
        cushion((x + 0.003, -y - 0.008, low), (x + step - 0.003, y - couch.back + 0.01, high), 0.045, 0.016)
        for x in edges
    ]


def _back_cushions(couch: _Couch) -> list[Solid]:
    step = couch.inner / couch.seats
    half, thickness = 0.5 * step - 0.004, 0.17
    height = couch.back_height - couch.seat_height + 0.01
    lying = cushion((-half, 0.0, -0.5 * thickness), (half, height, 0.5 * thickness), 0.06, 0.03)
    leaning = lying.turned("x", 0.5 * math.pi - 0.16)
    y = couch.half_depth - couch.back - 0.5 * thickness
    centers = [-0.5 * couch.inner + step * (seat + 0.5) for seat in range(couch.seats)]
    return [leaning.moved(x, y, couch.seat_height - 0.01) for x in centers]


def _chaise(couch: _Couch, reach_m: float, side: int) -> list[Solid]:
    """Returns the part of a corner sofa that reaches forward at one end, in the place of the arm's front."""
    wide = couch.inner / couch.seats + couch.arm
    outer, inner = side * 0.5 * couch.width, side * (0.5 * couch.width - wide)
    x0, x1 = min(outer, inner), max(outer, inner)
    y = -couch.half_depth
    base = cushion((x0 + 0.004, y - reach_m, couch.foot), (x1 - 0.004, y + 0.15, couch.seat_height - 0.12), 0.02)
    top = cushion(
        (x0, y - reach_m - 0.008, couch.seat_height - 0.14), (x1, y + 0.02, couch.seat_height + 0.02), 0.045, 0.016
    )
    feet = [
        leg((x, y - reach_m + 0.07, 0.0), (x, y - reach_m + 0.07, couch.foot + 0.02), 0.016, 0.024)
        for x in (x0 + 0.07, x1 - 0.07)
    ]
    return [base, top, *feet]


def _throw_pillows(rng: np.random.Generator, couch: _Couch) -> list[Solid]:
    side_m = float(rng.uniform(0.38, 0.46))
    sides = [side for side in (-1, 1) if rng.random() < 0.5][: couch.seats]
    leaning = pillow(side_m, side_m, 0.16).turned("x", 0.5 * math.pi - 0.35)
    x = 0.5 * couch.inner - 0.5 * side_m
    y = couch.half_depth - couch.back - 0.3
    return [leaning.turned("z", -0.2 * side).moved(side * x, y, couch.seat_height + 0.47 * side_m) for side in sides]


def _feet(couch: _Couch) -> list[Solid]:
    spots = corners(0.5 * couch.width - 0.07, couch.half_depth - 0.07)
    return [leg((1.01 * x, 1.03 * y, 0.0), (x, y, couch.foot + 0.01), 0.013, 0.024) for x, y in spots]


def lounge_chair(rng: np.random.Generator) -> Shape:
    """Returns a chair of two wooden side frames with loose cushions."""
    half, depth = 0.5 * float(rng.uniform(0.58, 0.82)), float(rng.uniform(0.68, 0.86))
    seat, arm, top = float(rng.uniform(0.36, 0.4)), float(rng.uniform(0.54, 0.6)), float(rng.uniform(0.78, 0.88))
    timber, cloth = looks.wood(rng), looks.upholstery(rng)
    frame = [solid for side in (-1, 1) for solid in _side_frame(side * half, depth, arm)]
    y = 0.5 * depth
    rails = [box((-half, at - 0.015, seat - 0.14), (half, at + 0.015, seat - 0.07)) for at in (-y + 0.1, y - 0.2)]
    inner = half - 0.03
    low = (
        cushion((-inner, -y + 0.03, -0.06), (inner, y - 0.1, 0.07), 0.04, 0.015).turned("x", -0.1).moved(0.0, 0.0, seat)
    )
    lying = cushion((-inner, 0.0, -0.07), (inner, top - seat + 0.06, 0.07), 0.05, 0.02)
    high = lying.turned("x", 0.5 * math.pi - 0.3).moved(0.0, y - 0.24, seat + 0.02)
    slats = [
        rod((x, y - 0.17, seat - 0.1), (x, y + 0.06, top - 0.04), 0.011) for x in np.linspace(-0.8, 0.8, 5) * inner
    ]
    head = box((-half + 0.02, y + 0.045, top - 0.07), (half - 0.02, y + 0.075, top - 0.01), 0.008)
    return Shape([(timber, [*frame, *rails, *slats, head]), (cloth, [low, high])])


def _side_frame(x_m: float, depth_m: float, arm_m: float) -> list[Solid]:
    y = 0.5 * depth_m
    front = post((x_m, -y + 0.03, 0.0), (0.028, 0.028), (x_m, -y + 0.07, arm_m - 0.01), (0.036, 0.042))
    rear = post((x_m, y + 0.02, 0.0), (0.028, 0.028), (x_m, y - 0.11, arm_m - 0.01), (0.036, 0.042))
    arm = box((x_m - 0.035, -y, arm_m - 0.022), (x_m + 0.035, y - 0.04, arm_m), 0.008)
    return [front, rear, arm, box((x_m - 0.012, -y + 0.07, 0.24), (x_m + 0.012, y - 0.05, 0.285))]


def ottoman(rng: np.random.Generator) -> Shape:
    """Returns a padded footstool: square on feet, or a round drum."""
    height = float(rng.uniform(0.36, 0.46))
    cloth, timber = looks.upholstery(rng), looks.wood(rng) if rng.random() < 0.7 else looks.metal(rng)
    if rng.random() < 0.35:
        radius = float(rng.uniform(0.22, 0.36))
        edge = arc((radius - 0.04, height - 0.05), 0.04, 0.0, 0.5 * math.pi, 5)
        base_line = [(0.0, 0.03), (radius - 0.02, 0.03), (radius - 0.004, 0.045)]
        drum = lathe([*base_line, *edge, (0.4 * radius, height + 0.004), (0.0, height + 0.006)], 44)
        seam = lathe(
            [*arc((radius - 0.001, height - 0.06), 0.005, -math.pi, math.pi, 8)[:-1], (radius - 0.006, height - 0.06)],
            44,
        )
        return Shape([(cloth, [drum, seam]), (timber, [disc(radius - 0.05, 0.0, 0.035, 0.004, 36)])])
    x, y = 0.5 * float(rng.uniform(0.45, 0.95)), 0.5 * float(rng.uniform(0.4, 0.6))
    foot = float(rng.uniform(0.06, 0.16))
    base = cushion((-x, -y, foot), (x, y, height - 0.09), 0.02)
    top = cushion((-x - 0.004, -y - 0.004, height - 0.12), (x + 0.004, y + 0.004, height + 0.02), 0.045, 0.02)
    feet = [
        leg((1.04 * px, 1.04 * py, 0.0), (px, py, foot + 0.01), 0.013, 0.024) for px, py in corners(x - 0.06, y - 0.06)
    ]
    return Shape([(cloth, [base, top]), (timber, feet)])
