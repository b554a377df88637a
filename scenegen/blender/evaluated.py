"""Evaluated triangles: what Cycles will see, read from the evaluated depsgraph with instances and modifiers applied."""

import bpy
import numpy as np

from scenegen.triangles import Triangles, joined
from schemas.errors import RenderError


def evaluated_triangles() -> Triangles:
    """Returns all renderable surfaces of the session; `instance_id` is the object's pass index."""
    depsgraph = bpy.context.evaluated_depsgraph_get()
    materials: dict[str, int] = {}
    pieces = [
        _triangles_of(instance.object.data, np.array(instance.matrix_world), instance.object.pass_index, materials)
        for instance in depsgraph.object_instances
        if instance.object.type == "MESH" and not instance.object.hide_render
    ]
    if not pieces:
        raise RenderError("the scene has no surfaces")
    return joined(pieces, tuple(materials))


def _triangles_of(
    mesh: bpy.types.Mesh, object2world: np.ndarray, instance_id: int, materials: dict[str, int]
) -> Triangles:
    """Numbers new materials as it meets them."""
    mesh.calc_loop_triangles()
    count = len(mesh.loop_triangles)
    loops = np.empty(count * 3, dtype=np.int32)
    mesh.loop_triangles.foreach_get("loops", loops)
    slot = np.empty(count, dtype=np.int32)
    mesh.loop_triangles.foreach_get("material_index", slot)
    ids = [materials.setdefault(material.name, len(materials) + 1) for material in mesh.materials]
    vertex_of_loop = np.empty(len(mesh.loops), dtype=np.int32)
    mesh.loops.foreach_get("vertex_index", vertex_of_loop)
    vertices = np.empty(len(mesh.vertices) * 3, dtype=np.float32)
    mesh.vertices.foreach_get("co", vertices)
    normals = np.empty(len(mesh.loops) * 3, dtype=np.float32)
    mesh.corner_normals.foreach_get("vector", normals)

    corners = vertices.reshape(-1, 3)[vertex_of_loop[loops]] @ object2world[:3, :3].T + object2world[:3, 3]
    corner_normals = normals.reshape(-1, 3)[loops] @ np.linalg.inv(object2world[:3, :3])
    corner_normals /= np.linalg.norm(corner_normals, axis=1, keepdims=True)
    return Triangles(
        corners.astype(np.float32).reshape(-1, 3, 3),
        corner_normals.astype(np.float32).reshape(-1, 3, 3),
        np.full(count, instance_id, dtype=np.int32),
        np.array(ids, dtype=np.int32)[slot],
        (),
    )
