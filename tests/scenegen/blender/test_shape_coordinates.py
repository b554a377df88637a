"""What a mesh tells its material: metres on each face, the place in the shape, and nothing that moves a vertex."""

import bpy
import numpy as np
import pytest

from scenegen.blender.meshes import shapes_mesh
from scenegen.blender.shape_coordinates import ABOVE, CHANCE, FACE, HALF, LOCAL, lay_coordinates
from schemas.scene_plan import Box, PlannedObject, Rectangle, Sphere, flat
from schemas.surface import Surface

BOARD, POST = (
    Box(center_m=(0.0, 0.0, 1.0), size_m=(0.1, 2.0, 0.3)),
    Box(center_m=(1.0, 0.0, 0.5), size_m=(0.2, 0.1, 1.0)),
)


@pytest.fixture
def planned() -> PlannedObject:
    return PlannedObject(
        instance_id=3,
        class_id=1,
        class_name="box",
        label="box",
        object2world=flat(np.eye(4)),
        boxes=(BOARD, POST),
        spheres=(Sphere(center_m=(0.0, 3.0, 1.0), radius_m=0.5),),
        rectangles=(Rectangle(size_m=(1.0, 4.0)),),
        surface=Surface(finish="wood", color=(0.5, 0.4, 0.3)),
    )


def laid(planned: PlannedObject) -> tuple[bpy.types.Mesh, dict[str, np.ndarray]]:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    mesh = shapes_mesh("shapes", planned)
    lay_coordinates(mesh, planned)
    widths = {FACE: 3, LOCAL: 3, HALF: 3, CHANCE: 1, ABOVE: 1}
    found = {}
    for name, width in widths.items():
        data = mesh.attributes[name].data
        values = np.empty(len(data) * width, dtype=np.float32)
        data.foreach_get("vector" if width == 3 else "value", values)
        found[name] = values.reshape(-1, width)
    return mesh, found


def test_the_longest_side_of_each_shape_lies_along_x(planned: PlannedObject) -> None:
    _, found = laid(planned)
    assert np.allclose(found[HALF][0], (1.0, 0.15, 0.05))
    assert np.allclose(found[HALF][8], (0.5, 0.1, 0.05))
    assert np.allclose(found[HALF][-1], (2.0, 0.5, 0.0))
    for first in (0, 8):
        assert np.allclose(np.abs(found[LOCAL][first : first + 8]), found[HALF][first])


def test_no_edge_is_near_on_a_sphere(planned: PlannedObject) -> None:
    _, found = laid(planned)
    sphere = slice(16, len(found[HALF]) - 4)
    assert (found[HALF][sphere] - np.abs(found[LOCAL][sphere])).min() > 100
    assert np.allclose(np.linalg.norm(found[LOCAL][sphere], axis=1), 0.5, atol=1e-3)


def test_each_shape_has_a_number_of_its_own_and_all_know_their_height(planned: PlannedObject) -> None:
    mesh, found = laid(planned)
    assert len(np.unique(found[CHANCE])) == 4
    heights = np.array([vertex.co.z for vertex in mesh.vertices])
    assert np.allclose(found[ABOVE][:, 0], heights - heights.min(), atol=1e-6)


def test_faces_that_look_elsewhere_have_other_places_and_metres_on_them_are_true(planned: PlannedObject) -> None:
    mesh, found = laid(planned.model_copy(update={"spheres": (), "rectangles": ()}))
    assert len(np.unique(np.round(found[FACE], 4), axis=0)) == len(found[FACE])
    for polygon in mesh.polygons:
        corners = [mesh.vertices[mesh.loops[loop].vertex_index].co for loop in polygon.loop_indices]
        places = found[FACE][list(polygon.loop_indices)]
        for one in range(4):
            side_m = (corners[one] - corners[(one + 1) % 4]).length
            assert np.linalg.norm(places[one] - places[(one + 1) % 4]) == pytest.approx(side_m, abs=1e-5)
