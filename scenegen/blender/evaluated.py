"""Evaluated triangles: what Cycles will see, read from the evaluated depsgraph with instances and modifiers applied."""

from dataclasses import dataclass

import bpy
import numpy as np
from jaxtyping import Float32, Float64, Int32

from scenegen.blender.roles import alpha_of, is_pane
from scenegen.corners import world_normals, world_points
from scenegen.triangles import Triangles, joined
from schemas.errors import RenderError


@dataclass(frozen=True)
class _Shape:
    """What all objects of one mesh share, in its own axes."""

    vertices_m: Float32[np.ndarray, "v 3"]
    vertex_of_corner: Int32[np.ndarray, "t 3"]
    normals: Float32[np.ndarray, "l 3"]
    loops: Int32[np.ndarray, "t 3"]
    slots: Int32[np.ndarray, " t"]


def evaluated_triangles() -> Triangles:
    """Returns all renderable surfaces of the session; `instance_id` is the object's pass index.

    Materials are numbered as they are met, in the order of the objects.
    """
    depsgraph = bpy.context.evaluated_depsgraph_get()
    materials: dict[str, int] = {}
    shapes: dict[str, _Shape] = {}
    pieces = [
        _triangles_of(instance.object, np.array(instance.matrix_world, dtype=np.float64), materials, shapes)
        for instance in depsgraph.object_instances
        if instance.object.type == "MESH" and not instance.object.hide_render
    ]
    if not pieces:
        raise RenderError("the scene has no surfaces")
    return joined(pieces, tuple(materials))


def _triangles_of(
    built: bpy.types.Object,
    object2world: Float64[np.ndarray, "4 4"],
    materials: dict[str, int],
    shapes: dict[str, _Shape],
) -> Triangles:
    shape = _shape_of(built, shapes)
    shown = [slot.material for slot in built.material_slots]  # an object's own, where it has some
    ids = [materials.setdefault(material.name, len(materials) + 1) for material in shown]
    of_id = dict(zip(ids, shown, strict=True))
    alphas = {number: alpha for number, material in of_id.items() if (alpha := alpha_of(material)) is not None}
    count = len(shape.loops)
    return Triangles(
        world_points(shape.vertices_m, object2world),
        shape.vertex_of_corner,
        world_normals(shape.normals, shape.loops, np.ascontiguousarray(np.linalg.inv(object2world[:3, :3]).T)),
        _uvs(built.data)[shape.loops] if alphas else np.zeros((count, 3, 2), dtype=np.float32),
        np.full(count, built.pass_index, dtype=np.int32),
        np.array(ids, dtype=np.int32)[shape.slots],
        (),
        alphas,
        frozenset(number for number, material in of_id.items() if is_pane(material)),
    )


def _shape_of(built: bpy.types.Object, shapes: dict[str, _Shape]) -> _Shape:
    """Returns the arrays of an object's mesh; those of a mesh that no modifier changes are read once."""
    if built.modifiers:
        return _read_shape(built.data)
    name = built.data.name
    if name not in shapes:
        shapes[name] = _read_shape(built.data)
    return shapes[name]


def _read_shape(mesh: bpy.types.Mesh) -> _Shape:
    mesh.calc_loop_triangles()
    return _Shape(
        _read(mesh.vertices, "co", np.float32, 3),
        _read(mesh.loop_triangles, "vertices", np.int32, 3),
        _read(mesh.corner_normals, "vector", np.float32, 3),
        _read(mesh.loop_triangles, "loops", np.int32, 3),
        _read(mesh.loop_triangles, "material_index", np.int32),
    )


def _read(items: bpy.types.bpy_prop_collection, name: str, dtype: type, width: int = 1) -> np.ndarray:
    """Returns one attribute of all items, a row each."""
    flat: np.ndarray = np.empty(len(items) * width, dtype=dtype)
    items.foreach_get(name, flat)
    return flat if width == 1 else flat.reshape(-1, width)


def _uvs(mesh: bpy.types.Mesh) -> Float32[np.ndarray, "l 2"]:
    return np.asarray(_read(mesh.uv_layers[0].uv, "vector", np.float32, 2))
