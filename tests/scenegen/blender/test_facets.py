"""Facets: planned shapes as triangles."""

import numpy as np
import pytest

from scenegen.blender.facets import Facets, box_facets, facets, rectangle_facets, sphere_facets
from schemas.geometry import unit_length
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere, flat
from schemas.surface import Surface

SHAPES = {
    "box": box_facets(Box(center_m=(1.0, 2.0, 3.0), size_m=(0.5, 1.0, 2.0))),
    "sphere": sphere_facets(Sphere(center_m=(1.0, 2.0, 3.0), radius_m=10.0)),
}


def geometric(shape: Facets) -> np.ndarray:
    a, b, c = np.moveaxis(shape.vertices_m[shape.triangles], 1, 0)
    return unit_length(np.cross(b - a, c - a))


def test_a_sphere_is_fine_and_its_error_lies_on_both_sides() -> None:
    sphere = SHAPES["sphere"]
    assert len(sphere.triangles) >= 80_000
    corners = sphere.vertices_m[sphere.triangles] - [1.0, 2.0, 3.0]
    outermost_m = np.linalg.norm(corners, axis=-1).max() - 10.0
    innermost_m = np.einsum("tx,tx->t", geometric(sphere), corners[:, 0]).min() - 10.0
    assert outermost_m == pytest.approx(-innermost_m, rel=1e-6)
    assert outermost_m < 10.0 * 4e-5
    assert np.abs(sphere.corner_normals - unit_length(corners)).max() < 1e-12


@pytest.mark.parametrize("name", SHAPES)
def test_a_closed_shape_has_no_holes_and_is_wound_outward(name: str) -> None:
    shape = SHAPES[name]
    edges = shape.triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2)
    assert {tuple(edge) for edge in edges.tolist()} == {(b, a) for a, b in edges.tolist()}
    outward = shape.vertices_m[shape.triangles].mean(axis=1) - [1.0, 2.0, 3.0]
    assert np.einsum("tx,tx->t", geometric(shape), outward).min() > 0
    assert np.einsum("tcx,tx->tc", shape.corner_normals, geometric(shape)).min() > 0.99


def test_a_rectangle_is_two_triangles_that_look_along_z() -> None:
    shape = rectangle_facets(Rectangle(size_m=(4.0, 2.0)))
    assert np.array_equal(geometric(shape), [[0, 0, 1]] * 2)
    assert np.array_equal(np.ptp(shape.vertices_m, axis=0), [4.0, 2.0, 0.0])


def test_the_shapes_of_an_object_are_joined() -> None:
    planned = PlannedObject(
        instance_id=1,
        class_id=1,
        class_name="thing",
        label="thing",
        object2world=flat(np.eye(4)),
        boxes=(Box(center_m=(0, 0, 0), size_m=(1, 1, 1)),) * 2,
        spheres=(Sphere(radius_m=1.0),),
        rectangles=(Rectangle(size_m=(1.0, 1.0)),),
        surface=Surface(finish="paint", color=(0.5, 0.5, 0.5)),
    )
    joined = facets(planned)
    assert len(joined.triangles) == len(joined.corner_normals) == 12 + 12 + 81_920 + 2
    assert joined.triangles.max() == len(joined.vertices_m) - 1
