"""The solids of procedural furniture: sizes, volumes against the formulas, normals that follow their maps."""

import math

import numpy as np
import pytest
from jaxtyping import Float64

from assets_catalog.sources.builtin.shapes.solids import Solid, box, post
from assets_catalog.sources.builtin.shapes.turnery import arc, curve, disc, hollow, lathe, leg, rod, tube
from assets_catalog.sources.builtin.shapes.upholstery import cushion, pillow, sheet

HALF_CIRCLE = arc((0.0, 0.0), 1.0, -0.5 * math.pi, 0.5 * math.pi, 24)
BALL = lathe([(0.0, -1.0), *HALF_CIRCLE[1:-1], (0.0, 1.0)], 48)


def volume(solid: Solid) -> float:
    a, b, c = np.moveaxis(solid.vertices_m[solid.triangles], 1, 0)
    return float((a * np.cross(b, c)).sum() / 6)


def bend() -> Float64[np.ndarray, "9 5 3"]:
    """Returns a quarter of a pipe of radius 1."""
    turn, along = np.meshgrid(np.linspace(0, 0.5 * math.pi, 9), np.linspace(0, 1, 5), indexing="ij")
    return np.stack([np.cos(turn), np.sin(turn), along], axis=2)


SOLIDS = {
    "box": box((-0.3, -0.2, 0.0), (0.3, 0.2, 0.1), 0.01),
    "post": post((0.1, 0.0, 0.0), (0.03, 0.03), (0.0, 0.0, 0.7), (0.05, 0.04)),
    "ball": BALL,
    "ring": lathe([(0.5, 0.0), (0.5, 0.3), (0.49, 0.3), (0.49, 0.0), (0.5, 0.0)]),
    "vessel": lathe(hollow(curve([(0.04, 0.0), (0.09, 0.1), (0.05, 0.2)]), 0.004, 0.008)),
    "rod": rod((0.0, 0.1, 0.2), (0.4, -0.3, 0.1), 0.01),
    "leg": leg((0.1, 0.1, 0.0), (0.0, 0.0, 0.4), 0.01, 0.02),
    "tube": tube([(x, 0.0, z) for x, z in arc((0.0, 0.0), 0.1, 0.0, 3.0, 12)], 0.01),
    "cushion": cushion((-0.3, -0.3, 0.0), (0.3, 0.3, 0.15), 0.05, 0.02),
    "pillow": pillow(0.7, 0.4, 0.17),
    "sheet": sheet(bend(), 0.01),
    "turned": BALL.stretched(0.3, 0.2, 0.1).turned("x", 0.4).turned("z", 1.0),
}


@pytest.mark.parametrize("name", SOLIDS)
def test_a_solid_is_closed_and_looks_outward(name: str) -> None:
    solid = SOLIDS[name]
    there = {
        (a, b)
        for triangle in solid.triangles.tolist()
        for a, b in zip(triangle, triangle[1:] + triangle[:1], strict=True)
    }
    assert len(there) == solid.triangles.size
    assert there == {(b, a) for a, b in there}
    assert volume(solid) > 0


@pytest.mark.parametrize("name", SOLIDS)
def test_corner_normals_are_unit_and_near_the_face(name: str) -> None:
    solid = SOLIDS[name]
    a, b, c = np.moveaxis(solid.vertices_m[solid.triangles], 1, 0)
    faces = np.cross(b - a, c - a)
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    np.testing.assert_allclose(np.linalg.norm(solid.corner_normals, axis=2), 1, atol=1e-12)
    assert (faces[:, None] * solid.corner_normals).sum(axis=2).min() > 0.4


def test_a_box_keeps_its_corners_and_its_faces_stay_flat() -> None:
    solid = box((-0.3, -0.2, 0.0), (0.3, 0.2, 0.1), 0.01)
    np.testing.assert_allclose(solid.vertices_m.min(axis=0), (-0.3, -0.2, 0.0), atol=1e-15)
    np.testing.assert_allclose(solid.vertices_m.max(axis=0), (0.3, 0.2, 0.1), atol=1e-15)
    assert set(np.abs(solid.corner_normals).ravel().tolist()) == {0.0, 1.0}
    assert len(solid.triangles) == 44


def test_volumes_are_those_of_the_formulas() -> None:
    assert volume(BALL) == pytest.approx(4 / 3 * math.pi, rel=0.01)
    assert volume(disc(0.5, 0.0, 0.1, 0.0001, 96)) == pytest.approx(math.pi * 0.25 * 0.1, rel=0.01)
    assert volume(rod((0.0, 0.0, 0.0), (3.0, 4.0, 0.0), 0.1, 64)) == pytest.approx(5 * math.pi * 0.01, rel=0.01)
    assert volume(sheet(bend(), 0.01)) == pytest.approx(0.5 * math.pi * 0.995 * 0.01, rel=0.02)


def test_normals_of_a_ball_point_away_from_its_middle_through_any_map() -> None:
    at = BALL.vertices_m[BALL.triangles]
    np.testing.assert_allclose(
        BALL.corner_normals[np.abs(at[..., 2]) < 0.99], at[np.abs(at[..., 2]) < 0.99], atol=0.002
    )
    squeezed = BALL.stretched(1.0, 0.5, 0.25)
    gradient = squeezed.vertices_m[squeezed.triangles] * np.array([1.0, 4.0, 16.0])
    true = gradient / np.linalg.norm(gradient, axis=2, keepdims=True)
    assert (true * squeezed.corner_normals).sum(axis=2).min() > 0.995


def test_ends_of_a_leg_are_level_however_it_leans() -> None:
    solid = leg((0.2, 0.1, 0.0), (0.0, 0.0, 0.4), 0.01, 0.02)
    assert set(np.round(solid.vertices_m[:, 2], 12).tolist()) == {0.0, 0.4}


def test_a_gentle_bend_is_shared_and_a_sharp_one_is_an_edge() -> None:
    solid = lathe([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.9, 2.0), (0.0, 2.0)])
    upright = np.isclose(solid.corner_normals[..., 2], 0.0)
    assert upright.any()
    at_bend = solid.corner_normals[np.isclose(solid.vertices_m[solid.triangles][..., 2], 1.0)]
    assert np.ptp(at_bend[:, 2]) < 1e-12
    at_foot = solid.corner_normals[np.isclose(solid.vertices_m[solid.triangles][..., 2], 0.0)]
    assert set(np.round(at_foot[:, 2], 9).tolist()) == {-1.0, 0.0}


def test_turning_follows_the_right_hand() -> None:
    point = Solid(np.array([[0.0, 1.0, 0.0]]), np.zeros((1, 3), dtype=np.int32), np.tile([0.0, 1.0, 0.0], (1, 3, 1)))
    np.testing.assert_allclose(point.turned("x", 0.5 * math.pi).vertices_m[0], (0, 0, 1), atol=1e-12)
    np.testing.assert_allclose(point.turned("z", 0.5 * math.pi).corner_normals[0, 0], (-1, 0, 0), atol=1e-12)


def test_a_vessel_has_room_inside() -> None:
    outer = curve([(0.04, 0.0), (0.09, 0.1), (0.05, 0.2)])
    full = lathe([(0.0, 0.0), *outer, (0.0, 0.2)])
    assert volume(SOLIDS["vessel"]) < 0.25 * volume(full)
