"""Solids against dense samples of their points."""

import math

import numpy as np
import pytest

from scenegen.recipes.solid import Solid


def _random_solid(rng: np.random.Generator) -> Solid:
    x, y, hx, hy = rng.uniform(-1, 1), rng.uniform(-1, 1), rng.uniform(0.1, 0.8), rng.uniform(0.1, 0.8)
    bottom = float(rng.uniform(0, 1))
    return Solid((x, y), (hx, hy), float(rng.uniform(-4, 4)), bottom, bottom + float(rng.uniform(0.1, 1)))


def _grid(solid: Solid, count: int = 60) -> np.ndarray:
    """Returns points that fill the rectangle."""
    steps = np.linspace(-1, 1, count)
    u, v = np.meshgrid(steps * solid.half_m[0], steps * solid.half_m[1])
    c, s = math.cos(solid.yaw_rad), math.sin(solid.yaw_rad)
    return np.stack([solid.center_m[0] + c * u - s * v, solid.center_m[1] + s * u + c * v], axis=-1).reshape(-1, 2)


def _contains(solid: Solid, points: np.ndarray, margin_m: float) -> bool:
    c, s = math.cos(solid.yaw_rad), math.sin(solid.yaw_rad)
    local = (points - solid.center_m) @ np.array([[c, -s], [s, c]])
    return bool(np.any(np.all(np.abs(local) < np.array(solid.half_m) + margin_m, axis=1)))


def test_overlap_agrees_with_sampled_points() -> None:
    rng = np.random.default_rng(3)
    seen = {True: 0, False: 0}
    for _ in range(400):
        a, b = _random_solid(rng), _random_solid(rng)
        heights = a.bottom_m < b.top_m - 1e-3 and b.bottom_m < a.top_m - 1e-3
        surely = heights and _contains(b, _grid(a), -0.03)
        surely_not = not heights or not (_contains(b, _grid(a), 0.03) or _contains(a, _grid(b), 0.03))
        if surely or surely_not:
            assert a.overlaps(b) == b.overlaps(a) == surely
            seen[surely] += 1
    assert min(seen.values()) > 40


def test_touching_is_no_overlap() -> None:
    a = Solid((0.0, 0.0), (0.5, 0.5), 0.0, 0.0, 1.0)
    assert not a.overlaps(Solid((1.0, 0.0), (0.5, 0.5), 0.0, 0.0, 1.0))
    assert not a.overlaps(Solid((0.0, 0.0), (0.5, 0.5), 0.0, 1.0, 2.0))
    assert a.overlaps(Solid((0.999, 0.0), (0.5, 0.5), 0.0, 0.0, 1.0))


def test_a_solid_covers_its_own_turned_and_shrunk_self() -> None:
    a = Solid((1.0, 2.0), (0.5, 0.3), 0.7, 0.0, 1.0)
    assert a.covers(Solid((1.0, 2.0), (0.5, 0.3), 0.7, 0.0, 1.0))
    assert a.covers(Solid((1.0, 2.0), (0.2, 0.2), 2.0, 0.0, 1.0))
    assert not a.covers(Solid((1.0, 2.0), (0.5, 0.3), 0.8, 0.0, 1.0))


@pytest.mark.parametrize(
    ("point", "distance"),
    [
        ((0.0, 0.0, 0.5), 0.0),
        ((1.5, 0.0, 0.5), 1.0),
        ((0.0, 0.0, 3.0), 2.0),
        ((3.5, 4.3, 1.0), 5.0),
        ((0.0, 0.0, -1.0), 1.0),
    ],
)
def test_distance_is_to_the_nearest_face(point: tuple[float, float, float], distance: float) -> None:
    solid = Solid((0.0, 0.0), (0.5, 0.3), 0.0, 0.0, 1.0)
    assert solid.distance_m(point) == pytest.approx(distance)
