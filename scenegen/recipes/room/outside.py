"""Outside: what a window looks out on: ground, a hedge, neighbouring houses, low enough to let the sun in.

The room may lie on any of the lower floors, so the ground is 0.4 to 4 m below.
"""

import math
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.shape import Opening, Shape, direction
from scenegen.recipes.room.shell import fixed
from scenegen.recipes.solid import Solid, Vec2
from schemas.scene_plan import Box

_GROUND_M = 200.0


@dataclass(frozen=True)
class Street:
    """What the houses share."""

    palette: Palette
    ground_m: float
    sun_elevation_rad: float
    """No house may reach higher, seen from the room."""


def plan_outside(rng: np.random.Generator, shape: Shape, palette: Palette, sun_elevation_rad: float) -> list[Piece]:
    """Returns the ground, and for each window a hedge or houses or both."""
    ground_m = -uniform(rng, 0.4, 1.2) if rng.random() < 0.65 else -uniform(rng, 2.6, 4.0)
    slab = Box(center_m=(0.0, 0.0, ground_m - 0.5), size_m=(_GROUND_M, _GROUND_M, 1.0))
    pieces = [fixed("ground", "ground", [slab], palette.grass)]
    street, taken = Street(palette, ground_m, sun_elevation_rad), list[Solid]()
    for window in shape.windows:
        if rng.random() < 0.6:
            pieces += _hedge(rng, window, street, taken)
        for _ in range(int(rng.integers(1, 4))):
            pieces += _house(rng, window, street, taken)
    return pieces


def _ahead(rng: np.random.Generator, window: Opening, distance_m: float, spread_rad: float) -> Vec2:
    """Returns a point outside a window, up to `spread_rad` off its axis."""
    outward_rad = math.atan2(-window.wall.inward[1], -window.wall.inward[0])
    x, y = direction(outward_rad + uniform(rng, -spread_rad, spread_rad))
    start_x, start_y = window.wall.point_m(window.middle_m, 0.0)
    return start_x + x * distance_m, start_y + y * distance_m


def _hedge(rng: np.random.Generator, window: Opening, street: Street, taken: list[Solid]) -> list[Piece]:
    distance_m, high_m = uniform(rng, 5.0, 10.0), uniform(rng, 0.8, 1.4)
    x, y = window.wall.point_m(window.middle_m, -distance_m)
    box = Box(center_m=(0.0, 0.0, high_m / 2), size_m=(uniform(rng, 8.0, 16.0), uniform(rng, 0.6, 1.0), high_m))
    hedge = Made("plant", "hedge", (box,), street.palette.hedge, box.size_m)
    piece = Piece(hedge, (x, y, street.ground_m), window.wall.yaw_rad)
    if any(piece.solid.overlaps(other) for other in taken):
        return []
    taken.append(piece.solid)
    return [piece]


def _house(rng: np.random.Generator, window: Opening, street: Street, taken: list[Solid]) -> list[Piece]:
    """Returns body, roof and windows of a house no taller than the sun's height over the room's floor allows."""
    wide_m, deep_m, high_m = uniform(rng, 8.0, 14.0), uniform(rng, 7.0, 10.0), uniform(rng, 4.5, 8.5)
    above_m = high_m + street.ground_m + 0.5
    shadow_m = above_m / math.tan(max(street.sun_elevation_rad - 0.08, 0.12)) + deep_m
    x, y = _ahead(rng, window, max(uniform(rng, 20.0, 45.0), shadow_m), 0.6)
    yaw_rad = window.wall.yaw_rad + uniform(rng, -0.35, 0.35)
    ground = Solid((x, y), (wide_m / 2 + 1.0, deep_m / 2 + 1.0), yaw_rad, street.ground_m, street.ground_m + high_m)
    if any(ground.overlaps(other) for other in taken) or max(abs(x), abs(y)) > 0.45 * _GROUND_M:
        return []
    taken.append(ground)
    parts = (
        ("house", [Box(center_m=(0.0, 0.0, high_m / 2), size_m=(wide_m, deep_m, high_m))], street.palette.facade),
        (
            "roof",
            [Box(center_m=(0.0, 0.0, high_m + 0.2), size_m=(wide_m + 0.6, deep_m + 0.6, 0.4))],
            street.palette.roof,
        ),
        ("house window", _house_windows(wide_m, deep_m, high_m), street.palette.pane),
    )
    return [
        Piece(Made("building", label, tuple(boxes), surface), (x, y, street.ground_m), yaw_rad)
        for label, boxes, surface in parts
    ]


def _house_windows(wide_m: float, deep_m: float, high_m: float) -> list[Box]:
    """Returns rows of panes on the front, which looks at the room."""
    columns, rows = round(wide_m / 2.6), max(1, round(high_m / 2.9))
    return [
        Box(
            center_m=(
                (column + 0.5) / columns * wide_m - wide_m / 2,
                -deep_m / 2 - 0.015,
                (row + 0.55) / rows * high_m,
            ),
            size_m=(1.1, 0.03, 1.4),
        )
        for row in range(rows)
        for column in range(columns)
    ]
