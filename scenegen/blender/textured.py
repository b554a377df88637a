"""Textured: a set of pictures on planned boxes, at its real size, and the coordinates that carry it there.

Each face has metres of its own: on walls u runs level and v up, on floors and ceilings along the object's x and y, as
seen from outside; neighbouring boxes of one object go on in each other's pattern. A normal map, or relief where there
is none, shapes the picture only: the exact normals are those of the geometry. Occlusion is left to the paths, and
opacity is not shown: planned boxes have no holes.
"""

import bpy
import numpy as np
from jaxtyping import Float32

from assets_catalog.catalog import Catalog
from assets_catalog.record import MapRole, TextureRecord
from scenegen.blender.images import Space, packed_image
from scenegen.blender.nodes import Graph, Socket, Value
from schemas.errors import CatalogError, did_you_mean
from schemas.surface import Surface

_METRES = "metres"
"""Name of the coordinates."""
_RELIEF_M = 0.003
"""From black to white in a height map; its files don't tell."""


def lay_metres(mesh: bpy.types.Mesh) -> None:
    """Gives a mesh the coordinates that `textured` needs."""
    layer = mesh.uv_layers.new(name=_METRES, do_init=False)
    layer.uv.foreach_set("vector", np.ascontiguousarray(metres(*corners(mesh))).ravel())


def corners(mesh: bpy.types.Mesh) -> tuple[Float32[np.ndarray, "c 3"], Float32[np.ndarray, "c 3"]]:
    """Returns all corners of a mesh's faces, and the normals of their faces."""
    corners_m = _read(mesh.vertices, "co", 3)[_read(mesh.loops, "vertex_index", 1, np.int32)[:, 0]]
    sides = _read(mesh.polygons, "loop_total", 1, np.int32)[:, 0]
    return corners_m, np.repeat(_read(mesh.polygons, "normal", 3), sides, axis=0)


def metres(corners_m: Float32[np.ndarray, "c 3"], normals: Float32[np.ndarray, "c 3"]) -> Float32[np.ndarray, "c 2"]:
    """Returns the coordinates of corners, by the axis that their face looks along most; never mirrored from outside."""
    axis = np.abs(normals).argmax(axis=1)
    side = np.where(np.take_along_axis(normals, axis[:, None], axis=1)[:, 0] < 0, -1.0, 1.0)
    x, y, z = corners_m.T
    u = np.select([axis == 0, axis == 1], [side * y, -side * x], x)
    v = np.where(axis == 2, side * y, z)
    return np.stack([u, v], axis=1).astype(np.float32)


def textured(graph: Graph, surface: Surface, catalog: Catalog) -> Socket:
    """Returns the shader of a surface that names a texture set. Raises CatalogError for an unknown one, AssetError."""
    record = _record(surface, catalog)
    coordinates = graph.node("ShaderNodeUVMap", {"uv_map": _METRES})
    scale = (1.0 / record.size_m[0], 1.0 / record.size_m[1], 1.0)
    tiles = graph.node("ShaderNodeMapping", Vector=coordinates.outputs[0], Scale=scale).outputs[0]
    shown = {role: _sampled(graph, role, record, catalog, tiles) for role in _SHOWN if role in record.maps}
    inputs: dict[str, Value] = {"Roughness": surface.roughness}
    inputs |= {_INPUTS[role]: color for role, color in shown.items() if role in _INPUTS}
    return graph.principled(**inputs, **_relief(graph, shown))


_INPUTS: dict[MapRole, str] = {"color": "Base_Color", "roughness": "Roughness", "metalness": "Metallic"}
_SHOWN: tuple[MapRole, ...] = (*_INPUTS, "normal", "height")


def _record(surface: Surface, catalog: Catalog) -> TextureRecord:
    asset_id = surface.texture or ""
    record = catalog.textures.get(asset_id)
    if record is None:
        nearest = did_you_mean(asset_id, catalog.textures)
        raise CatalogError(f"catalog '{catalog.name}' has no texture '{asset_id}'{nearest}")
    return record


def _sampled(graph: Graph, role: MapRole, record: TextureRecord, catalog: Catalog, tiles: Socket) -> Socket:
    """Returns what a map says, repeated in both directions."""
    name = f"{role} {record.maps[role]}"
    space: Space = "sRGB" if role == "color" else "Non-Color"
    image = bpy.data.images.get(name) or packed_image(name, catalog.read_object(record.maps[role]), space)
    return graph.node("ShaderNodeTexImage", {"image": image}, Vector=tiles).outputs["Color"]


def _relief(graph: Graph, shown: dict[MapRole, Socket]) -> dict[str, Value]:
    if "normal" in shown:
        return {"Normal": graph.node("ShaderNodeNormalMap", {"uv_map": _METRES}, Color=shown["normal"]).outputs[0]}
    return {"Normal": graph.bump(shown["height"], _RELIEF_M)} if "height" in shown else {}


def _read(items: bpy.types.bpy_prop_collection, name: str, width: int, dtype: type = np.float32) -> np.ndarray:
    """Returns one attribute of all items, a row each."""
    flat: np.ndarray = np.empty(len(items) * width, dtype=dtype)
    items.foreach_get(name, flat)
    return flat.reshape(-1, width)
