"""Joinery: windows with frame, bars and sill, and doors with leaf, panels, architrave and handle.

No glass: a window is an opening. A door is closed, its leaf filling the opening a little behind the wall's face; the
leaf of a passage stands open in the room.
"""

import math
from itertools import pairwise

import numpy as np

from assets_catalog.record import SupportSurface
from scenegen.recipes.draws import uniform
from scenegen.recipes.room.palette import Palette
from scenegen.recipes.room.piece import Made, Piece
from scenegen.recipes.room.shape import Opening, Shape, Span
from scenegen.recipes.room.shell import ARCHITRAVE_M, fixed
from scenegen.recipes.solid import Solid
from schemas.scene_plan import Box

SILL_OVERHANG_M = 0.035
_SILL_THICK_M = 0.03
LINING_M = 0.02
_LEAF_INWARD_M = (-0.06, -0.02)


def plan_window(rng: np.random.Generator, shape: Shape, window: Opening, palette: Palette) -> tuple[Piece, Piece]:
    """Returns a window's frame, and its sill, which can carry things."""
    inward_m = (0.05 - shape.wall_m, 0.115 - shape.wall_m)
    sill = Made(
        "window_sill",
        "window sill",
        _sill(window, inward_m[1]),
        palette.window,
        supports=(_sill_support(window, inward_m[1]),),
    )
    return fixed("window", "window", _frame(rng, window, inward_m), palette.window), Piece(sill, (0.0, 0.0, 0.0))


def _frame(rng: np.random.Generator, window: Opening, inward_m: Span) -> list[Box]:
    (left, right), (low, high) = window.along_m, window.z_m
    bar_m = uniform(rng, 0.05, 0.075)
    wall = window.wall
    uprights = np.linspace(left, right - bar_m, 1 + max(1, round(window.width_m / uniform(rng, 0.65, 1.1))))
    posts = [wall.box((float(x), float(x) + bar_m), inward_m, (low + bar_m, high - bar_m)) for x in uprights]
    rails = [wall.box((left, right), inward_m, z) for z in ((low, low + bar_m), (high - bar_m, high))]
    if rng.random() < 0.45:
        rails += _transoms(window, bar_m, inward_m, uprights, high - uniform(rng, 0.25, 0.4) * (high - low))
    return posts + rails


def _transoms(window: Opening, bar_m: float, inward_m: Span, uprights: np.ndarray, z_m: float) -> list[Box]:
    """Returns a bar across each light, between its posts."""
    spans = zip(uprights[:-1] + bar_m, uprights[1:], strict=True)
    return [window.wall.box((float(a), float(b)), inward_m, (z_m, z_m + bar_m)) for a, b in spans]


def _sill(window: Opening, frame_m: float) -> tuple[Box, Box]:
    """Returns the board on the wall, and its nose that stands out into the room."""
    z_m = (window.z_m[0], window.z_m[0] + _SILL_THICK_M)
    nose_m = (window.along_m[0] - 0.05, window.along_m[1] + 0.05)
    board = window.wall.box(window.along_m, (frame_m, 0.0), z_m)
    return board, window.wall.box(nose_m, (0.0, SILL_OVERHANG_M), z_m)


def _sill_support(window: Opening, frame_m: float) -> SupportSurface:
    rest = window.wall.box(window.along_m, (frame_m, SILL_OVERHANG_M), (0.0, window.z_m[0] + _SILL_THICK_M))
    return SupportSurface(center_m=rest.center_m[:2], size_m=rest.size_m[:2], height_m=rest.size_m[2])


def plan_door(rng: np.random.Generator, door: Opening, palette: Palette) -> list[Piece]:
    """Returns leaf, architrave and handle, which differ in material."""
    leaf = [door.wall.box(door.along_m, _LEAF_INWARD_M, door.z_m), *_panels(rng, door)]
    return [
        fixed("door", "door", leaf, palette.door),
        fixed("door", "door frame", _architrave(door), palette.trim),
        fixed("door", "door handle", _handle(door, bool(rng.random() < 0.5)), palette.metal),
    ]


def _panels(rng: np.random.Generator, door: Opening) -> list[Box]:
    """Returns raised fields, one to three above each other, or none for a flush door."""
    rows = int(rng.integers(0, 4))
    along_m = (door.along_m[0] + 0.14, door.along_m[1] - 0.14)
    inward_m = (_LEAF_INWARD_M[1], _LEAF_INWARD_M[1] + 0.009)
    edges = np.linspace(0.16, door.z_m[1] - 0.02, rows + 1)
    spans = pairwise(edges)
    return [door.wall.box(along_m, inward_m, (float(low), float(high) - 0.12)) for low, high in spans]


def _architrave(door: Opening) -> list[Box]:
    (left, right), (low, high) = door.along_m, door.z_m
    inward_m, wide_m = (0.0, ARCHITRAVE_M[0]), ARCHITRAVE_M[1]
    return [
        door.wall.box((left - wide_m, left), inward_m, (low, high)),
        door.wall.box((right, right + wide_m), inward_m, (low, high)),
        door.wall.box((left - wide_m, right + wide_m), inward_m, (high, high + wide_m)),
    ]


