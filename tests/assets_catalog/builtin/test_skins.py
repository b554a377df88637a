"""Skins, leaves and noise: volumes by formulas, closed surfaces, normals that follow gentle bends only."""

import io
import math

import numpy as np
import pytest
from jaxtyping import Float64
from PIL import Image

from assets_catalog.sources.builtin.shapes import street_looks
from assets_catalog.sources.builtin.shapes.foliage import LeafCut, Twig, bow, directions, leaves
from assets_catalog.sources.builtin.shapes.noise import fractal
from assets_catalog.sources.builtin.shapes.skins import loft, pierced, slab, standing, superellipse
from assets_catalog.sources.builtin.shapes.solids import Solid
from assets_catalog.sources.builtin.shapes.turnery import tube

HEXAGON = [(math.cos(turn), math.sin(turn)) for turn in np.linspace(0, 2 * math.pi, 7)[:-1]]


def volume(solid: Solid) -> float:
    a, b, c = np.moveaxis(solid.vertices_m[solid.triangles], 1, 0)
    return float((a * np.cross(b, c)).sum() / 6)


def cylinder() -> Float64[np.ndarray, "5 48 3"]:
    ring = np.array(superellipse(0.5, 0.5, 48))
    return np.stack([np.column_stack([ring, np.full(48, z)]) for z in np.linspace(0, 2, 5)])


def holed() -> Solid:
    """Returns a wall of three by three cells, the middle one open."""
    full = np.ones((3, 3), dtype=bool)
    full[1, 1] = False
    return pierced([0.0, 1.0, 3.0, 4.0], [0.0, 0.5, 1.0, 2.0], full, (-0.1, 0.2))


def twig() -> Solid:
    return Twig(bow(np.zeros(3), np.array([0.5, 0.0, 1.0]), np.array([0.0, 0.0, -0.1]), 8), 0.03, 0.01).solid(8)


def crown() -> Solid:
    rng = np.random.default_rng(3)
    way = directions(rng, 200)
    return leaves(rng, 2 * way, way, LeafCut(0.1, 0.06))


SOLIDS = {
    "loft": loft(cylinder()),
    "slab": slab(HEXAGON, 0.0, 0.3, 0.02),
    "standing": standing(slab(HEXAGON, 0.0, 0.01), -0.4),
    "pierced": holed(),
    "twig": twig(),
    "leaves": crown(),
}


@pytest.mark.parametrize("name", SOLIDS)
def test_every_edge_joins_two_triangles_that_run_it_in_opposite_ways(name: str) -> None:
    solid = SOLIDS[name]
    there = [(int(a), int(b)) for t in solid.triangles for a, b in zip(t, np.roll(t, -1), strict=True)]
    assert len(set(there)) == len(there)
    assert set(there) == {(b, a) for a, b in there}


@pytest.mark.parametrize("name", SOLIDS)
def test_normals_are_unit_and_agree_with_the_winding(name: str) -> None:
    solid = SOLIDS[name]
    a, b, c = np.moveaxis(solid.vertices_m[solid.triangles], 1, 0)
    faces = np.cross(b - a, c - a)
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    np.testing.assert_allclose(np.linalg.norm(solid.corner_normals, axis=2), 1, atol=1e-12)
    assert (faces[:, None] * solid.corner_normals).sum(axis=2).min() > 0.4


def test_volumes_are_those_of_the_formulas() -> None:
    assert volume(SOLIDS["loft"]) == pytest.approx(math.pi * 0.25 * 2, rel=0.01)
    assert volume(slab(HEXAGON, 0.1, 0.4)) == pytest.approx(1.5 * math.sqrt(3) * 0.3)
    assert volume(SOLIDS["pierced"]) == pytest.approx((4 * 2 - 2 * 0.5) * 0.3)
    cone = tube([(0.0, 0.0, z) for z in np.linspace(0, 3, 30).tolist()], np.linspace(0.2, 0.1, 30).tolist(), 64)
    assert volume(cone) == pytest.approx(math.pi * 3 / 3 * (0.04 + 0.02 + 0.01), rel=0.01)


def test_a_round_wall_is_smooth_and_its_ends_are_flat() -> None:
    solid = SOLIDS["loft"]
    outward = solid.vertices_m[solid.triangles] * np.array([1.0, 1.0, 0.0])
    on_wall = np.abs(solid.corner_normals[..., 2]) < 0.5
    outward /= np.maximum(np.linalg.norm(outward, axis=2, keepdims=True), 1e-9)
    assert (outward * solid.corner_normals).sum(axis=2)[on_wall].min() > 0.999
    assert set(np.round(np.abs(solid.corner_normals[..., 2][~on_wall]), 9).tolist()) == {1.0}


def test_what_is_stood_up_shows_its_upper_face_to_the_front() -> None:
    solid = SOLIDS["standing"]
    assert solid.vertices_m[:, 1].min() == pytest.approx(-0.4)
    front = np.isclose(solid.vertices_m[solid.triangles][..., 1], -0.4).all(axis=1)
    np.testing.assert_allclose(
        solid.corner_normals[front], np.broadcast_to((0, -1, 0), (front.sum(), 3, 3)), atol=1e-12
    )


def test_upper_faces_of_leaves_look_up_where_they_are_not_rolled() -> None:
    rng = np.random.default_rng(5)
    flat = np.column_stack([np.cos(np.arange(9.0)), np.sin(np.arange(9.0)), np.zeros(9)])
    solid = leaves(rng, flat, flat, LeafCut(0.1, 0.06, fold=0.1), roll_rad=0.0)
    assert (solid.corner_normals[..., 2] > 0.9).sum() == solid.corner_normals[..., 2].size / 2


def test_noise_is_smooth_bounded_and_drawn_from_its_stream() -> None:
    points = np.random.default_rng(1).uniform(-5, 5, size=(2000, 3))
    values = fractal(np.random.default_rng(2), points, 1.0)
    assert 0.1 < values.std() < 0.6
    assert np.abs(values).max() < 1.9
    np.testing.assert_array_equal(values, fractal(np.random.default_rng(2), points, 1.0))
    moved = fractal(np.random.default_rng(2), points + 1e-4, 1.0)
    assert np.abs(moved - values).max() < 0.01


def test_bricks_tile_and_are_a_picture_that_others_can_read() -> None:
    texture = street_looks.brick(np.random.default_rng(1)).texture
    assert texture is not None
    grey = np.asarray(Image.open(io.BytesIO(texture))).astype(int)
    assert grey.shape == (192, 192)
    mortar = grey == 250
    assert 0.1 < mortar.mean() < 0.3
    assert mortar[0].all()
    assert not mortar[-1].all()
