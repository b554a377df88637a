"""Normals of a renderer's pass keep the conventions of the exact buffers."""

import numpy as np
import pytest
from jaxtyping import Float32

from scenegen.dataset.checks.gbuffer_checks import gbuffer_faults
from scenegen.shading_normals import shading_normals
from schemas.frame import GBuffer
from schemas.geometry import CV_FROM_GL, intrinsics, look_along, pixel_rays
from schemas.scene_plan import View, flat

SIDE_PX = 16
CAM2WORLD = look_along((1.0, 2.0, 0.5), 0.4, -0.2, 0.3)
K = intrinsics(1.4, SIDE_PX, SIDE_PX)
VIEW = View(view_index=0, width_px=SIDE_PX, height_px=SIDE_PX, intrinsics=flat(K), cam2world=flat(CAM2WORLD))
RAYS = pixel_rays(K, SIDE_PX, SIDE_PX) @ CV_FROM_GL[:3, :3]
IDS = np.ones((SIDE_PX, SIDE_PX), dtype=np.int32)
FACING = np.tile(np.array([0, 0, 1], dtype=np.float32), (SIDE_PX, SIDE_PX, 1))
BUFFER = GBuffer(np.full((SIDE_PX, SIDE_PX), 2.0, dtype=np.float32), FACING, IDS, IDS, IDS)
INDEX = IDS.astype(np.float32)


def to_world(normal_cam: Float32[np.ndarray, "h w 3"]) -> Float32[np.ndarray, "h w 3"]:
    return (normal_cam @ (CAM2WORLD @ CV_FROM_GL)[:3, :3].T).astype(np.float32)


def leaning(by: float) -> Float32[np.ndarray, "h w 3"]:
    """Returns normals that lean to the right until they face away."""
    normals = FACING + np.array([by, 0, 0], dtype=np.float32)
    return (normals / np.linalg.norm(normals, axis=-1, keepdims=True)).astype(np.float32)


def test_normals_that_face_the_camera_come_through_from_world_axes() -> None:
    found = shading_normals(BUFFER, VIEW, to_world(leaning(0.3)), INDEX)
    assert np.abs(found - leaning(0.3)).max() < 1e-6


@pytest.mark.parametrize("by", [3.0, 30.0])
def test_normals_that_face_away_are_bent_until_they_are_perpendicular_to_the_ray(by: float) -> None:
    given = leaning(by)
    away = (given * RAYS).sum(axis=-1) > 0
    assert away.any()
    found = shading_normals(BUFFER, VIEW, to_world(given), INDEX)
    assert np.abs((found * RAYS).sum(axis=-1)[away]).max() < 1e-6
    assert np.abs(found - given)[~away].max() < 1e-6
    objects: list[object] = []
    assert not any("faces away" in fault for fault in gbuffer_faults(_with(found), K, objects))  # type: ignore[arg-type]


def test_where_the_pass_shows_nothing_or_something_else_the_exact_normal_stands() -> None:
    index, given = INDEX.copy(), to_world(leaning(0.3))
    index[:4], given[4:8] = 2, 0
    found = shading_normals(BUFFER, VIEW, given, index)
    assert np.array_equal(found[:8], FACING[:8])
    assert not np.array_equal(found[8:], FACING[8:])


def _with(normal_cam: Float32[np.ndarray, "h w 3"]) -> GBuffer:
    return GBuffer(BUFFER.z_depth_m, normal_cam, IDS, IDS, IDS)
