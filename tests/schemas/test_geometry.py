"""Axes, poses and pixels."""

import math

import numpy as np
import pytest

from schemas.geometry import CV_FROM_GL, YUP_FROM_ZUP, intrinsics, look_along, pixel_rays, pose, unit_length


def test_a_level_camera_looks_along_its_heading_with_down_pointing_down() -> None:
    cam2world = look_along((1.0, 2.0, 3.0), yaw_rad=math.pi / 2, pitch_rad=0.0)
    assert np.allclose(cam2world[:3, 2], [0, 1, 0])
    assert np.allclose(cam2world[:3, 0], [1, 0, 0])
    assert np.allclose(cam2world[:3, 1], [0, 0, -1])
    assert np.allclose(cam2world[:3, 3], [1, 2, 3])


@pytest.mark.parametrize(("yaw", "pitch", "roll"), [(0.3, -0.4, 0.2), (-2.0, 0.9, -1.0), (3.1, 0.0, 0.0)])
def test_poses_are_rigid_and_right_handed(yaw: float, pitch: float, roll: float) -> None:
    for matrix in (look_along((1.0, 2.0, 3.0), yaw, pitch, roll), pose((1.0, 2.0, 3.0), yaw)):
        assert np.allclose(matrix[:3, :3] @ matrix[:3, :3].T, np.eye(3))
        assert np.linalg.det(matrix[:3, :3]) == pytest.approx(1.0)


def test_pitch_lifts_the_view_and_roll_turns_the_camera_clockwise() -> None:
    assert look_along((0.0, 0.0, 0.0), 0.0, 0.3)[2, 2] > 0
    right = look_along((0.0, 0.0, 0.0), 0.0, 0.0, roll_rad=0.1)[:3, 0]
    assert right[2] < 0  # a camera turned clockwise has its right side lower


def test_the_ray_of_the_principal_point_is_the_viewing_axis_and_z_is_one() -> None:
    k = intrinsics(math.radians(90), 8, 4)
    rays = pixel_rays(k, 8, 4)
    assert rays.shape == (4, 8, 3)
    assert (rays[..., 2] == 1).all()
    assert np.allclose(rays[1:3, 3:5].mean(axis=(0, 1)), [0, 0, 1])
    assert rays[0, 0] == pytest.approx([-3.5 / 4, -1.5 / 4, 1])  # centre of the top-left pixel is (0.5, 0.5)


def test_the_field_of_view_reaches_from_edge_to_edge() -> None:
    k = intrinsics(math.radians(70), 640, 480)
    assert math.atan(320 / k[0, 0]) == pytest.approx(math.radians(35))
    assert k[0, 0] == k[1, 1]


def test_turning_an_object_by_a_quarter_brings_its_front_from_minus_y_to_plus_x() -> None:
    assert np.allclose(pose((0.0, 0.0, 0.0), math.pi / 2)[:3, :3] @ [0, -1, 0], [1, 0, 0])


def test_axis_changes_are_what_their_names_say() -> None:
    assert np.allclose(YUP_FROM_ZUP @ [0, 0, 1, 1], [0, 1, 0, 1])  # up stays up
    assert np.allclose(YUP_FROM_ZUP @ [0, -1, 0, 1], [0, 0, 1, 1])  # front stays front
    assert np.allclose(CV_FROM_GL @ CV_FROM_GL, np.eye(4))


def test_vectors_are_brought_to_length_one_and_zero_stays_zero() -> None:
    vectors = np.array([[[3.0, 0, -4.0], [0, 0, 0]], [[0, 1e-9, 0], [0, 0, 1e9]]])
    expected = np.array([[[0.6, 0, -0.8], [0, 0, 0]], [[0, 1, 0], [0, 0, 1]]])
    np.testing.assert_allclose(unit_length(vectors), expected, atol=1e-15)
