"""Solid: a closed surface with corner normals, and the solids with flat faces.

Metres, z up; triangles are counter-clockwise from outside. The vertices of a box belong to one face each and carry that
face's normal, so that the narrow bevel strips between the faces shade as rounded edges and the faces stay flat.
"""

from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np
from jaxtyping import Float64, Int32

from schemas.geometry import Vec3, unit_length

Vec2 = tuple[float, float]


@dataclass(frozen=True)
class Solid:
    """A closed surface."""

    vertices_m: Float64[np.ndarray, "v 3"]
    triangles: Int32[np.ndarray, "t 3"]
    corner_normals: Float64[np.ndarray, "t 3 3"]
    """Unit, one for each corner."""

    def moved(self, x_m: float = 0.0, y_m: float = 0.0, z_m: float = 0.0) -> "Solid":
        """Returns the solid shifted."""
        return Solid(self.vertices_m + np.array((x_m, y_m, z_m)), self.triangles, self.corner_normals)

    def turned(self, axis: str, angle_rad: float) -> "Solid":
        """Returns the solid turned about an axis ('x', 'y' or 'z') through the origin, by the right-hand rule."""
        return self.transformed(rotation(axis, angle_rad))

    def stretched(self, x: float = 1.0, y: float = 1.0, z: float = 1.0) -> "Solid":
        """Returns the solid scaled along the axes, all factors positive."""
        return self.transformed(np.diag([x, y, z]))

    def transformed(self, matrix: Float64[np.ndarray, "3 3"]) -> "Solid":
        """Returns the solid under a linear map that keeps its orientation (determinant > 0)."""
        normals = self.corner_normals @ np.linalg.inv(matrix)
        return Solid(self.vertices_m @ matrix.T, self.triangles, unit_length(normals))


def rotation(axis: str, angle_rad: float) -> Float64[np.ndarray, "3 3"]:
    """Returns the matrix that turns about an axis by the right-hand rule."""
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[[first, second], [first, second]] = np.cos(angle_rad)
    matrix[second, first] = np.sin(angle_rad)
    matrix[first, second] = -np.sin(angle_rad)
    return matrix


def corners(half_x_m: float, half_y_m: float) -> list[Vec2]:
    """Returns the four corners of a rectangle about the origin."""
    return list(product((-half_x_m, half_x_m), (-half_y_m, half_y_m)))


def box(low_m: Vec3, high_m: Vec3, bevel_m: float = 0.003) -> Solid:
    """Returns the box between two corners, its edges bevelled (less where it is thin)."""
    low, high = np.array(low_m, dtype=np.float64), np.array(high_m, dtype=np.float64)
    bevel = min(bevel_m, 0.3 * float((high - low).min()))
    template = _box_template()
    vertices = 0.5 * (low + high) + template.signs * (0.5 * (high - low)) - bevel * template.insets
    return Solid(vertices, template.triangles, template.corner_normals)


def post(foot_m: Vec3, foot_size_m: Vec2, top_m: Vec3, top_size_m: Vec2, bevel_m: float = 0.003) -> Solid:
    """Returns a square leg between the centres of its foot and top, both ends level; it may taper and lean."""
    template = _box_template()
    foot, top = np.array(foot_m, dtype=np.float64), np.array(top_m, dtype=np.float64)
    share = 0.5 * (1 + template.signs[:, 2:]) - (bevel_m / (top[2] - foot[2])) * template.insets[:, 2:]
    half = 0.5 * (np.array(foot_size_m) * (1 - share) + np.array(top_size_m) * share)
    vertices = foot + share * (top - foot)
    vertices[:, :2] += template.signs[:, :2] * half - bevel_m * template.insets[:, :2]
    faces = vertices.reshape(6, 4, 3)
    normals = unit_length(np.cross(faces[:, 2] - faces[:, 0], faces[:, 3] - faces[:, 1]))
    return Solid(vertices, template.triangles, np.repeat(normals, 4, axis=0)[template.triangles])


@dataclass(frozen=True)
class _BoxTemplate:
    """Vertices in groups of four, one group for each face, counter-clockwise from outside."""

    signs: Float64[np.ndarray, "24 3"]
    insets: Float64[np.ndarray, "24 3"]
    """The signs, but 0 along the face's own axis: where a bevel pulls the vertex inward."""
    triangles: Int32[np.ndarray, "44 3"]
    corner_normals: Float64[np.ndarray, "44 3 3"]


@cache
def _box_template() -> _BoxTemplate:
    rows = [_face_signs(axis, sign) for axis, sign in product(range(3), (-1.0, 1.0))]
    signs = np.concatenate(rows)
    normals = np.zeros((24, 3))
    for face, (axis, sign) in enumerate(product(range(3), (-1.0, 1.0))):
        normals[4 * face : 4 * face + 4, axis] = sign
    insets = np.where(normals != 0, 0.0, signs)
    triangles = _outward(signs - 0.1 * insets, [*_face_triangles(), *_edge_triangles(signs), *_tip_triangles(signs)])
    return _BoxTemplate(signs, insets, triangles, normals[triangles])


def _face_signs(axis: int, sign: float) -> Float64[np.ndarray, "4 3"]:
    """Returns the four corners of one face of the cube from -1 to 1, counter-clockwise from outside."""
    around = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    signs = np.empty((4, 3))
    signs[:, axis] = sign
    signs[:, [(axis + 1) % 3, (axis + 2) % 3]] = around if sign > 0 else around[::-1]
    return signs


def _face_triangles() -> list[tuple[int, int, int]]:
    return [(4 * face + a, 4 * face + b, 4 * face + c) for face in range(6) for a, b, c in ((0, 1, 2), (0, 2, 3))]


def _edge_triangles(signs: Float64[np.ndarray, "24 3"]) -> list[tuple[int, int, int]]:
    """Returns the strips between neighbouring faces, in any winding."""
    found = []
    for face_a, face_b in combinations(range(6), 2):
        pairs = [
            (a, b)
            for a, b in product(range(4 * face_a, 4 * face_a + 4), range(4 * face_b, 4 * face_b + 4))
            if (signs[a] == signs[b]).all()
        ]
        if pairs:
            (a0, b0), (a1, b1) = pairs
            found += [(a0, a1, b1), (a0, b1, b0)]
    return found


def _tip_triangles(signs: Float64[np.ndarray, "24 3"]) -> list[tuple[int, int, int]]:
    """Returns the eight small triangles at the cube's corners, in any winding."""
    groups = [np.flatnonzero((signs == tip).all(axis=1)) for tip in product((-1.0, 1.0), repeat=3)]
    return [(int(a), int(b), int(c)) for a, b, c in groups]


def _outward(points: Float64[np.ndarray, "v 3"], triangles: list[tuple[int, int, int]]) -> Int32[np.ndarray, "t 3"]:
    """Returns the triangles of a convex body about the origin, wound counter-clockwise from outside."""
    wound = np.array(triangles, dtype=np.int32)
    a, b, c = (points[wound[:, corner]] for corner in range(3))
    inside_out = (np.cross(b - a, c - a) * (a + b + c)).sum(axis=1) < 0
    wound[inside_out] = wound[inside_out][:, ::-1]
    return wound
