"""The parts of a dataset's stats against numbers reckoned by hand: spreads, cameras, surfaces, pictures, samples."""

import math

import numpy as np
import pytest
from jaxtyping import Float32

from scenegen.dataset.stats.cameras import camera
from scenegen.dataset.stats.pictures import Pictures
from scenegen.dataset.stats.samples import Samples
from scenegen.dataset.stats.spread import spread
from scenegen.dataset.stats.surfaces import CELLS, SIDES, Surfaces, band_names
from schemas.frame import Frame, GBuffer
from schemas.geometry import intrinsics, look_along
from schemas.scene_plan import View, flat


def buffers(z_depth_m: list[float], normal: tuple[float, float, float] = (0, 0, 1)) -> GBuffer:
    depths = np.array([z_depth_m], np.float32)
    normals = np.where(np.isfinite(depths)[..., None], normal, 0).astype(np.float32)
    ids = np.isfinite(depths).astype(np.int32)
    return GBuffer(depths, normals, ids, ids, ids)


def test_a_spread_ranks_the_figures_and_counts_them_in_bins() -> None:
    found = spread([5.0, 1.0, 2.0, 2.5, 11.0], 0.0, 10.0, 5)
    assert found is not None
    assert found.ranks == (1.0, 1.0, 2.5, 11.0, 11.0)
    assert found.edges == (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    assert found.counts == (1, 2, 1, 0, 1)
    assert spread([], 0.0, 1.0, 5) is None


@pytest.mark.parametrize(
    ("pitch_deg", "roll_deg", "yaw"), [(0.0, 0.0, 0.0), (-35.0, 4.0, 1.0), (20.0, -30.0, 4.0), (-89.0, 2.0, 2.0)]
)
def test_a_camera_is_told_as_it_was_placed(pitch_deg: float, roll_deg: float, yaw: float) -> None:
    placed = look_along((1.0, 2.0, 1.6), yaw, math.radians(pitch_deg), math.radians(roll_deg))
    k = intrinsics(math.radians(70), 320, 160)
    k[0, 2] += 40  # a shift of the lens changes no angle
    found = camera(flat(k), flat(placed), 320)
    assert found.fov_x_deg == pytest.approx(70)
    assert found.height_m == 1.6
    assert (found.pitch_deg, found.roll_deg) == pytest.approx((pitch_deg, roll_deg), abs=1e-5)


def test_who_looks_straight_down_has_no_roll() -> None:
    down = look_along((0.0, 0.0, 2.0), 0.3, -math.pi / 2, 0.2)
    assert camera(flat(intrinsics(1.0, 64, 64)), flat(down), 64).roll_deg == 0


def test_depths_are_counted_in_bands_that_begin_with_their_first_number() -> None:
    found = Surfaces()
    found.add(buffers([0.05, 0.29, 0.5, 1.0, 2.9, 3.0, 10.0, 29.0, 30.0, 80.0, 5000.0, math.inf]))
    assert dict(zip(band_names(), found.bands, strict=True)) == {
        "< 0.3 m": 2,
        "0.3-1 m": 1,
        "1-3 m": 2,
        "3-10 m": 1,
        "10-30 m": 2,
        "30-80 m": 1,
        "> 80 m": 2,
    }
    assert (found.pixels, found.without_surface, found.with_surface) == (12, 1, 11)


@pytest.mark.parametrize(
    ("normal", "side", "row", "column"),
    [
        ((0, 0, 1), "toward", 12, 12),
        ((0, 1, 0), "up", 3, 12),
        ((1, 0, 0), "right", 12, 21),
        ((-1, 0, 0), "left", 12, 3),
        ((0, -0.9, 0.43589), "down", 19, 12),
        ((0, 0.6, -0.8), "away", 0, 12),
        ((0, 0, -1), "away", 12, 12),
    ],
)
def test_directions_lie_on_lamberts_map(normal: tuple[float, float, float], side: str, row: int, column: int) -> None:
    """At sqrt(2 - 2z) from the middle of 25 cells of 0.16: sqrt(2) is nine cells; who faces straight away is lost."""
    found = Surfaces()
    found.add(buffers([1.0, 2.0, math.inf], normal))
    assert found.side_counts.tolist() == [2 * (each == side) for each in SIDES]
    assert found.direction_counts[row, column] == 2
    assert found.direction_counts.sum() == 2


def sphere(count: int) -> Float32[np.ndarray, "n 3"]:
    points = np.random.default_rng(3).normal(size=(count, 3))
    return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)


