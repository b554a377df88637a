"""Markings: paint on the floor: lines, hatched zones, arrows of steps. All are boxes 2 mm high."""

import math

import numpy as np

from scenegen.recipes.hall.site import Site
from scenegen.recipes.hall.spans import Span, box, of_spans
from scenegen.recipes.materials import charts, draw_marking
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.solid import Vec2
from scenegen.recipes.thing import Thing
from schemas.geometry import pose
from schemas.surface import Surface

_THICK_M = 0.002


def white_paint(rng: np.random.Generator) -> Surface:
    """Returns worn white paint."""
    return draw_marking(rng)


def yellow_paint(rng: np.random.Generator) -> Surface:
    """Returns worn yellow paint."""
    chart = ((0.85, 0.66, 0.12),)
    return Stuff("paint", chart, roughness=(0.5, 0.8), wear=(0.3, 0.9), relief=(2.0, 4.0)).drawn(rng)


def blue_paint(rng: np.random.Generator) -> Surface:
    """Returns a coat of blue, green or red."""
    return Stuff("paint", charts.STRONG[:4], roughness=(0.5, 0.8), wear=(0.3, 0.8)).drawn(rng)


def line(low_m: Vec2, high_m: Vec2) -> Span:
    """Returns a painted rectangle."""
    return box((*low_m, 0.0002), (*high_m, _THICK_M))


def paint(site: Site, label: str, lines: list[Span], surface: Surface) -> None:
    """Adds paint to the floor, one object."""
    if lines:
        site.boxes("road_marking", label, lines, surface)


def frame(low_m: Vec2, high_m: Vec2, wide_m: float = 0.1) -> list[Span]:
    """Returns the four lines around a rectangle."""
    (x0, y0), (x1, y1) = low_m, high_m
    return [
        line((x0, y0), (x1, y0 + wide_m)),
        line((x0, y1 - wide_m), (x1, y1)),
        line((x0, y0 + wide_m), (x0 + wide_m, y1 - wide_m)),
        line((x1 - wide_m, y0 + wide_m), (x1, y1 - wide_m)),
    ]


def arrow(spot: Vec2, yaw_rad: float, surface: Surface) -> Thing:
    """Returns an arrow 2.4 m long that points along its own +x; its head is a stair of thin strips."""
    strips = 24
    boxes = [line((-1.2, -0.075), (0.4, 0.075))]
    for number in range(strips):
        a, b = 0.4 + 0.8 * number / strips, 0.4 + 0.8 * (number + 1) / strips
        half = 0.34 * (1.0 - (number + 0.5) / strips)
        boxes.append(line((a, -half), (b, half)))
    return of_spans("road_marking", "painted arrow", pose((*spot, 0.0), yaw_rad), boxes, surface)


def hatching(low_m: Vec2, high_m: Vec2, surface: Surface) -> list[Thing]:
    """Returns slanting stripes within a rectangle, kept off its frame."""
    (x0, y0), (x1, y1) = (low_m[0] + 0.14, low_m[1] + 0.14), (high_m[0] - 0.14, high_m[1] - 0.14)
    wide, high = x1 - x0, y1 - y0
    stripes = []
    slope = math.pi / 4
    for at in np.arange(-high + 0.5, wide, 0.6).tolist():
        a, b = max(at, 0.0), min(at + high, wide)
        if b - a < 0.3:
            continue
        middle = x0 + (a + b) / 2, y0 + (a + b) / 2 - at
        stripes.append(((b - a) * math.sqrt(2) - 0.15, middle))
    where = pose((x0, y0, 0.0), slope)
    boxes = []
    for length, (x, y) in stripes:
        u = (
            (x - x0) * math.cos(slope) + (y - y0) * math.sin(slope),
            -(x - x0) * math.sin(slope) + (y - y0) * math.cos(slope),
        )
        boxes.append(line((u[0] - length / 2, u[1] - 0.06), (u[0] + length / 2, u[1] + 0.06)))
    return [of_spans("road_marking", "hatched marking", where, boxes, surface)] if boxes else []