def _handle(door: Opening, at_start: bool) -> list[Box]:
    """Returns plate, neck and lever; the lever points away from the near edge."""
    edge_m, inner = (door.along_m[0], 1) if at_start else (door.along_m[1], -1)
    face_m = _LEAF_INWARD_M[1]

    def box(along_m: Span, inward_m: Span, z_m: Span) -> Box:
        low, high = sorted(edge_m + inner * end for end in along_m)
        return door.wall.box((low, high), (face_m + inward_m[0], face_m + inward_m[1]), z_m)

    return [
        box((0.05, 0.09), (0.0, 0.006), (0.92, 1.12)),
        box((0.06, 0.08), (0.006, 0.045), (1.03, 1.05)),
        box((0.06, 0.18), (0.045, 0.06), (1.03, 1.05)),
    ]


def plan_passage(shape: Shape, passage: Opening, palette: Palette) -> list[Piece]:
    """Returns the lining of a doorway through the whole wall between two rooms, its architraves and its threshold."""
    (left, right), top_m, through = passage.along_m, passage.z_m[1], (-shape.wall_m, 0.0)
    wall, thin_m, wide_m = passage.wall, LINING_M, ARCHITRAVE_M[1]
    lining = [
        wall.box((left, left + thin_m), through, (0.0, top_m)),
        wall.box((right - thin_m, right), through, (0.0, top_m)),
        wall.box((left + thin_m, right - thin_m), through, (top_m - thin_m, top_m)),
    ]
    for inward_m in ((0.0, ARCHITRAVE_M[0]), (-shape.wall_m - ARCHITRAVE_M[0], -shape.wall_m)):
        lining += [
            wall.box((left - wide_m, left), inward_m, (0.0, top_m)),
            wall.box((right, right + wide_m), inward_m, (0.0, top_m)),
            wall.box((left - wide_m, right + wide_m), inward_m, (top_m, top_m + wide_m)),
        ]
    sill = wall.box((left + thin_m, right - thin_m), through, (0.0, 0.008))
    return [
        fixed("door", "door frame", lining, palette.trim),
        fixed("floor", "threshold", [sill], palette.door),
    ]


def plan_open_leaf(rng: np.random.Generator, passage: Opening, palette: Palette) -> tuple[list[Piece], Solid]:
    """Returns a leaf that stands open in the passage's room, with its handles, and the space to be left free for it."""
    at_start, open_rad = bool(rng.random() < 0.5), uniform(rng, 1.4, 1.85)
    long_m, high_m = passage.width_m - 2 * LINING_M - 0.01, passage.z_m[1] - LINING_M - 0.02
    (left, right), (ax, ay), (nx, ny) = passage.along_m, passage.wall.along, passage.wall.inward
    hinge_m, sign = (left + LINING_M + 0.025, 1.0) if at_start else (right - LINING_M - 0.025, -1.0)
    along, inward = sign * math.cos(open_rad), math.sin(open_rad)
    way = along * ax + inward * nx, along * ay + inward * ny
    x, y = passage.wall.point_m(hinge_m, 0.03)
    middle = x + way[0] * long_m / 2, y + way[1] * long_m / 2, 0.008
    yaw_rad = math.atan2(way[1], way[0])
    pieces = [
        Piece(Made("door", "door", _leaf(rng, long_m, high_m), palette.door, (long_m, 0.058, high_m)), middle, yaw_rad),
        Piece(Made("door", "door handle", _handles(long_m), palette.metal), middle, yaw_rad),
    ]
    beside_m = (left - 0.8, right + 0.1) if at_start else (left - 0.1, right + 0.8)
    return pieces, passage.wall.solid(beside_m, (0.0, long_m + 0.15), (0.03, passage.z_m[1]))


def _leaf(rng: np.random.Generator, long_m: float, high_m: float) -> tuple[Box, ...]:
    """Returns a leaf with raised fields on both faces, in its own axes: its hinges are at -x."""
    rows = int(rng.integers(0, 4))
    edges = np.linspace(0.16, high_m - 0.02, rows + 1)
    fields = [
        Box(
            center_m=(0.0, side * 0.0245, float(low + high) / 2 - 0.06),
            size_m=(long_m - 0.28, 0.009, float(high - low) - 0.12),
        )
        for low, high in pairwise(edges)
        for side in (-1, 1)
    ]
    return (Box(center_m=(0.0, 0.0, high_m / 2), size_m=(long_m, 0.04, high_m)), *fields)


def _handles(long_m: float) -> tuple[Box, ...]:
    """Returns plate, neck and lever on both faces."""
    at_m = long_m / 2 - 0.07
    return tuple(
        Box(center_m=(at_m - back_m, side * y, z), size_m=size_m)
        for side in (-1, 1)
        for back_m, y, z, size_m in (
            (0.0, 0.023, 1.02, (0.04, 0.006, 0.2)),
            (0.0, 0.0455, 1.04, (0.02, 0.039, 0.02)),
            (0.05, 0.0725, 1.04, (0.12, 0.015, 0.02)),
        )
    )