def test_equal_shares_of_the_sphere_are_equal_on_the_map() -> None:
    found, count = Surfaces(), 400_000
    depth = np.ones((1, count), np.float32)
    ids = np.ones((1, count), np.int32)
    found.add(GBuffer(depth, sphere(count)[None], ids, ids, ids))
    middles = (np.arange(CELLS) + 0.5) * 4 / CELLS - 2
    inside = np.hypot(*np.meshgrid(middles, middles)) < 1.8
    expected = count * (4 / CELLS) ** 2 / (4 * np.pi)
    np.testing.assert_allclose(found.direction_counts[inside], expected, rtol=0.2)
    assert found.direction_counts[inside].mean() == pytest.approx(expected, rel=0.01)
    np.testing.assert_allclose(found.side_counts, count / 6, rtol=0.02)


def test_light_and_colour_of_plain_pictures() -> None:
    found = Pictures()
    grey = np.full((10, 10, 3), 51, np.uint8)
    found.add(grey)
    assert (found.mean, found.p1, found.p99, found.saturation) == ([0.2], [0.2], [0.2], [0.0])
    assert found.hue_counts.sum() == 0
    red_and_blue = np.zeros((10, 10, 3), np.uint8)
    red_and_blue[:5, :, 0] = 200
    red_and_blue[5:, :, 2] = 100
    red_and_blue[5:, :, 1] = 50
    red_and_blue[5:, :, 0] = 50
    found.add(red_and_blue)
    assert found.saturation[1] == pytest.approx((1.0 + 0.5) / 2)
    assert np.flatnonzero(found.hue_counts).tolist() == [0, 24]
    assert found.hue_counts[[0, 24]].tolist() == [50, 50]
    assert found.luminance_counts[51] == 100
    assert found.luminance_counts[round(0.2126 * 200)] == 50
    assert (found.pixels, found.luminance_counts.sum()) == (200, 200)


def test_the_ends_of_light_are_percentiles() -> None:
    rgb = np.repeat(np.arange(100, dtype=np.uint8)[None, :, None], 3, axis=2)
    found = Pictures()
    found.add(rgb)
    assert (found.p1[0] * 255, found.p99[0] * 255) == pytest.approx((0, 98))
    assert found.mean[0] * 255 == pytest.approx(49.5)


def frame(number: int) -> Frame:
    rgb = np.full((48, 640, 3), 2 * number, np.uint8)
    identity = flat(np.eye(4))
    view = View(view_index=0, width_px=640, height_px=48, intrinsics=flat(np.eye(3)), cam2world=identity)
    return Frame(f"frame-{number}", view, rgb, buffers([1.0]))


@pytest.mark.parametrize(
    ("frames", "count", "chosen"), [(10, 4, [0, 2, 5, 7]), (3, 5, [0, 1, 2]), (5, 0, []), (0, 3, [])]
)
def test_samples_are_small_and_evenly_spread(frames: int, count: int, chosen: list[int]) -> None:
    samples = Samples.of(frames, count)
    for number in range(frames):
        samples.offer(frame(number))
    assert [each.frame_id for each in samples.chosen] == [f"frame-{number}" for number in chosen]
    assert all((each.width_px, each.height_px) == (200, 15) for each in samples.chosen)
