"""Sight: rays meet what they meet by the plain formula, whatever is skipped; distances are those of the nearest box."""

import math

import numpy as np
import pytest
from jaxtyping import Float64
from scipy.spatial.transform import Rotation

from scenegen.recipes.lens import Extent, grid_rays
from scenegen.recipes.sight import Boxes, boxes_of
from schemas.geometry import look_along

COLUMNS, ROWS = 16, 13
EXTENT = Extent((0.9, 0.6), (0.1, -0.05))
SCENES = 20


def some_boxes(rng: np.random.Generator, count: int) -> Boxes:
    turns = Rotation.random(count, random_state=rng).as_matrix()
    return Boxes(rng.uniform(-9.0, 9.0, (count, 3)), rng.uniform(0.05, 4.0, (count, 3)), turns)


def camera(rng: np.random.Generator) -> Float64[np.ndarray, "4 4"]:
    x, y, z = rng.uniform(-6.0, 6.0, 3).tolist()
    return look_along((x, y, z), float(rng.uniform(-math.pi, math.pi)), float(rng.uniform(-1.0, 1.0)), 0.2)


def faces_m(boxes: Boxes, cam2world: Float64[np.ndarray, "4 4"], from_inside: bool) -> Float64[np.ndarray, "n r"]:
    """Returns where each ray meets each box, nothing skipped."""
    start = np.einsum("nij,nj->ni", boxes.turned, cam2world[:3, 3] - boxes.middle_m)[:, None]
    ways = np.einsum("nij,rj->nri", boxes.turned, grid_rays(cam2world, EXTENT, COLUMNS, ROWS))
    half = boxes.half_m[:, None] / np.abs(ways)
    enter, leave = (-start / ways - half).max(axis=2), (-start / ways + half).min(axis=2)
    face = np.where(enter > 0.0, enter, leave if from_inside else np.inf)
    return np.where((enter < leave) & (leave > 0.0), face, np.inf)


@pytest.mark.parametrize("from_inside", [False, True])
def test_rays_meet_the_nearest_face(from_inside: bool) -> None:
    rng = np.random.default_rng(2)
    within = 0
    for _ in range(SCENES):
        boxes, cam2world = some_boxes(rng, 40), camera(rng)
        z_depth_m, number = boxes.met(cam2world, EXTENT, COLUMNS, ROWS, from_inside)
        every_m = faces_m(boxes, cam2world, from_inside)
        assert z_depth_m == pytest.approx(every_m.min(axis=0), rel=1e-9)
        hit = number >= 0
        assert np.array_equal(hit, np.isfinite(z_depth_m))
        assert np.array_equal(number[hit], every_m.argmin(axis=0)[hit])
        x, y, z = cam2world[:3, 3].tolist()
        within += boxes.distance_m((x, y, z)) == 0.0
    assert 2 < within < SCENES


def test_of_two_that_are_equally_near_the_first_counts() -> None:
    middle_m, half_m = np.array([[5.0, 0.0, 0.0]]).repeat(2, axis=0), np.full((2, 3), 0.5)
    boxes = Boxes(middle_m, half_m, np.eye(3)[None].repeat(2, axis=0))
    number = boxes.met(look_along((0.0, 0.0, 0.0), 0.0, 0.0, 0.0), EXTENT, COLUMNS, ROWS, from_inside=False)[1]
    assert set(number.tolist()) == {-1, 0}


def test_boxes_of_an_owner_stand_where_it_does() -> None:
    pose = np.eye(4)
    pose[:3, :3], pose[:3, 3] = Rotation.from_euler("z", math.pi / 2).as_matrix(), (1.0, 2.0, 0.0)
    halves_m = np.array([[0.5, 0.1, 0.1]])
    boxes = boxes_of(np.array([[3.0, 0.0, 0.0]]), halves_m, np.stack([np.eye(4), pose]), np.array([1]))
    assert boxes.distance_m((1.0, 5.0, 0.0)) == 0.0
    assert boxes.distance_m((1.0, 6.0, 0.0)) == pytest.approx(0.5)
    assert boxes.distance_m((1.4, 5.0, 0.4)) == pytest.approx(math.hypot(0.3, 0.3))
    nothing = boxes_of(np.zeros((0, 3)), np.zeros((0, 3)), np.eye(4)[None], np.zeros(0, dtype=np.int64))
    assert nothing.distance_m((0.0, 0.0, 0.0)) == math.inf
