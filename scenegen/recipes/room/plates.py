"""Plates: a switch beside each door, and sockets near the floor, as every room has them."""

import numpy as np

from scenegen.recipes.draws import uniform
from scenegen.recipes.room.built import Element, block, built, fitted
from scenegen.recipes.room.layout import Layout
from scenegen.recipes.room.shape import Opening, Wall
from schemas.surface import Surface

_SIDE_M = 0.081
_WHITE = Surface(finish="plastic", color=(0.9, 0.9, 0.88), roughness=0.35)


def with_plates(rng: np.random.Generator, layout: Layout) -> Layout:
    """Returns the layout with switches and sockets, where walls are free."""
    high_m = uniform(rng, 1.0, 1.15)
    for door in layout.shape.doors:
        layout = fitted(layout, built(door.wall, _beside(rng, door), _switch(high_m))) or layout
    for wall in layout.shape.walls:
        if wall.length_m > 1.0 and rng.random() < 0.75:
            layout = _with_socket(rng, layout, wall)
    return layout


def _with_socket(rng: np.random.Generator, layout: Layout, wall: Wall) -> Layout:
    along_m, count = uniform(rng, 0.3, wall.length_m - 0.3), int(rng.integers(1, 3))
    elements = [element for number in range(count) for element in _socket((number - (count - 1) / 2) * _SIDE_M, 0.3)]
    return fitted(layout, built(wall, along_m, elements)) or layout


def _beside(rng: np.random.Generator, door: Opening) -> float:
    """Returns a place a hand off the architrave, on the side of the door that has more wall."""
    off_m = uniform(rng, 0.16, 0.26)
    left, right = door.along_m
    return left - off_m if left > door.wall.length_m - right else right + off_m


def _switch(z: float) -> list[Element]:
    half_m = _SIDE_M / 2
    plate = block((-half_m, half_m), (0.0, 0.008), (z, z + _SIDE_M))
    rocker = block((-half_m + 0.012, half_m - 0.012), (0.008, 0.013), (z + 0.012, z + _SIDE_M - 0.012))
    return [Element("light_switch", "light switch", (plate, rocker), _WHITE)]


def _socket(x: float, z: float) -> list[Element]:
    """Returns a plate with a round well drawn as a square rim."""
    half_m, rim_m = _SIDE_M / 2, 0.02
    low, high = x - half_m, x + half_m
    rim = [
        block((low, low + rim_m), (0.0, 0.012), (z, z + _SIDE_M)),
        block((high - rim_m, high), (0.0, 0.012), (z, z + _SIDE_M)),
        block((low + rim_m, high - rim_m), (0.0, 0.012), (z, z + rim_m)),
        block((low + rim_m, high - rim_m), (0.0, 0.012), (z + _SIDE_M - rim_m, z + _SIDE_M)),
        block((low + rim_m, high - rim_m), (0.0, 0.003), (z + rim_m, z + _SIDE_M - rim_m)),
    ]
    return [Element("power_outlet", "power outlet", tuple(rim), _WHITE)]
