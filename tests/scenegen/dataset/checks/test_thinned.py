"""Thinned buffers are what a camera of fewer pixels sees: the same rays, the same points."""

import numpy as np
import pytest

from scenegen.dataset.checks.thinned import thinned
from schemas.frame import GBuffer
from schemas.geometry import pixel_rays
from schemas.scene_plan import View, flat, square

WIDTH, HEIGHT = 48, 32
K = np.array([[40.0, 0, 20.5], [0, 40.0, 17.25], [0, 0, 1]])


@pytest.mark.parametrize("every_px", [1, 2, 3, 7])
def test_a_pixel_that_is_left_has_the_ray_that_it_had(every_px: int) -> None:
    rays = pixel_rays(K, WIDTH, HEIGHT).astype(np.float32)
    ids = np.arange(WIDTH * HEIGHT, dtype=np.int32).reshape(HEIGHT, WIDTH)
    view = View(view_index=0, width_px=WIDTH, height_px=HEIGHT, intrinsics=flat(K), cam2world=flat(np.eye(4)))
    fewer, seen = thinned(GBuffer(rays[..., 0].copy(), rays, ids, ids, ids), view, every_px)
    assert fewer.z_depth_m.shape == (seen.height_px, seen.width_px)
    assert abs(seen.width_px * every_px - WIDTH) < every_px
    np.testing.assert_allclose(pixel_rays(square(seen.intrinsics), seen.width_px, seen.height_px), fewer.normal_cam)
    np.testing.assert_array_equal(fewer.normal_cam[..., 0], fewer.z_depth_m)
    assert np.unique(fewer.instance_id).size == fewer.instance_id.size
