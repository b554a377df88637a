"""Made: street furniture of boxes, on the ground about its origin; fronts look to -y."""

from dataclasses import dataclass

import numpy as np

from scenegen.recipes.materials import draw_painted_metal
from scenegen.recipes.street.lettering import made_up, written
from scenegen.recipes.thing import box
from schemas.scene_plan import Box
from schemas.surface import Color, Surface

_POST_COLORS: tuple[Color, ...] = ((0.7, 0.1, 0.1), (0.92, 0.75, 0.1), (0.1, 0.25, 0.55), (0.15, 0.3, 0.2))

HEAD_M = 2.35, 3.25
"""Lower and upper end of a traffic light's head."""

LENSES: tuple[Color, ...] = ((0.95, 0.12, 0.08), (0.98, 0.68, 0.1), (0.15, 0.9, 0.45))


@dataclass(frozen=True)
class Made:
    """A piece of street furniture of boxes, on the ground about its origin."""

    class_name: str
    label: str
    boxes: tuple[Box, ...]
    surface: Surface
    worn: tuple["Made", ...] = ()
    """What is on it, of other surfaces: writing, panes."""


def litter_bin(rng: np.random.Generator) -> Made:
    """Returns a bin on a foot, with a lid."""
    half, high = float(rng.uniform(0.17, 0.24)), float(rng.uniform(0.75, 0.95))
    boxes = (
        box((-half, -half, 0.0), (half, half, high - 0.22)),
        *(
            box((x - 0.02, y - 0.02, high - 0.22), (x + 0.02, y + 0.02, high - 0.05))
            for x in (-half + 0.02, half - 0.02)
            for y in (-half + 0.02, half - 0.02)
        ),
        box((-half - 0.02, -half - 0.02, high - 0.05), (half + 0.02, half + 0.02, high)),
    )
    return Made("bin", "litter bin", boxes, draw_painted_metal(rng))


def post_box(rng: np.random.Generator) -> Made:
    """Returns a box for letters."""
    color = _POST_COLORS[int(rng.integers(len(_POST_COLORS)))]
    wide, high = float(rng.uniform(0.2, 0.27)), float(rng.uniform(1.1, 1.45))
    boxes = (
        box((-0.06, -0.06, 0.0), (0.06, 0.06, 0.4)),
        box((-wide, -0.2, 0.4), (wide, 0.2, high)),
        box((-wide - 0.02, -0.23, high), (wide + 0.02, 0.22, high + 0.05)),
        box((-0.7 * wide, -0.215, high - 0.2), (0.7 * wide, -0.2, high - 0.16)),
    )
    return Made("mailbox", "post box", boxes, Surface(finish="paint", color=color, roughness=0.35, wear=0.3))


def display_board(rng: np.random.Generator) -> Made:
    """Returns a board of a shop that stands on the pavement."""
    half, high = float(rng.uniform(0.25, 0.35)), float(rng.uniform(0.85, 1.15))
    boxes = (
        box((-half, -0.02, 0.12), (half, 0.02, high)),
        *(box((x - 0.02, -0.22, 0.0), (x + 0.02, 0.22, 0.05)) for x in (-half + 0.03, half - 0.03)),
        *(box((x - 0.02, -0.025, 0.05), (x + 0.02, 0.025, 0.12)) for x in (-half + 0.03, half - 0.03)),
    )
    slate = Surface(finish="paint", color=(0.07, 0.08, 0.08), roughness=0.8, wear=0.3)
    chalk = Surface(finish="paint", color=(0.88, 0.87, 0.82), roughness=0.9)
    lines = [
        box((u[0], -0.026, z + up[0]), (u[1], -0.0205, z + up[1]))
        for z in np.arange(0.3, high - 0.12, 0.13).tolist()
        for u, up in written(made_up(rng, (1, 4)), (1.5 * half, 0.07))
    ]
    writing = Made("sign", "writing on a display board", tuple(lines), chalk)
    return Made("sign", "display board", boxes, slate, (writing,))


def flower_tub(rng: np.random.Generator) -> Made:
    """Returns a square tub of concrete."""
    half, high = float(rng.uniform(0.3, 0.5)), float(rng.uniform(0.4, 0.6))
    rim = 0.06
    boxes = (
        box((-half, -half, 0.0), (half, half, high - 0.08)),
        *(box((-half, y - rim / 2, high - 0.08), (half, y + rim / 2, high)) for y in (-half + rim / 2, half - rim / 2)),
        *(
            box((x - rim / 2, -half + rim, high - 0.08), (x + rim / 2, half - rim, high))
            for x in (-half + rim / 2, half - rim / 2)
        ),
    )
    grey = float(rng.uniform(0.45, 0.62))
    return Made("planter", "planter", boxes, Surface(finish="concrete", color=(grey, grey, 0.96 * grey), roughness=0.9))


def utility_pole(rng: np.random.Generator) -> Made:
    """Returns a wooden pole with a cross-arm."""
    high = float(rng.uniform(7.0, 9.0))
    boxes = (
        box((-0.11, -0.11, 0.0), (0.11, 0.11, high)),
        box((-0.9, -0.06, high - 0.6), (0.9, 0.06, high - 0.48)),
        *(box((x - 0.03, -0.03, high - 0.48), (x + 0.03, 0.03, high - 0.3)) for x in (-0.8, -0.35, 0.35, 0.8)),
    )
    return Made("utility_pole", "utility pole", boxes, Surface(finish="bark", color=(0.36, 0.29, 0.22), roughness=0.95))


def traffic_light(rng: np.random.Generator) -> Made:
    """Returns three lamps under hoods on a pole; they look to -y."""
    low, high = HEAD_M
    pole = box((-0.05, -0.02, 0.0), (0.05, 0.08, high + 0.05))
    head = box((-0.15, -0.125, low), (0.15, -0.02, high))
    hoods = [
        each
        for number in range(3)
        for top in [high - 0.29 * number - 0.04]
        for each in (
            box((-0.11, -0.27, top - 0.02), (0.11, -0.125, top)),
            box((-0.11, -0.24, top - 0.15), (-0.095, -0.125, top - 0.02)),
            box((0.095, -0.24, top - 0.15), (0.11, -0.125, top - 0.02)),
        )
    ]
    shade = float(rng.uniform(0.05, 0.2))
    paint = Surface(finish="paint", color=(shade, 1.05 * shade, shade), roughness=0.45, wear=0.2)
    return Made("traffic_light", "traffic light", (pole, head, *hoods), paint)
