"""Chairs and stools: slatted wood, padded, moulded shells; round and square stools."""

import math

import numpy as np
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape, carries
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box, corners, post
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, lathe, leg, rod
from assets_catalog.sources.builtin.shapes.upholstery import cushion, sheet


def stool(rng: np.random.Generator) -> Shape:
    """Returns a low stool or a bar stool."""
    height = float(rng.uniform(0.42, 0.5) if rng.random() < 0.6 else rng.uniform(0.62, 0.7))
    radius = float(rng.uniform(0.15, 0.19))
    timber = looks.wood(rng) if rng.random() < 0.7 else looks.metal(rng)
    count = int(rng.integers(3, 5))
    angles = [math.pi * (2 * step + 1) / count for step in range(count)]
    spread, under = 1.15 * radius, height - 0.04
    legs = [
        leg(
            (spread * math.cos(a), spread * math.sin(a), 0.0),
            (0.6 * radius * math.cos(a), 0.6 * radius * math.sin(a), under),
            0.012,
            0.018,
        )
        for a in angles
    ]
    share = float(rng.uniform(0.3, 0.42))
    at = spread + (0.6 * radius - spread) * share
    ends = [(at * math.cos(a), at * math.sin(a), share * under) for a in angles]
    bars = [rod(ends[step - 1], ends[step], 0.009) for step in range(count)]
    seat = [disc(radius, under - 0.002, under + 0.026, 0.006)]
    if rng.random() < 0.45:
        return Shape([(timber, [*legs, *bars, *seat]), (looks.upholstery(rng), [_round_pad(radius, under + 0.02)])])
    return Shape([(timber, [*legs, *bars, *seat])], (carries(1.3 * radius, 1.3 * radius, under + 0.026),))


def _round_pad(radius_m: float, low_m: float) -> Solid:
    """Returns a round seat pad, plump in the middle."""
    side = arc((radius_m - 0.025, low_m + 0.025), 0.025, -0.5 * math.pi, 0.5 * math.pi, 6)
    return lathe([(0.0, low_m), *side, (0.5 * radius_m, low_m + 0.06), (0.0, low_m + 0.064)], 32)


def slatted_chair(rng: np.random.Generator) -> Shape:
    """Returns a wooden chair whose back is a ladder or a row of spindles."""
    half, depth = 0.5 * float(rng.uniform(0.4, 0.47)), float(rng.uniform(0.4, 0.46))
    seat, top = float(rng.uniform(0.43, 0.47)), float(rng.uniform(0.8, 0.98))
    timber = looks.wood_or_paint(rng)
    y, x = 0.5 * depth, half - 0.025
    legs = [
        post((side * x, -y + 0.025, 0.0), (0.026, 0.026), (side * x, -y + 0.025, seat - 0.02), (0.036, 0.036))
        for side in (-1, 1)
    ]
    rears = [
        post((side * x, y + 0.03, 0.0), (0.026, 0.03), (side * x, y - 0.03, seat), (0.034, 0.038)) for side in (-1, 1)
    ]
    backs = [
        post((side * x, y - 0.03, seat - 0.005), (0.032, 0.036), (side * x, y + 0.06, top), (0.024, 0.022))
        for side in (-1, 1)
    ]
    rails = [box((-x, at - 0.01, seat - 0.075), (x, at + 0.01, seat - 0.02)) for at in (-y + 0.025, y - 0.03)]
    rails += [
        box((side * x - 0.01, -y + 0.03, seat - 0.075), (side * x + 0.01, y - 0.03, seat - 0.02)) for side in (-1, 1)
    ]
    lean = (seat, y - 0.03, top, y + 0.06)
    fill = _spindles(x, lean) if rng.random() < 0.45 else _ladder(x, lean, int(rng.integers(2, 5)))
    wooden = [*legs, *rears, *backs, *rails, *fill]
    board = (-half, -y - 0.005, seat - 0.022), (half, y - 0.055, seat)
    if rng.random() < 0.4:
        pad = cushion((-half + 0.01, -y + 0.005, seat - 0.005), (half - 0.01, y - 0.06, seat + 0.035), 0.02, 0.01)
        return Shape([(timber, [*wooden, box(*board, 0.006)]), (looks.fabric(rng), [pad])])
    return Shape([(timber, [*wooden, box(*board, 0.006)])])


_Lean = tuple[float, float, float, float]
"""z and y where a leaning back starts, z and y where it ends; metres."""


def _back_y(lean: _Lean, z_m: float) -> float:
    low, y_low, high, y_high = lean
    return y_low + (y_high - y_low) * (z_m - low) / (high - low)


def _ladder(x_m: float, lean: _Lean, count: int) -> list[Solid]:
    """Returns slats across the back, the uppermost at its top."""
    low, _, high, _ = lean
    levels = np.linspace(low + 0.16, high - 0.035, count)
    return [_across(x_m, lean, float(z), 0.028) for z in levels]


