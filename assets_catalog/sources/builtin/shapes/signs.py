"""Traffic signs: a plate on a post, of the shapes that mean danger, order, stop and direction. Seen from -y."""

import math
from collections.abc import Sequence

import numpy as np

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import street_looks
from assets_catalog.sources.builtin.shapes.looks import Finish, look
from assets_catalog.sources.builtin.shapes.shape import Layer, Shape
from assets_catalog.sources.builtin.shapes.skins import slab, standing
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2
from assets_catalog.sources.builtin.shapes.turnery import arc, disc, lathe, rod

_RED = look("paint:sign", "b01e23", Finish(0.35))
_BLUE = look("paint:sign", "1f4e96", Finish(0.35))
_YELLOW = look("paint:sign", "e3b52a", Finish(0.35))
_WHITE = look("paint:sign", "eceeee", Finish(0.35))
_BLACK = look("paint:sign", "1a1b1c", Finish(0.4))
_GREEN = look("paint:sign", "1e6b45", Finish(0.35))
_LAYER_M = 0.0015

Figure = list[tuple[AssetMaterial, list[list[Vec2]]]]
"""Flat outlines, the hindmost first, about the middle of a plate of unit radius."""


def traffic_sign(rng: np.random.Generator) -> Shape:
    """Returns a sign on a post, 2.2 to 3.2 m tall; some carry a second plate below."""
    radius, top = float(rng.uniform(0.28, 0.42)), float(rng.uniform(2.3, 3.2))
    draw = (_warning, _order, _ban, _stop, _direction, _parking)[int(rng.integers(6))]
    figure = draw(rng)
    middle = top - radius
    layers = _plate(figure, radius, middle)
    low = middle - radius
    if rng.random() < 0.3:
        note: Figure = [(_WHITE, [_panel(0.85, 0.32)]), (_BLACK, _lettering(rng, 0.6))]
        layers += _plate(note, radius, low - 0.4 * radius)
        low -= 0.72 * radius
    post = rod((0.0, 0.0, 0.0), (0.0, 0.0, top - 0.12 * radius), 0.03, 16)
    cap = disc(0.034, top - 0.12 * radius - 0.01, top - 0.12 * radius + 0.012, 0.004, 16)
    collar = lathe([(0.0, 0.0), (0.075, 0.0), (0.075, 0.015), (0.034, 0.05), (0.0, 0.05)], 20)
    clamps = [disc(0.038, z - 0.02, z + 0.02, 0.003, 16) for z in (middle - 0.4 * radius, middle + 0.4 * radius)]
    metal = street_looks.GALVANISED if rng.random() < 0.7 else street_looks.street_paint(rng)
    return Shape([*layers, (metal, [post, cap, collar, *clamps])])


def _plate(figure: Figure, radius_m: float, middle_m: float) -> list[Layer]:
    """Returns the outlines as thin boards before the post; the back of the hindmost is bare metal."""
    front = -0.038
    layers: list[Layer] = [(street_looks.GALVANISED, [_board(figure[0][1][0], radius_m, middle_m, front, 0.004)])]
    for index, (material, outlines) in enumerate(figure):
        at = front - 0.003 - _LAYER_M * index
        layers.append((material, [_board(outline, radius_m, middle_m, at, 0.003) for outline in outlines]))
    return layers


def _board(outline: Sequence[Vec2], radius_m: float, middle_m: float, y_m: float, thick_m: float) -> Solid:
    sized = [(radius_m * x, radius_m * z + middle_m) for x, z in outline]
    return standing(slab(sized, 0.0, thick_m), y_m - thick_m)


def _warning(rng: np.random.Generator) -> Figure:
    back = _YELLOW if rng.random() < 0.3 else _WHITE
    mark = [_panel(0.07, 0.28, 0.02), _round((0.0, -0.38), 0.08)] if rng.random() < 0.5 else [_bend(rng)]
    return [(_RED, [_triangle(1.0)]), (back, [_triangle(0.72)]), (_BLACK, mark)]


def _ban(rng: np.random.Generator) -> Figure:
    number = _digits(rng) if rng.random() < 0.7 else [_panel(0.6, 0.1)]
    return [(_RED, [_round((0.0, 0.0), 1.0)]), (_WHITE, [_round((0.0, 0.0), 0.78)]), (_BLACK, number)]


def _order(rng: np.random.Generator) -> Figure:
    turn = float(rng.choice([0.0, 0.5 * math.pi, -0.5 * math.pi, 0.75 * math.pi]))
    arrow = [[_turned(point, turn) for point in part] for part in _arrow()]
    return [(_WHITE, [_round((0.0, 0.0), 1.0)]), (_BLUE, [_round((0.0, 0.0), 0.95)]), (_WHITE, arrow)]


def _stop(rng: np.random.Generator) -> Figure:
    if rng.random() < 0.5:
        bar = [_panel(0.66, 0.13)]
        return [(_WHITE, [_round((0.0, 0.0), 1.0)]), (_RED, [_round((0.0, 0.0), 0.96)]), (_WHITE, bar)]
    return [(_WHITE, [_ring(8, 1.0)]), (_RED, [_ring(8, 0.93)]), (_WHITE, _lettering(rng, 0.62))]


