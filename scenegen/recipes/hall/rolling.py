"""Rolling: what is pushed about in halls, of our own boxes: shopping carts, pallet trucks."""

import math
from itertools import pairwise

import numpy as np

from scenegen.recipes.hall.site import OVER_M
from scenegen.recipes.hall.spans import Span, box, of_spans
from scenegen.recipes.materials import charts, draw_metal
from scenegen.recipes.materials.draw import Stuff
from scenegen.recipes.solid import Vec2
from scenegen.recipes.thing import Thing
from schemas.geometry import pose


def shopping_cart(rng: np.random.Generator, spot: Vec2, yaw_rad: float) -> Thing:
    """Returns a basket of wires on four wheels, 52 cm wide, 92 deep, 1 m high; it is pushed toward its own +y."""
    low, high, w, front, back, wire = 0.5, 0.88, 0.25, 0.42, -0.3, 0.004
    boxes: list[Span] = []
    for x in np.linspace(-w, w, 8).tolist():
        boxes.append(box((x - wire, back, low), (x + wire, front, low + 2 * wire)))
        boxes += [box((x - wire, y, low), (x + wire, y + 2 * wire, high)) for y in (back, front)]
    for y in np.linspace(back + 0.08, front - 0.08, 8).tolist():
        boxes += [box((x - wire, y, low), (x + wire, y + 2 * wire, high)) for x in (-w, w)]
    for z in (low, 0.62, 0.75, high):
        boxes += [box((x - wire, back, z), (x + wire, front + 0.008, z + 0.01)) for x in (-w, w)]
        boxes += [box((-w, y, z), (w, y + 0.008, z + 0.01)) for y in (back, front)]
    for x in (-0.23, 0.23):
        boxes.append(box((x - 0.012, -0.4, 0.1), (x + 0.012, 0.42, 0.13)))
        boxes.append(box((x - 0.012, -0.32, 0.13), (x + 0.012, -0.296, 1.0)))
        boxes.append(box((x - 0.012, -0.42, 0.97), (x + 0.012, -0.296, 1.0)))
        boxes.append(box((x - 0.012, 0.26, 0.13), (x + 0.012, 0.284, low)))
    boxes.append(box((-0.26, -0.45, 0.965), (0.26, -0.415, 1.0)))
    for x in (-0.22, 0.22):
        for y in (-0.36, 0.38):
            boxes += _wheel(x, y, 0.05, 0.025)
    surface = draw_metal(rng).model_copy(update={"color": (0.68, 0.69, 0.7), "roughness": 0.3})
    return of_spans("cart", "shopping cart", pose((*spot, OVER_M), yaw_rad), boxes, surface)


def pallet_truck(rng: np.random.Generator, spot: Vec2, yaw_rad: float) -> Thing:
    """Returns a hand pallet truck, forks toward its own +y."""
    boxes = [
        *(box((x - 0.08, -0.1, 0.04), (x + 0.08, 1.05, 0.09)) for x in (-0.19, 0.19)),
        box((-0.27, -0.22, 0.04), (0.27, -0.1, 0.3)),
        box((-0.1, -0.36, 0.06), (0.1, -0.22, 0.42)),
        box((-0.02, -0.34, 0.42), (0.02, -0.3, 1.15)),
        box((-0.18, -0.35, 1.15), (0.18, -0.31, 1.19)),
    ]
    boxes += [strip for x in (-0.14, 0.14) for strip in _wheel(x, -0.29, 0.08, 0.05)]
    boxes += [strip for x in (-0.19, 0.19) for strip in _wheel(x, 0.95, 0.02, 0.06)]
    surface = Stuff("paint", charts.STRONG[:4], roughness=(0.3, 0.5), wear=(0.2, 0.7)).drawn(rng)
    return of_spans("cart", "pallet truck", pose((*spot, OVER_M), yaw_rad), boxes, surface)


def _wheel(x: float, y: float, radius_m: float, wide_m: float) -> list[Span]:
    """Returns a disc about an axle along x that stands on z = 0, as six level strips: balls are costly to build."""
    ends = np.linspace(-1.0, 1.0, 7)
    strips = []
    for low, high in pairwise(ends.tolist()):
        half = radius_m * math.sqrt(1.0 - ((low + high) / 2) ** 2)
        z = radius_m * (1.0 + low), radius_m * (1.0 + high)
        strips.append(box((x - wide_m / 2, y - half, z[0]), (x + wide_m / 2, y + half, z[1])))
    return strips
