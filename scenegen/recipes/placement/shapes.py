"""Shapes: the forms of boxes, rectangles and spheres; a sphere's triangles lie up to 0.5 % of its radius inside it."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from jaxtyping import Float64

from scenegen.recipes.placement.form import Form
from scenegen.recipes.placement.parts import Parts
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere

_RINGS = 16
"""Of a sphere, from pole to pole."""
_CORNERS = np.array([(x, y, z) for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (-0.5, 0.5)])
_SIDES = np.array(
    [
        *((0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1)),
        *((2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3)),
    ]
)
"""Of a box, as triangles of corners, counter-clockwise from outside."""

_Mesh = tuple[np.ndarray, np.ndarray]


def form_of_shapes(planned: PlannedObject) -> Form:
    """Returns the form of boxes, rectangles and spheres."""
    if not (planned.spheres or planned.rectangles):
        return _form_of_boxes(*_numbers(planned.boxes))
    boxes = [_mesh_of_boxes(*_numbers(planned.boxes))] if planned.boxes else []
    return joined([*boxes, *map(_sphere, planned.spheres), *map(_rectangle, planned.rectangles)])


def form_of_box(low_m: Float64[np.ndarray, "3"], high_m: Float64[np.ndarray, "3"]) -> Form:
    """Returns a box's form."""
    return _form_of_boxes(((low_m + high_m) / 2)[None], (high_m - low_m)[None])


def joined(meshes: Sequence[_Mesh]) -> Form:
    """Returns the form of some meshes, each of points and triangles."""
    counts = np.cumsum([0, *(len(points) for points, _ in meshes)])
    points_m = np.concatenate([points for points, _ in meshes]).astype(np.float32)
    triangles = [triangles + start for (_, triangles), start in zip(meshes, counts[:-1], strict=True)]
    return Form(points_m, np.concatenate(triangles))


def _numbers(boxes: Sequence[Box]) -> tuple[Float64[np.ndarray, "n 3"], Float64[np.ndarray, "n 3"]]:
    """Returns middles and sides."""
    return np.array([box.center_m for box in boxes]), np.array([box.size_m for box in boxes])


def _form_of_boxes(middles_m: Float64[np.ndarray, "n 3"], sides_m: Float64[np.ndarray, "n 3"]) -> Form:
    points_m, triangles = _mesh_of_boxes(middles_m, sides_m)
    return Form(points_m.astype(np.float32), triangles, Parts(middles_m, sides_m / 2))


def _mesh_of_boxes(middles_m: Float64[np.ndarray, "n 3"], sides_m: Float64[np.ndarray, "n 3"]) -> _Mesh:
    points_m = _CORNERS * sides_m[:, None] + middles_m[:, None]
    triangles = _SIDES + len(_CORNERS) * np.arange(len(middles_m))[:, None, None]
    return points_m.reshape(-1, 3), triangles.reshape(-1, 3)


def _rectangle(rectangle: Rectangle) -> _Mesh:
    x, y = rectangle.size_m[0] / 2, rectangle.size_m[1] / 2
    return np.array([(-x, -y, 0), (x, -y, 0), (x, y, 0), (-x, y, 0)]), np.array([(0, 1, 2), (0, 2, 3)])


def _sphere(sphere: Sphere) -> _Mesh:
    unit, triangles = _unit_sphere()
    return sphere.radius_m * unit + sphere.center_m, triangles


@cache
def _unit_sphere() -> _Mesh:
    """Rings of equal points; the triangles at the poles are degenerate on one side, which does no harm."""
    around, down = np.meshgrid(np.linspace(0, 2 * math.pi, 2 * _RINGS + 1), np.linspace(0, math.pi, _RINGS + 1))
    unit = np.stack([np.sin(down) * np.cos(around), np.sin(down) * np.sin(around), np.cos(down)], axis=-1)
    row, column = (each.ravel() for each in np.meshgrid(range(_RINGS), range(2 * _RINGS), indexing="ij"))
    first = row * (2 * _RINGS + 1) + column
    below = first + 2 * _RINGS + 1
    triangles = np.concatenate(
        [np.stack(t, axis=1) for t in ((first, below, below + 1), (first, below + 1, first + 1))]
    )
    return unit.reshape(-1, 3), triangles
