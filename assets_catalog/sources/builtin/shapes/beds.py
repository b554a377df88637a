"""Beds: frame, head board, mattress, pillows and a blanket. The head is at +y."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMaterial
from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, Vec2, box, corners, post
from assets_catalog.sources.builtin.shapes.turnery import arc
from assets_catalog.sources.builtin.shapes.upholstery import cushion, pillow, sheet

_LENGTH_M = 2.0


@dataclass(frozen=True)
class _Bed:
    """The measures of a bed; metres."""

    width: float
    """Of the mattress."""
    slats: float
    """Height on which the mattress lies."""
    top: float
    """Height of the mattress's upper side."""
    head: float

    @property
    def half(self) -> float:
        return 0.5 * self.width


def bed(rng: np.random.Generator) -> Shape:
    """Returns a single or double bed, made."""
    slats = float(rng.uniform(0.22, 0.3))
    width = float(rng.choice([0.9, 1.2, 1.4, 1.6, 1.8]))
    bed = _Bed(width, slats, slats + float(rng.uniform(0.2, 0.26)), float(rng.uniform(0.85, 1.2)))
    frame = looks.wood_or_paint(rng)
    head_look, head = _head_board(rng, bed, frame)
    linen, cover = looks.bedlinen(rng), looks.fabric(rng)
    end = float(rng.uniform(0.32, 0.42))
    half = 0.5 * _LENGTH_M
    waves = rng.uniform(0, 2 * math.pi, size=4)
    blanket = _drape(bed, -half - 0.012, half - end - 0.22, 0.03, waves)
    fold = _drape(bed, half - end - 0.26, half - end, 0.042, waves)
    mattress = cushion((-bed.half, -half, slats - 0.02), (bed.half, half, bed.top), 0.05)
    return Shape(
        [
            (frame, _frame(bed)),
            (head_look, head),
            (looks.bedlinen(rng), [mattress]),
            (cover, [blanket]),
            (linen, [fold, *_pillows(rng, bed)]),
        ]
    )


def _frame(bed: _Bed) -> list[Solid]:
    x, y = bed.half + 0.012, 0.5 * _LENGTH_M + 0.014
    low, high = bed.slats - 0.14, bed.slats + 0.04
    sides = [box((at - 0.012, -y, low), (at + 0.012, y, high), 0.004) for at in (-x, x)]
    foot = box((-x - 0.012, -y - 0.024, low), (x + 0.012, -y, high), 0.004)
    base = box((-x, -y, high - 0.08), (x, y, high - 0.05), 0.002)
    legs = [
        post((px, py, 0.0), (0.04, 0.04), (px, py, low + 0.02), (0.055, 0.055))
        for px, py in corners(x - 0.03, y - 0.04)
    ]
    return [*sides, foot, base, *legs]


def _head_board(rng: np.random.Generator, bed: _Bed, frame: AssetMaterial) -> tuple[AssetMaterial, list[Solid]]:
    x, y = bed.half + 0.03, 0.5 * _LENGTH_M + 0.016
    kind = int(rng.integers(3))
    if kind == 0:
        return frame, [box((-x, y, 0.0), (x, y + 0.035, bed.head), 0.008)]
    if kind == 1:
        count = max(2, round(bed.width / 0.35))
        edges = np.linspace(-x, x, count + 1)
        pads = [cushion((a, y, bed.slats - 0.1), (b, y + 0.09, bed.head), 0.035) for a, b in pairwise(edges)]
        return looks.upholstery(rng), [*pads, box((-x + 0.01, y + 0.05, 0.0), (x - 0.01, y + 0.08, bed.head - 0.05))]
    posts = [post((px, y + 0.025, 0.0), (0.05, 0.05), (px, y + 0.025, bed.head), (0.05, 0.05), 0.005) for px in (-x, x)]
    rails = [box((-x, y + 0.012, z - 0.03), (x, y + 0.038, z + 0.03), 0.005) for z in (bed.top + 0.02, bed.head - 0.05)]
    places = np.linspace(-x, x, max(5, round(bed.width / 0.12)))[1:-1]
    slats = [box((px - 0.018, y + 0.018, bed.top), (px + 0.018, y + 0.032, bed.head - 0.05)) for px in places]
    return frame, [*posts, *rails, *slats]


def _pillows(rng: np.random.Generator, bed: _Bed) -> list[Solid]:
    """Returns one pillow, or two side by side, leaning a little on the head board."""
    count = 2 if bed.width > 1.3 else 1
    width = min(0.74, bed.width / count - 0.06)
    lean = float(rng.uniform(0.15, 0.4))
    places = [(index - 0.5 * (count - 1)) * (bed.width / count) for index in range(count)]
    leaning = pillow(width, 0.46, 0.17).turned("x", lean)
    return [
        leaning.turned("z", float(rng.uniform(-0.06, 0.06))).moved(
            x, 0.5 * _LENGTH_M - 0.26, bed.top + 0.05 + 0.19 * math.sin(lean)
        )
        for x in places
    ]


def _drape(bed: _Bed, y0_m: float, y1_m: float, above_m: float, waves: Float64[np.ndarray, "4"]) -> Solid:
    """Returns a cover that hangs down both sides; `above_m`: of its outer face over the mattress."""
    line = np.array(_draped_line(bed.half + above_m - 0.014, bed.slats + 0.05, bed.top + above_m))
    ys = np.linspace(y0_m, y1_m, max(3, round((y1_m - y0_m) / 0.09)))
    points = np.empty((len(ys), len(line), 3))
    points[..., 0], points[..., 2] = line[:, 0], line[:, 1]
    points[..., 1] = ys[:, None]
    swell = np.sin(5.1 * ys[:, None] + 3.3 * line[:, 0] + waves[0]) + np.sin(
        4.3 * line[:, 0] - 7.7 * ys[:, None] + waves[1]
    )
    points[..., 2] += 0.0035 * swell
    points[..., 0] += (
        np.sign(line[:, 0]) * 0.004 * np.sin(9.0 * ys[:, None] + waves[2]) * (np.abs(line[:, 0]) >= bed.half)
    )
    return sheet(points, 0.022)


def _draped_line(half_m: float, low_m: float, high_m: float) -> list[Vec2]:
    """Returns the cross-section (x, z) from the right hem over the top to the left hem."""
    bend = 0.07
    right = arc((half_m - bend, high_m - bend), bend, 0.0, 0.5 * math.pi, 5)
    top = [(float(x), high_m) for x in np.linspace(half_m - bend, bend - half_m, 14)[1:-1]]
    left = [(-x, z) for x, z in reversed(right)]
    middle = 0.5 * (low_m + high_m - bend)
    return [(half_m, low_m), (half_m, middle), *right, *top, *left, (-half_m, middle), (-half_m, low_m)]