def _direction(rng: np.random.Generator) -> Figure:
    color = (_BLUE, _GREEN, _WHITE)[int(rng.integers(3))]
    ink = _BLACK if color == _WHITE else _WHITE
    rim = _BLACK if color == _WHITE else _WHITE
    rows = int(rng.integers(2, 4))
    text = [
        [(x, z + 0.42 * (row - 0.5 * (rows - 1))) for x, z in part]
        for row in range(rows)
        for part in _lettering(rng, 1.1)
    ]
    tall = 0.3 + 0.22 * rows
    return [(rim, [_panel(1.5, tall)]), (color, [_panel(1.45, tall - 0.05)]), (ink, text)]


def _parking(rng: np.random.Generator) -> Figure:
    stem = [(-0.3, -0.6), (-0.1, -0.6), (-0.1, 0.6), (-0.3, 0.6)]
    bars = [[(-0.12, z), (0.2, z), (0.2, z + 0.17), (-0.12, z + 0.17)] for z in (0.43, -0.08)]
    bow = [
        (0.14, -0.02),
        (0.34, 0.08),
        (0.4, 0.25),
        (0.34, 0.46),
        (0.14, 0.56),
        (0.14, 0.4),
        (0.22, 0.26),
        (0.14, 0.12),
    ]
    side = float(rng.uniform(0.78, 0.9))
    return [(_WHITE, [_panel(side, 1.0)]), (_BLUE, [_panel(side - 0.05, 0.95)]), (_WHITE, [stem, *bars, bow])]


def _ring(count: int, radius: float, turn_rad: float | None = None) -> list[Vec2]:
    start = math.pi / count if turn_rad is None else turn_rad
    return [
        (radius * math.cos(start + 2 * math.pi * step / count), radius * math.sin(start + 2 * math.pi * step / count))
        for step in range(count)
    ]


def _round(middle: Vec2, radius: float) -> list[Vec2]:
    return [(x + middle[0], z + middle[1]) for x, z in _ring(40, radius)]


def _triangle(radius: float) -> list[Vec2]:
    """Returns a triangle on its base, its corners round."""
    tips = _ring(3, 0.88 * radius, 0.5 * math.pi)
    rounds = [
        arc(tip, 0.12 * radius, 0.5 * math.pi + turn - 1.0, 0.5 * math.pi + turn + 1.0, 4)
        for tip, turn in zip(tips, (0.0, 2 * math.pi / 3, 4 * math.pi / 3), strict=True)
    ]
    return [(x, z - 0.15 * (1 - radius)) for corner in rounds for x, z in corner]


def _panel(half_x: float, half_z: float, corner: float = 0.06) -> list[Vec2]:
    """Returns a rectangle with round corners."""
    radius = min(corner, 0.5 * half_x, 0.5 * half_z)
    x, z = half_x - radius, half_z - radius
    middles = [((x, -z), -0.5), ((x, z), 0.0), ((-x, z), 0.5), ((-x, -z), 1.0)]
    return [p for at, turn in middles for p in arc(at, radius, turn * math.pi, (turn + 0.5) * math.pi, 3)]


def _arrow() -> list[list[Vec2]]:
    """Returns shaft and head of an arrow that points up."""
    return [[(-0.12, -0.6), (0.12, -0.6), (0.12, 0.15), (-0.12, 0.15)], [(-0.38, 0.1), (0.38, 0.1), (0.0, 0.66)]]


def _bend(rng: np.random.Generator) -> list[Vec2]:
    """Returns a road that swings aside."""
    side = 1.0 if rng.random() < 0.5 else -1.0
    line = [(-0.06, -0.4), (0.06, -0.4), (0.1, -0.1), (0.24, 0.2), (0.1, 0.28), (-0.06, -0.05)]
    return line if side > 0 else [(-x, z) for x, z in reversed(line)]


def _turned(point: Vec2, turn_rad: float) -> Vec2:
    x, z = point
    return x * math.cos(turn_rad) - z * math.sin(turn_rad), x * math.sin(turn_rad) + z * math.cos(turn_rad)


_SEGMENTS = {"3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc", "8": "abcdefg", "0": "abcdef"}
_BARS: dict[str, tuple[Vec2, Vec2]] = {
    "a": ((-0.16, 0.31), (0.16, 0.41)), "g": ((-0.16, -0.05), (0.16, 0.05)), "d": ((-0.16, -0.41), (0.16, -0.31)),
    "f": ((-0.21, 0.0), (-0.11, 0.41)), "b": ((0.11, 0.0), (0.21, 0.41)),
    "e": ((-0.21, -0.41), (-0.11, 0.0)), "c": ((0.11, -0.41), (0.21, 0.0)),
}  # fmt: skip


def _digits(rng: np.random.Generator) -> list[list[Vec2]]:
    """Returns a number from 30 to 80, its digits built of bars."""
    tens = str(int(rng.integers(3, 9)))
    return [bar for digit, x in ((tens, -0.27), ("0", 0.27)) for bar in _digit(digit, x)]


def _digit(digit: str, x: float) -> list[list[Vec2]]:
    bars = [_BARS[name] for name in _SEGMENTS[digit]]
    return [[(x0 + x, z0), (x1 + x, z0), (x1 + x, z1), (x0 + x, z1)] for (x0, z0), (x1, z1) in bars]


def _lettering(rng: np.random.Generator, half_x: float) -> list[list[Vec2]]:
    """Returns a row of blocks that reads as a word from afar."""
    blocks, x = [], -half_x
    while x < half_x - 0.12:
        wide = float(rng.uniform(0.09, 0.2))
        end = min(x + wide, half_x)
        blocks.append([(x, -0.13), (end, -0.13), (end, 0.13), (x, 0.13)])
        x = end + 0.05
    return blocks
