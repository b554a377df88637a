"""Computer monitors and keyboards, switched off."""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.sources.builtin.shapes import looks
from assets_catalog.sources.builtin.shapes.shape import Shape
from assets_catalog.sources.builtin.shapes.solids import Solid, box
from assets_catalog.sources.builtin.shapes.turnery import disc, rod

_SHELLS = (
    looks.look("plastic:black", "232427", looks.Finish(0.45)),
    looks.look("plastic:grey", "8b8e91", looks.Finish(0.45)),
    looks.look("plastic:white", "e9e9e6", looks.Finish(0.4)),
)


def monitor(rng: np.random.Generator) -> Shape:
    """Returns a monitor of 21 to 34 inches, tilted a little on its stand."""
    inches = float(rng.uniform(21, 34))
    ratio = 21 / 9 if inches > 29 and rng.random() < 0.6 else 16 / 9
    diagonal = 0.0254 * inches
    height = diagonal / math.hypot(ratio, 1)
    x, rim, chin = 0.5 * ratio * height, float(rng.uniform(0.006, 0.014)), float(rng.uniform(0.012, 0.03))
    low, tilt = float(rng.uniform(0.09, 0.18)), float(rng.uniform(0.0, 0.2))
    shell, metal = _SHELLS[int(rng.integers(3))], looks.metal(rng)
    half = 0.5 * (height + rim + chin)
    body = [box((-x - rim, -0.004, -half), (x + rim, 0.018, half), 0.003)]
    body.append(box((-0.45 * x, 0.012, -0.6 * half), (0.45 * x, 0.045, 0.55 * half), 0.014))
    screen = box((-x, -0.006, -half + chin), (x, 0.0, half - rim), 0.0008)
    middle = low + half
    leaning = [solid.turned("x", -tilt).moved(0.0, 0.0, middle) for solid in (*body, screen)]
    neck = box((-0.03, 0.035, 0.01), (0.03, 0.055, middle + 0.03), 0.006)
    foot = _foot(rng, x)
    stand_look = metal if rng.random() < 0.5 else shell
    return Shape([(shell, leaning[:-1]), (looks.SCREEN, leaning[-1:]), (stand_look, [neck, *foot])])


def _foot(rng: np.random.Generator, half_m: float) -> list[Solid]:
    """Returns a plate, a disc, or two prongs, and a hinge."""
    kind = int(rng.integers(3))
    wide = min(0.15, 0.45 * half_m)
    if kind == 0:
        return [box((-wide, -0.08, 0.0), (wide, 0.12, 0.012), 0.004)]
    if kind == 1:
        return [disc(0.11, 0.0, 0.012, 0.004, 40).moved(0.0, 0.03)]
    prongs = [rod((0.0, 0.045, 0.011), (side * 0.19, -0.11, 0.009), 0.009, 12) for side in (-1, 1)]
    return [
        *prongs,
        rod((0.0, 0.03, 0.01), (0.0, 0.12, 0.01), 0.01, 12),
        disc(0.035, 0.0, 0.024, 0.004, 24).moved(0.0, 0.045),
    ]


def keyboard(rng: np.random.Generator) -> Shape:
    """Returns a keyboard, with or without a number pad, low keys or tall."""
    pitch = 0.0185 * float(rng.uniform(0.95, 1.03))
    pad = bool(rng.random() < 0.6)
    columns, rows = (19 if pad else 15), int(rng.integers(4, 7))
    deep, rise = rows * pitch, float(rng.uniform(0.002, 0.008))
    margin, rest = float(rng.uniform(0.003, 0.022)), float(rng.choice([0.0, 0.0, 0.05, 0.07]))
    x, y = 0.5 * columns * pitch, 0.5 * deep
    thick = float(rng.uniform(0.008, 0.016))
    base = box((-x - margin, -y - margin - rest, 0.0), (x + margin, y + margin, thick), 0.003)
    keys = [key for row in range(rows) for key in _row(row, columns, pitch, pad)]
    shell = _SHELLS[int(rng.integers(3))]
    caps = shell if rng.random() < 0.6 else _SHELLS[int(rng.integers(3))]
    placed = [box((a - x, c - y, thick - 0.001), (b - x, d - y, thick + rise), 0.0012) for a, b, c, d in keys]
    tilt = float(rng.uniform(0.02, 0.09))
    solids = [solid.turned("x", tilt) for solid in (base, *placed)]
    feet = [
        box((side * 0.85 * x - 0.02, y - 0.01, -0.012), (side * 0.85 * x + 0.02, y + 0.004, 0.004), 0.002).turned(
            "x", tilt
        )
        for side in (-1, 1)
    ]
    return Shape([(shell, [solids[0], *feet]), (caps, solids[1:])])


def _row(row: int, columns: int, pitch_m: float, pad: bool) -> list[tuple[float, float, float, float]]:
    """Returns the keys of a row as low and high x, low and high y; row 0, the nearest, has the space bar."""
    gap = 0.0012
    main = 15
    starts = [0.0, 1.25, 2.5, 3.75, 10.0, 11.25, 12.5, 13.75, 15.0] if row == 0 else [float(k) for k in range(main + 1)]
    spans = list(pairwise(starts))
    if pad and columns > main:
        spans += [(main + 0.3 + 1.2 * k, main + 0.3 + 1.2 * (k + 1)) for k in range(3)]
    low, high = row * pitch_m + gap, (row + 1) * pitch_m - gap
    return [(a * pitch_m + gap, b * pitch_m - gap, low, high) for a, b in spans]
