"""Points lie evenly over a surface, and on it."""

import numpy as np

from assets_catalog.surface_sampling import areas, spread

CORNERS = np.array([[[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 0, 0], [6, 0, 0], [0, 1, 0]], [[0, 0, 0]] * 3], dtype=float)


def test_a_triangle_has_points_by_its_area() -> None:
    assert np.allclose(areas(CORNERS), [0.5, 3.0, 0.0])
    triangle, _ = spread(areas(CORNERS), 700)
    assert np.bincount(triangle, minlength=3).tolist() == [100, 600, 0]


def test_weights_are_of_a_point_inside_and_spread_evenly() -> None:
    _, weights = spread(areas(CORNERS), 4000)
    assert (weights >= 0).all()
    assert np.allclose(weights.sum(axis=1), 1.0)
    assert np.allclose(weights.mean(axis=0), 1 / 3, atol=2e-3)
    assert np.allclose((weights[:, 0] > 0.5).mean(), 0.25, atol=0.01)
