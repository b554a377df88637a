"""Triangles of a polygon cover it once, concave or not, and keep its winding."""

import numpy as np
import pytest
from jaxtyping import Float64, Int64

from assets_catalog.wavefront.polygons import triangulate


def _normals(points: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"]) -> Float64[np.ndarray, "t 3"]:
    a, b, c = (points[triangles[:, k]] for k in range(3))
    return np.asarray(np.cross(b - a, c - a) / 2)


def _cut(ring: Float64[np.ndarray, "n 3"]) -> Int64[np.ndarray, "t 3"]:
    return triangulate(ring, np.arange(len(ring)), np.array([len(ring)]))


def _in_space(flat: list[tuple[float, float]]) -> Float64[np.ndarray, "n 3"]:
    axes = np.linalg.qr(np.array([[1.0, 2, 3], [3, 1, 2], [0, 1, 5]]))[0]
    return np.asarray(np.array(flat) @ axes[:2] + [5.0, -2.0, 1.0])


def test_a_concave_polygon_is_covered_once() -> None:
    ring = _in_space([(0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (1, 1), (1, 3), (0, 3)])
    normals = _normals(ring, _cut(ring))
    assert np.linalg.norm(normals, axis=1).sum() == pytest.approx(7.0)
    assert np.linalg.norm(normals.sum(axis=0)) == pytest.approx(7.0)


def test_a_fan_is_kept_where_the_polygon_is_convex() -> None:
    ring = _in_space([(0, 0), (2, 0), (3, 1), (2, 2), (0, 2)])
    assert _cut(ring).tolist() == [[0, 1, 2], [0, 2, 3], [0, 3, 4]]


@pytest.mark.parametrize("seed", range(12))
def test_star_shaped_polygons_keep_their_area_and_winding(seed: int) -> None:
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * np.pi, 24))
    radii = rng.uniform(0.2, 1.0, 24)
    flat = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    x, y = flat.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y) / 2)
    ring = _in_space([(float(x), float(y)) for x, y in flat])
    normals = _normals(ring, _cut(ring))
    assert np.linalg.norm(normals, axis=1).sum() == pytest.approx(area, rel=1e-9)


def test_several_polygons_keep_their_order() -> None:
    points = np.array([[0.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]])
    triangles = triangulate(points, np.array([0, 1, 2, 0, 1, 2, 3]), np.array([3, 4]))
    assert triangles.tolist() == [[0, 1, 2], [3, 4, 5], [3, 5, 6]]


def test_a_polygon_without_area_gives_as_many_triangles() -> None:
    assert _cut(np.zeros((5, 3))).shape == (3, 3)
