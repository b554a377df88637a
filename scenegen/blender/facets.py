"""Facets: planned shapes as triangles, with the normals that their corners are shaded by.

A sphere is an icosahedron whose faces are split in four, six times: 81,920 triangles. Its corners lie outside the
sphere by as much as its faces dip inside it, 3.6e-5 of the radius; its corner normals are exactly radial.
Faces are wound so that their normals point out of a closed shape, and along +z of a rectangle.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from jaxtyping import Float64, Int

from schemas.geometry import unit_length
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere

CUBE_CORNERS = np.array([[x, y, z] for z in (-0.5, 0.5) for y in (-0.5, 0.5) for x in (-0.5, 0.5)])
CUBE_QUADS = np.array([[0, 2, 3, 1], [4, 5, 7, 6], [0, 1, 5, 4], [2, 6, 7, 3], [0, 4, 6, 2], [1, 3, 7, 5]])
_SPLITS = 6


@dataclass(frozen=True)
class Facets:
    """Triangles of one shape in the axes of its object, metres."""

    vertices_m: Float64[np.ndarray, "v 3"]
    triangles: Int[np.ndarray, "t 3"]
    corner_normals: Float64[np.ndarray, "t 3 3"]
    """Unit, pointing outward."""


def facets(planned: PlannedObject) -> Facets:
    """Returns all shapes of an object: boxes, spheres and rectangles, in this order."""
    pieces = [
        *(box_facets(box) for box in planned.boxes),
        *(sphere_facets(sphere) for sphere in planned.spheres),
        *(rectangle_facets(rectangle) for rectangle in planned.rectangles),
    ]
    offsets = np.cumsum([0] + [len(piece.vertices_m) for piece in pieces])
    return Facets(
        np.concatenate([piece.vertices_m for piece in pieces]),
        np.concatenate([piece.triangles + offset for piece, offset in zip(pieces, offsets, strict=False)]),
        np.concatenate([piece.corner_normals for piece in pieces]),
    )


def box_facets(box: Box) -> Facets:
    """Returns two triangles for each side of a box."""
    return _flat(CUBE_CORNERS * box.size_m + box.center_m, CUBE_QUADS)


def rectangle_facets(rectangle: Rectangle) -> Facets:
    """Returns the two triangles of a rectangle."""
    x_m, y_m = rectangle.size_m[0] / 2, rectangle.size_m[1] / 2
    corners = np.array([[-x_m, -y_m, 0.0], [x_m, -y_m, 0.0], [x_m, y_m, 0.0], [-x_m, y_m, 0.0]])
    return _flat(corners, np.array([[0, 1, 2, 3]]))


def sphere_facets(sphere: Sphere) -> Facets:
    """Returns the triangles of a sphere."""
    directions, triangles = _icosphere()
    corners = directions[triangles]
    normals = unit_length(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    deepest = np.einsum("tx,tx->t", normals, corners[:, 0]).min()
    radius_m = sphere.radius_m * 2.0 / (1.0 + deepest)
    return Facets(directions * radius_m + sphere.center_m, triangles, corners)


def _flat(vertices_m: Float64[np.ndarray, "v 3"], quads: Int[np.ndarray, "q 4"]) -> Facets:
    """Returns quads as pairs of triangles whose corners share the normal of the face."""
    triangles = quads[:, [[0, 1, 2], [0, 2, 3]]].reshape(-1, 3)
    corners = vertices_m[triangles]
    normals = unit_length(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    return Facets(vertices_m, triangles, np.repeat(normals[:, None], 3, axis=1))


@cache
def _icosphere() -> tuple[Float64[np.ndarray, "v 3"], Int[np.ndarray, "t 3"]]:
    """Returns unit vectors and the triangles between them."""
    vertices, triangles = _icosahedron()
    for _ in range(_SPLITS):
        sides = np.sort(triangles[:, [[1, 2], [2, 0], [0, 1]]], axis=2).reshape(-1, 2)
        edges, edge_of_side = np.unique(sides, axis=0, return_inverse=True)
        middles = len(vertices) + edge_of_side.reshape(-1, 3)
        (a, b, c), (bc, ca, ab) = triangles.T, middles.T
        triangles = np.concatenate([np.stack(t, axis=1) for t in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))])
        vertices = np.concatenate([vertices, unit_length(vertices[edges].sum(axis=1))])
    return vertices, triangles


def _icosahedron() -> tuple[Float64[np.ndarray, "12 3"], Int[np.ndarray, "20 3"]]:
    """Returns the corners of a regular icosahedron, three golden rectangles, and its faces, counter-clockwise."""
    golden = (1.0 + 5.0**0.5) / 2.0
    rectangle = [(0.0, one, long) for one in (-1.0, 1.0) for long in (-golden, golden)]
    corners = unit_length(np.array([np.roll(point, turn) for turn in range(3) for point in rectangle]))
    near = np.linalg.norm(corners[:, None] - corners, axis=-1) < 1.1
    faces = [
        (a, b, c)
        for a in range(12)
        for b in range(a + 1, 12)
        for c in range(a + 1, 12)
        if b != c and near[a, b] and near[b, c] and near[a, c] and np.linalg.det(corners[[a, b, c]]) > 0
    ]
    return corners, np.array(faces)
