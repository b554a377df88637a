"""Evaluated triangles: what Cycles will see, read from the evaluated depsgraph with instances and modifiers applied."""

import bpy
import numpy as np
from jaxtyping import Float32, Float64

from scenegen.blender.roles import alpha_of, is_pane
from scenegen.corners import world_corners, world_normals
from scenegen.triangles import Triangles, joined
from schemas.errors import RenderError


def evaluated_triangles() -> Triangles:
    """Returns all renderable surfaces of the session; `instance_id` is the object's pass index.

    Materials are numbered as they are met, in the order of the objects.
    """
    depsgraph = bpy.context.evaluated_depsgraph_get()
    materials: dict[str, int] = {}
    pieces = [
        _triangles_of(
            instance.object,
            np.array(instance.matrix_world, dtype=np.float64),
            materials,
        )
        for instance in depsgraph.object_instances
        if instance.object.type == "MESH" and not instance.object.hide_render
    ]
    if not pieces:
        raise RenderError("the scene has no surfaces")
    return joined(pieces, tuple(materials))


def _triangles_of(
    built: bpy.types.Object, object2world: Float64[np.ndarray, "4 4"], materials: dict[str, int]
) -> Triangles:
    mesh: bpy.types.Mesh = built.data
    shown = [slot.material for slot in built.material_slots]  # an object's own, where it has some
    mesh.calc_loop_triangles()
    loops = _read(mesh.loop_triangles, "loops", np.int32, 3)
    vertices, of_loop = _read(mesh.vertices, "co", np.float32, 3), _read(mesh.loops, "vertex_index", np.int32)
    normals = _read(mesh.corner_normals, "vector", np.float32, 3)
    ids = [materials.setdefault(material.name, len(materials) + 1) for material in shown]
    of_id = dict(zip(ids, shown, strict=True))
    alphas = {number: alpha for number, material in of_id.items() if (alpha := alpha_of(material)) is not None}
    return Triangles(
        world_corners(vertices, of_loop, loops, object2world),
        world_normals(normals, loops, np.ascontiguousarray(np.linalg.inv(object2world[:3, :3]).T)),
        _uvs(mesh)[loops] if alphas else np.zeros((len(loops), 3, 2), dtype=np.float32),
        np.full(len(loops), built.pass_index, dtype=np.int32),
        np.array(ids, dtype=np.int32)[_read(mesh.loop_triangles, "material_index", np.int32)],
        (),
        alphas,
        frozenset(number for number, material in of_id.items() if is_pane(material)),
    )


def _read(items: bpy.types.bpy_prop_collection, name: str, dtype: type, width: int = 1) -> np.ndarray:
    """Returns one attribute of all items, a row each."""
    flat: np.ndarray = np.empty(len(items) * width, dtype=dtype)
    items.foreach_get(name, flat)
    return flat if width == 1 else flat.reshape(-1, width)


def _uvs(mesh: bpy.types.Mesh) -> Float32[np.ndarray, "l 2"]:
    return np.asarray(_read(mesh.uv_layers[0].uv, "vector", np.float32, 2))
