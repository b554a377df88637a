"""Corner normals: soft edges smooth, sharp ones kept, sane ones of a file believed."""

import math

import numpy as np
import pytest
from jaxtyping import Float64, Int64

from assets_catalog.wavefront.corner_normals import corner_normals, triangle_normals, wound_against


def _tent(bend_deg: float) -> tuple[Float64[np.ndarray, "v 3"], Int64[np.ndarray, "t 3"]]:
    """Two triangles that meet at the x axis and bend there."""
    half = math.radians(bend_deg) / 2
    side = np.array([[0.5, math.cos(half), -math.sin(half)], [0.5, -math.cos(half), -math.sin(half)]])
    points = np.vstack([[[0.0, 0, 0], [1.0, 0, 0]], side])
    return points, np.array([[0, 1, 2], [1, 0, 3]])


NONE = np.full((2, 3, 3), np.nan)


def test_a_soft_edge_is_smoothed_and_a_sharp_one_kept() -> None:
    for bend_deg, straight_up in ((30.0, True), (50.0, False)):
        points, triangles = _tent(bend_deg)
        normals = corner_normals(points, triangles, NONE)
        assert np.allclose(normals[0, 0], [0, 0, 1]) == straight_up
        assert np.allclose(normals[0, 2], triangle_normals(points[triangles])[0])


def test_equal_positions_are_smoothed_across_a_seam() -> None:
    points, triangles = _tent(30.0)
    split = points[triangles].reshape(-1, 3)
    normals = corner_normals(split, np.arange(6).reshape(2, 3), NONE)
    assert np.allclose(normals[0, 0], [0, 0, 1])


def test_sane_normals_of_the_file_are_kept_and_made_unit() -> None:
    points, triangles = _tent(50.0)
    given = np.tile([0.0, 0.1, 1.2], (2, 3, 1))
    normals = corner_normals(points, triangles, given)
    assert np.allclose(normals, given / np.linalg.norm(given[0, 0]))


@pytest.mark.parametrize(
    "bad", [(0.0, 0.0, 0.0), (0.0, 0.0, -1.0), (1.0, 0.0, 0.0), (0.0, 0.0, 9.0), (math.nan, 0.0, 0.0)]
)
def test_a_normal_that_is_not_unit_or_contradicts_its_triangle_is_replaced(bad: tuple[float, float, float]) -> None:
    points, triangles = _tent(0.0)
    given = np.tile([0.0, 0.0, 1.0], (2, 3, 1))
    given[0, 1] = bad
    assert np.allclose(corner_normals(points, triangles, given), [0, 0, 1])


def test_a_triangle_that_shows_its_back_to_its_normals_is_found() -> None:
    points, triangles = _tent(0.0)
    up = np.tile([0.0, 0.0, 1.0], (2, 3, 1))
    corners = points[np.stack([triangles[0], triangles[1][::-1]])]
    assert wound_against(corners, up).tolist() == [False, True]
    assert wound_against(corners, NONE).tolist() == [False, False]


def test_a_hub_of_many_spokes_stays_cheap_and_unit() -> None:
    angles = np.linspace(0, 2 * np.pi, 3000, endpoint=False)
    rim = np.stack([np.cos(angles), np.sin(angles), np.zeros(3000)], axis=1)
    points = np.vstack([[[0.0, 0, 0.1]], rim])
    spokes = np.arange(3000)
    triangles = np.stack([np.zeros(3000, np.int64), 1 + spokes, 1 + (spokes + 1) % 3000], axis=1)
    normals = corner_normals(points, triangles, np.full((3000, 3, 3), np.nan))
    assert np.allclose(np.linalg.norm(normals, axis=2), 1.0)
