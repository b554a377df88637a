"""Properties of each form: a hit lies on the surface, nothing of the surface comes before it, normals point outward."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scenegen.analytic.boxes import BoxForm
from scenegen.analytic.crossings import distances as crossings
from scenegen.analytic.form import Form
from scenegen.analytic.rectangles import RectangleForm
from scenegen.analytic.spheres import SphereForm
from schemas.seeds import rng_for

SIDE = st.floats(0.01, 20.0)
FORMS = st.one_of(
    st.builds(lambda x, y, z: BoxForm(np.array([x, y, z])), SIDE, SIDE, SIDE),
    st.builds(SphereForm, SIDE),
    st.builds(RectangleForm, SIDE, SIDE),
)
EYES = st.builds(lambda x, y, z: np.array([x, y, z]), *([st.floats(-30.0, 30.0)] * 3))


def met(form: Form, eye_m: np.ndarray, rays: np.ndarray) -> np.ndarray:
    """Returns where rays (3, ...) first meet the form."""
    return crossings(form.kind, form.half_m, eye_m, rays.reshape(3, -1)).reshape(rays.shape[1:])


def height_m(form: Form, points_m: np.ndarray) -> np.ndarray:
    """Returns how far points (3, n) lie outside the surface, negative inside; above the plane, of a rectangle."""
    if isinstance(form, SphereForm):
        return np.linalg.norm(points_m, axis=0) - form.radius_m
    if isinstance(form, BoxForm):
        return (np.abs(points_m) - form.half_m[:, None]).max(axis=0)
    beside = (np.abs(points_m[:2]) > form.half_m[:2, None]).any(axis=0)
    return np.where(beside, np.nan, points_m[2])


def rays_toward(form: Form, eye_m: np.ndarray, key: int) -> np.ndarray:
    """Returns rays (3, 4, 16) of several lengths, most of which pass near the form."""
    rng = rng_for(key, "rays")
    targets = rng.uniform(-1.3, 1.3, (3, 64)) * form.half_m[:, None]
    return ((targets - eye_m[:, None]) * rng.uniform(0.2, 3.0, 64)).reshape(3, 4, 16)


@settings(max_examples=120)
@given(form=FORMS, eye_m=EYES, key=st.integers(0, 1000))
def test_a_hit_lies_on_the_surface_and_nothing_comes_before_it(form: Form, eye_m: np.ndarray, key: int) -> None:
    if np.abs(np.nan_to_num(height_m(form, eye_m[:, None]), nan=1.0)).min() < 1e-3:
        return
    rays = rays_toward(form, eye_m, key)
    distances = met(form, eye_m, rays).ravel()
    flat_rays = rays.reshape(3, -1)
    hit = np.isfinite(distances)
    assert (distances[hit] > 0).all()
    scale_m = 1e-9 * (1.0 + np.abs(eye_m).max() + form.half_m.max())
    points_m = eye_m[:, None] + distances[hit] * flat_rays[:, hit]
    assert np.abs(np.nan_to_num(height_m(form, points_m))).max(initial=0.0) <= scale_m
    if isinstance(form, RectangleForm):
        return
    sign = -1.0 if form.is_inside(eye_m) else 1.0
    for share in (0.05, 0.4, 0.8, 0.99):
        before_m = eye_m[:, None] + share * distances[hit] * flat_rays[:, hit]
        assert (sign * height_m(form, before_m) >= -scale_m).all()
    for far in np.geomspace(1e-3, 50.0, 40):
        assert (sign * height_m(form, eye_m[:, None] + far * flat_rays[:, ~hit]) >= -scale_m).all()


@settings(max_examples=120)
@given(form=FORMS, eye_m=EYES, key=st.integers(0, 1000))
def test_normals_are_unit_point_outward_and_tell_the_side(form: Form, eye_m: np.ndarray, key: int) -> None:
    if np.abs(np.nan_to_num(height_m(form, eye_m[:, None]), nan=1.0)).min() < 1e-3:
        return
    rays = rays_toward(form, eye_m, key)
    distances = met(form, eye_m, rays).ravel()
    hit = np.isfinite(distances)
    rays, distances = rays.reshape(3, -1)[:, hit], distances[hit]
    outward = form.outward(eye_m, rays, distances)
    assert np.allclose(np.linalg.norm(outward, axis=0), 1.0, atol=1e-12)
    away = (outward * rays).sum(axis=0) * (1.0 if form.is_inside(eye_m) else -1.0)
    assert (away >= -1e-6 * np.linalg.norm(rays, axis=0)).all()
    step_m = 1e-4 * form.half_m[form.half_m > 0].min()
    outside_m = height_m(form, eye_m[:, None] + distances * rays + step_m * outward)
    assert (np.nan_to_num(outside_m, nan=1.0) > 0).all()


@pytest.mark.parametrize("form", [BoxForm(np.array([2.0, 3.0, 4.0])), SphereForm(2.0)])
def test_a_closed_form_is_seen_from_inside_in_every_direction(form: Form) -> None:
    rays = rng_for("directions").normal(size=(3, 20, 20))
    assert form.is_inside(np.array([0.5, -0.3, 1.0]))
    assert np.isfinite(met(form, np.array([0.5, -0.3, 1.0]), rays)).all()


def test_a_ray_along_a_side_of_a_box_is_no_number_s_end() -> None:
    box = BoxForm(np.array([1.0, 1.0, 1.0]))
    eye_m = np.array([-3.0, 1.0, 0.0])
    along = np.array([1.0, 0.0, 0.0]).reshape(3, 1, 1)
    assert met(box, eye_m, along)[0, 0] in {2.0, np.inf}
    assert met(box, np.array([-3.0, 0.0, 0.0]), along)[0, 0] == 2.0
    assert met(box, np.array([-3.0, 1.5, 0.0]), along)[0, 0] == np.inf


def test_a_rectangle_is_two_sided_and_ends_at_its_sides() -> None:
    form = RectangleForm(2.0, 1.0)
    down = np.array([0.0, 0.0, -1.0]).reshape(3, 1, 1)
    assert met(form, np.array([1.9, 0.9, 3.0]), down)[0, 0] == 3.0
    assert met(form, np.array([1.9, 0.9, -3.0]), -down)[0, 0] == 3.0
    assert met(form, np.array([2.1, 0.9, 3.0]), down)[0, 0] == np.inf
    assert met(form, np.array([1.9, 1.1, 3.0]), down)[0, 0] == np.inf
    assert met(form, np.array([1.9, 0.9, 3.0]), -down)[0, 0] == np.inf
    assert form.is_inside(np.array([0.0, 0.0, -1.0]))


def test_a_far_small_sphere_loses_no_digits() -> None:
    eye_m = np.array([0.0, 0.0, -1e5])
    ray = np.array([0.0, 0.0, 1.0]).reshape(3, 1, 1)
    assert met(SphereForm(0.01), eye_m, ray)[0, 0] == pytest.approx(1e5 - 0.01, abs=1e-9)