def _spindles(x_m: float, lean: _Lean) -> list[Solid]:
    """Returns upright rods under a top rail."""
    low, _, high, _ = lean
    places = np.linspace(-x_m, x_m, 7)[1:-1]
    rods = [
        rod((x, _back_y(lean, low - 0.01), low - 0.01), (x, _back_y(lean, high - 0.04), high - 0.04), 0.007)
        for x in places
    ]
    return [*rods, _across(x_m, lean, high - 0.035, 0.032)]


def _across(x_m: float, lean: _Lean, z_m: float, half_m: float) -> Solid:
    y, rise = _back_y(lean, z_m), (lean[3] - lean[1]) / (lean[2] - lean[0]) * half_m
    width = 2 * x_m - 0.008
    return post((0.0, y - rise, z_m - half_m), (width, 0.016), (0.0, y + rise, z_m + half_m), (width, 0.016))


def padded_chair(rng: np.random.Generator) -> Shape:
    """Returns an upholstered chair without arms."""
    half, depth = 0.5 * float(rng.uniform(0.44, 0.5)), float(rng.uniform(0.44, 0.5))
    seat, top = float(rng.uniform(0.46, 0.49)), float(rng.uniform(0.82, 1.0))
    timber, cloth = looks.wood(rng) if rng.random() < 0.6 else looks.metal(rng), looks.upholstery(rng)
    y = 0.5 * depth
    legs = [
        leg((1.12 * x, 1.12 * at, 0.0), (x, at, seat - 0.06), 0.011, 0.019) for x, at in corners(half - 0.05, y - 0.05)
    ]
    base = cushion((-half, -y, seat - 0.085), (half, y - 0.03, seat + 0.012), 0.03, 0.012)
    lying = cushion((-half + 0.01, 0.0, -0.036), (half - 0.01, top - seat + 0.07, 0.036), 0.03, 0.01)
    back = lying.turned("x", 0.5 * math.pi - 0.17).moved(0.0, y - 0.055, seat - 0.07)
    return Shape([(timber, legs), (cloth, [base, back])])


def shell_chair(rng: np.random.Generator) -> Shape:
    """Returns a moulded shell on four thin legs."""
    width, seat = float(rng.uniform(0.44, 0.5)), float(rng.uniform(0.42, 0.45))
    rise = float(rng.uniform(0.32, 0.42))
    skin = looks.vivid(rng, "plastic:smooth", 0.4) if rng.random() < 0.5 else looks.plastic(rng)
    shell = sheet(_shell_points(width, seat, rise, float(rng.uniform(0.02, 0.05))), 0.011)
    wooden = bool(rng.random() < 0.6)
    spots = [(x, y - 0.02) for x, y in corners(0.13, 0.13)]
    if wooden:
        legs = [leg((1.55 * x, 1.5 * y, 0.0), (x, y, seat - 0.02), 0.011, 0.018) for x, y in spots]
    else:
        legs = [rod((1.4 * x, 1.4 * y, 0.004), (x, y, seat - 0.02), 0.009) for x, y in spots]
    frame = [box((-0.14, -0.16, seat - 0.045), (0.14, 0.12, seat - 0.025), 0.004)]
    return Shape([(skin, [shell]), (looks.wood(rng) if wooden else looks.metal(rng), [*legs, *frame])])


def _shell_points(width_m: float, seat_m: float, rise_m: float, curl_m: float) -> Float64[np.ndarray, "m n 3"]:
    """Returns a seat that bends up into a back; rows run from the front lip to the top, columns from right to left."""
    profile = np.array(_shell_profile(seat_m, rise_m))
    across = np.linspace(1.0, -1.0, 11)
    on_back = np.clip((profile[:, 1] - seat_m - 0.02) / rise_m, 0, 1)[:, None]
    narrow = 0.5 * width_m * (1 - 0.22 * on_back**2)
    points = np.empty((len(profile), len(across), 3))
    points[..., 0] = narrow * across
    points[..., 1] = profile[:, :1] - 1.6 * curl_m * on_back * across**2
    points[..., 2] = profile[:, 1:] + curl_m * (1 - on_back) * across**4 - 0.08 * on_back**3 * across**4
    return points


def _shell_profile(seat_m: float, rise_m: float) -> list[Vec2]:
    """Returns the middle line (y, z): lip, seat, bend, back."""
    lip = arc((-0.18, seat_m - 0.05), 0.05, math.radians(165), math.radians(90), 4)
    bend = arc((0.1, seat_m + 0.1), 0.1, math.radians(-90), math.radians(-10), 7)
    back = [
        (bend[-1][0] + 0.17 * step * rise_m, bend[-1][1] + step * (rise_m - 0.08)) for step in (0.25, 0.5, 0.75, 1.0)
    ]
    return [*lip, (-0.08, seat_m - 0.006), (0.02, seat_m - 0.004), *bend, *back]
