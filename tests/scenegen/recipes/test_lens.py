"""Lenses: drawn as the spec says, each option from numbers of its own, and turned into the K of a view."""

import math
from collections import Counter

import numpy as np
import pytest

from scenegen.recipes.lens import Lens, draw_lens, view_of
from schemas.geometry import pixel_rays
from schemas.ranges import Range
from schemas.run_spec import Bucket, CameraSpec, DefocusSpec
from schemas.scene_plan import square
from schemas.seeds import rng_for

BUCKETS = (
    Bucket(width_px=1024, height_px=1024, weight=3.0),
    Bucket(width_px=1200, height_px=896, weight=2.0),
    Bucket(width_px=896, height_px=1200, weight=0.5),
)
SHIFTED = CameraSpec(shift_x=Range(low=-0.2, high=-0.1), shift_y=Range(low=0.3, high=0.4))
BLURRED = CameraSpec(defocus=DefocusSpec(share=0.4, f_number=Range(low=2.0, high=5.6)))
DEPTHS_M = np.array([4.0, 1.5, 2.0, 9.0])


def lenses(spec: CameraSpec, count: int = 500) -> list[Lens]:
    """Returns lenses from the same streams, whatever the spec."""
    rng, options = rng_for(3, "views"), rng_for(3, "lenses")
    return [draw_lens(rng, options, spec) for _ in range(count)]


def test_the_plain_lens_is_the_specs() -> None:
    spec = CameraSpec(width_px=320, height_px=192)
    for lens in lenses(spec, 50):
        assert (lens.width_px, lens.height_px, lens.shift_x, lens.shift_y, lens.f_number) == (320, 192, 0.0, 0.0, None)
        assert spec.fov_x_deg.low <= math.degrees(lens.fov_x_rad) <= spec.fov_x_deg.high


def test_buckets_come_as_often_as_their_weights() -> None:
    counts = Counter((lens.width_px, lens.height_px) for lens in lenses(CameraSpec(buckets=BUCKETS), 4000))
    for bucket in BUCKETS:
        expected = bucket.weight / sum(other.weight for other in BUCKETS)
        assert counts[bucket.width_px, bucket.height_px] / 4000 == pytest.approx(expected, abs=0.03)


def test_an_option_moves_no_other_draw() -> None:
    plain, shifted, blurred = (lenses(spec) for spec in (CameraSpec(), SHIFTED, BLURRED))
    both = lenses(SHIFTED.model_copy(update={"defocus": BLURRED.defocus, "buckets": BUCKETS}))
    assert [lens.fov_x_rad for lens in plain] == [lens.fov_x_rad for lens in both]
    assert [(lens.shift_x, lens.shift_y) for lens in shifted] == [(lens.shift_x, lens.shift_y) for lens in both]
    assert [lens.f_number for lens in blurred] == [lens.f_number for lens in both]


def test_shift_moves_the_principal_point_right_and_down() -> None:
    for lens in lenses(SHIFTED, 50):
        k = lens.intrinsics
        assert k[0, 2] == pytest.approx((0.5 + lens.shift_x) * lens.width_px)
        assert k[1, 2] == pytest.approx((0.5 + lens.shift_y) * lens.height_px)
        assert k[0, 0] == k[1, 1] == pytest.approx(0.5 * lens.width_px / math.tan(lens.fov_x_rad / 2))
        assert -0.2 <= lens.shift_x <= -0.1
        assert 0.3 <= lens.shift_y <= 0.4


def test_the_extent_is_what_the_pixels_see() -> None:
    lens = Lens(64, 32, 1.1, shift_x=0.1, shift_y=-0.25)
    rays, half_px = pixel_rays(lens.intrinsics, 64, 32), 0.5 / lens.intrinsics[0, 0]
    for axis in (0, 1):
        low, high = rays[..., axis].min() - half_px, rays[..., axis].max() + half_px
        assert lens.extent.middle[axis] == pytest.approx((low + high) / 2)
        assert lens.extent.half[axis] == pytest.approx((high - low) / 2)


def test_views_out_of_focus_come_as_often_as_asked_and_focus_on_a_depth_that_is_seen() -> None:
    views = [view_of(lens, np.eye(4), 7, DEPTHS_M) for lens in lenses(BLURRED, 1000)]
    opened = [view.defocus for view in views if view.defocus]
    assert len(opened) / 1000 == pytest.approx(0.4, abs=0.05)
    assert {each.focus_m for each in opened} == set(DEPTHS_M.tolist())
    assert all(2.0 <= each.f_number <= 5.6 for each in opened)


def test_a_view_of_nothing_is_sharp() -> None:
    assert view_of(Lens(64, 64, 1.0, f_number=2.0), np.eye(4), 0, np.array([])).defocus is None


def test_a_view_keeps_what_its_lens_says() -> None:
    lens = Lens(64, 48, 1.0, shift_x=0.1)
    view = view_of(lens, np.eye(4), 3, DEPTHS_M)
    assert (view.view_index, view.width_px, view.height_px, view.defocus) == (3, 64, 48, None)
    assert np.array_equal(square(view.intrinsics), lens.intrinsics)
