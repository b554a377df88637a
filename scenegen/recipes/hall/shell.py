"""Shell: floor, walls with their gates, ceiling with skylights, columns and the beams that they carry."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box
from scenegen.recipes.materials import (
    draw_ceiling,
    draw_concrete,
    draw_floor,
    draw_metal,
    draw_painted_metal,
    draw_wall,
    in_pictures,
)
from schemas.surface import Surface

THICK_M = 0.25
PARAPET_M = 1.05
Hole = tuple[float, float, float, float]
"""In a wall: from and to along it, from and to in height."""


@dataclass(frozen=True)
class Grid:
    """Where columns stand, and how deep the beams over them are."""

    xs_m: tuple[float, ...]
    ys_m: tuple[float, ...]
    side_m: float
    beam_m: float


def build_shell(rng: np.random.Generator, site: Site, holes: dict[str, list[Hole]]) -> None:
    """Adds floor, walls and ceiling; `holes`: 'west' and 'east' are the ends, 'south' and 'north' the long sides."""
    hall, textures = site.hall, site.catalog.textures
    half_x, half_y = hall.half_m
    out_x, out_y = half_x + THICK_M, half_y + THICK_M
    floor = in_pictures(rng, draw_floor(rng, hall.kind), textures)
    site.boxes("floor", "floor", [box((-out_x, -out_y, -0.2), (out_x, out_y, 0.0))], floor)
    wall = in_pictures(rng, draw_wall(rng, hall.kind), textures)
    ceiling = draw_ceiling(rng, hall.kind)
    for name, sign in (("west", -1), ("east", 1)):
        at = sorted((sign * half_x, sign * out_x))
        boxes = [
            box((at[0], a, low), (at[1], b, high))
            for a, b, low, high in pierced(-out_y, out_y, hall.height_m, holes.get(name, []))
        ]
        site.boxes("wall", "wall", boxes, wall)
    for name, sign in (("south", -1), ("north", 1)):
        at = sorted((sign * half_y, sign * out_y))
        boxes = [
            box((a, at[0], low), (b, at[1], high))
            for a, b, low, high in pierced(-half_x, half_x, hall.height_m, holes.get(name, []))
        ]
        site.boxes("wall", "wall", boxes, wall)
    site.boxes("ceiling", "ceiling", _ceiling(site, out_x, out_y), ceiling)


def pierced(start_m: float, end_m: float, height_m: float, holes: Sequence[Hole]) -> list[Hole]:
    """Returns the rectangles of a wall around its holes, which are apart along it."""
    parts, at = [], start_m
    for a, b, low, high in sorted(holes):
        parts += [(at, a, 0.0, height_m), (a, b, 0.0, low), (a, b, high, height_m)]
        at = b
    parts.append((at, end_m, 0.0, height_m))
    return [part for part in parts if part[1] - part[0] > 1e-3 and part[3] - part[2] > 1e-3]


def _ceiling(site: Site, out_x: float, out_y: float) -> list[Span]:
    low, high = site.hall.height_m, site.hall.height_m + 0.2
    if not site.skylights_m:
        return [box((-out_x, -out_y, low), (out_x, out_y, high))]
    _, _, y0, y1 = site.skylights_m[0]
    boxes = [box((-out_x, -out_y, low), (out_x, y0, high)), box((-out_x, y1, low), (out_x, out_y, high))]
    at = -out_x
    for a, b, _, _ in sorted(site.skylights_m):
        boxes.append(box((at, y0, low), (a, y1, high)))
        at = b
    return [*boxes, box((at, y0, low), (out_x, y1, high))]


def raise_columns(rng: np.random.Generator, site: Site, grid: Grid) -> Surface:
    """Adds a column at each crossing, and beams across over each row of them; returns the columns' surface."""
    hall, h = site.hall, grid.side_m / 2
    is_steel = hall.kind == "warehouse" and rng.random() < 0.6
    surface = draw_painted_metal(rng, wear=(0.2, 0.7)) if is_steel else draw_concrete(rng, wear=(0.1, 0.7))
    for x in grid.xs_m:
        for y in grid.ys_m:
            top = hall.height_m - grid.beam_m
            boxes = _steel(x, y, h, top) if is_steel else [box((x - h, y - h, 0.0), (x + h, y + h, top))]
            site.boxes("column", "column", boxes, surface)
            site.take_box((x - h, y - h), (x + h, y + h), hall.height_m)
    beams = draw_metal(rng, wear=(0.2, 0.6)) if is_steel else surface
    half_y, wide = hall.half_m[1], min(grid.side_m, 0.35) / 2
    site.beams_m.extend(grid.xs_m)
    for x in grid.xs_m:
        site.boxes("beam", "beam", _beam(x, half_y, wide, hall.height_m, grid.beam_m, is_steel), beams)
    return surface


def _steel(x: float, y: float, h: float, top: float) -> list[Span]:
    """An H of two flanges and a web, on a foot plate."""
    return [
        box((x - h, y - h, 0.0), (x - h + 0.02, y + h, top)),
        box((x + h - 0.02, y - h, 0.0), (x + h, y + h, top)),
        box((x - h + 0.02, y - 0.01, 0.0), (x + h - 0.02, y + 0.01, top)),
        box((x - h - 0.02, y - h - 0.02, 0.0), (x + h + 0.02, y + h + 0.02, 0.02)),
    ]


def _beam(  # noqa: PLR0913, PLR0917 - measures
    x: float, half_y: float, wide: float, top: float, deep: float, is_steel: bool
) -> list[Span]:
    if not is_steel:
        return [box((x - wide, -half_y, top - deep), (x + wide, half_y, top))]
    flange = 0.025
    return [
        box((x - wide, -half_y, top - deep), (x + wide, half_y, top - deep + flange)),
        box((x - 0.012, -half_y, top - deep + flange), (x + 0.012, half_y, top - flange)),
        box((x - wide, -half_y, top - flange), (x + wide, half_y, top)),
    ]


def spread(start_m: float, end_m: float, about_m: float) -> tuple[float, ...]:
    """Returns evenly spread places from start to end, about so far apart."""
    count = max(round((end_m - start_m) / about_m), 1)
    return tuple(float(each) for each in np.linspace(start_m, end_m, count + 1))
