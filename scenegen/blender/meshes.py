"""Meshes: arrays become Blender meshes in bulk, with their own corner normals, UVs and material slots."""

from collections.abc import Sequence

import bpy
import numpy as np
from jaxtyping import Float32, Int32

from assets_catalog.mesh import AssetMesh
from scenegen.blender.facets import CUBE_CORNERS, CUBE_QUADS, facets
from schemas.scene_plan import Box, PlannedObject


def asset_mesh(name: str, asset: AssetMesh) -> bpy.types.Mesh:
    """Returns a mesh with one material slot for each part; the slots are filled by the caller."""
    offsets = np.cumsum([0] + [len(part.vertices_m) for part in asset.parts])
    triangles = np.concatenate([part.triangles + offset for part, offset in zip(asset.parts, offsets, strict=False)])
    mesh = _mesh(name, np.concatenate([part.vertices_m for part in asset.parts]), triangles.astype(np.int32))
    slots = np.repeat(np.arange(len(asset.parts), dtype=np.int32), [len(part.triangles) for part in asset.parts])
    mesh.polygons.foreach_set("material_index", slots)
    uvs = np.concatenate([part.corner_uvs for part in asset.parts])
    mesh.uv_layers.new(name="uv", do_init=False).uv.foreach_set("vector", np.ascontiguousarray(uvs).ravel())
    _set_corner_normals(mesh, np.concatenate([part.corner_normals for part in asset.parts]))
    return mesh


def boxes_mesh(name: str, boxes: Sequence[Box]) -> bpy.types.Mesh:
    """Returns the flat-shaded mesh of several boxes."""
    vertices = np.concatenate([CUBE_CORNERS * box.size_m + box.center_m for box in boxes]).astype(np.float32)
    quads = np.concatenate([CUBE_QUADS + 8 * number for number in range(len(boxes))]).astype(np.int32)
    mesh = _mesh(name, vertices, quads)
    mesh.polygons.foreach_set("use_smooth", np.zeros(len(quads), dtype=bool))
    return mesh


def shapes_mesh(name: str, planned: PlannedObject) -> bpy.types.Mesh:
    """Returns the mesh of all shapes of an object: flat boxes and rectangles, smooth spheres of exact normals."""
    if not planned.spheres and not planned.rectangles:
        return boxes_mesh(name, planned.boxes)
    shapes = facets(planned)
    mesh = _mesh(name, shapes.vertices_m.astype(np.float32), shapes.triangles.astype(np.int32))
    _set_corner_normals(mesh, shapes.corner_normals.astype(np.float32))
    return mesh


def _mesh(name: str, vertices_m: Float32[np.ndarray, "v 3"], faces: Int32[np.ndarray, "f n"]) -> bpy.types.Mesh:
    mesh = bpy.data.meshes.new(name)
    mesh.vertices.add(len(vertices_m))
    mesh.vertices.foreach_set("co", np.ascontiguousarray(vertices_m).ravel())
    mesh.loops.add(faces.size)
    mesh.loops.foreach_set("vertex_index", np.ascontiguousarray(faces).ravel())
    mesh.polygons.add(len(faces))
    mesh.polygons.foreach_set("loop_start", np.arange(0, faces.size, faces.shape[1], dtype=np.int32))
    mesh.update(calc_edges=True)
    return mesh


def _set_corner_normals(mesh: bpy.types.Mesh, corner_normals: Float32[np.ndarray, "t 3 3"]) -> None:
    """Stores free normals in the attribute that Blender 5 reads them from, without the lossy tangent-space encoding."""
    attribute = mesh.attributes.new("custom_normal", "FLOAT_VECTOR", "CORNER")
    attribute.data.foreach_set("vector", np.ascontiguousarray(corner_normals).ravel())
