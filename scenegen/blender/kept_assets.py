"""Kept assets: their meshes, with materials and images, stay in the Blender session from one scene to the next.

Reading and building a real model takes longer than all else that a scene needs. What was not used longest goes first
when the kept ones exceed a number of bytes. A scene's bytes don't depend on what is kept: an asset is what its catalog
says of it by sha256, it has the same names each time, and nothing of it is changed by a scene that shows it.
"""

from dataclasses import dataclass

import bpy
import numpy as np

from assets_catalog.catalog import Catalog
from assets_catalog.mesh import AssetMesh
from scenegen.blender.asset_materials import asset_material
from scenegen.blender.meshes import asset_mesh

_TRIANGLE_BYTES = 200
"""Of a mesh in Blender, measured: arrays, edges and what it caches for rendering."""
_MATERIAL_BYTES = 280_000
"""Of a material's nodes, measured too."""
_PIXEL_BYTES = 4


@dataclass(frozen=True)
class _Kept:
    sha256: str
    size_bytes: int


class KeptAssets:
    """Meshes by asset_id, the least recently used first."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._kept: dict[str, _Kept] = {}

    def mesh(self, asset_id: str, catalog: Catalog) -> bpy.types.Mesh:
        """Returns an asset's mesh, from the catalog where it isn't kept; it must not be changed."""
        sha256 = catalog.records[asset_id].sha256
        kept = self._kept.pop(asset_id, None)
        mesh = bpy.data.meshes.get(asset_id)
        if kept is None or mesh is None or kept.sha256 != sha256:
            _drop(asset_id)
            mesh = _with_materials(asset_id, catalog.load(asset_id), catalog.records[asset_id].class_name)
            kept = _Kept(sha256, _size_bytes(mesh))
        self._kept[asset_id] = kept
        return mesh

    def drop_beyond_limit(self) -> None:
        """Lets go of what was not used longest; Blender frees it when the next scene is begun."""
        while sum(kept.size_bytes for kept in self._kept.values()) > self._limit_bytes:
            asset_id = next(iter(self._kept))
            del self._kept[asset_id]
            mesh = bpy.data.meshes.get(asset_id)
            if mesh is not None:
                mesh.use_fake_user = False


def _with_materials(asset_id: str, asset: AssetMesh, class_name: str) -> bpy.types.Mesh:
    mesh = asset_mesh(asset_id, asset)
    for part in asset.parts:
        along = int(np.ptp(part.vertices_m, axis=0).argmax())
        mesh.materials.append(asset_material(f"{asset_id}/{part.material.name}", part.material, class_name, along))
    mesh.use_fake_user = True
    return mesh


def _drop(asset_id: str) -> None:
    """Frees the mesh of that name with its materials, so that their names are free again."""
    mesh = bpy.data.meshes.get(asset_id)
    if mesh is not None:
        bpy.data.meshes.remove(mesh)
        bpy.data.orphans_purge(do_recursive=True)


def _size_bytes(mesh: bpy.types.Mesh) -> int:
    nodes = [node for material in mesh.materials for node in material.node_tree.nodes if node.type == "TEX_IMAGE"]
    textures = {node.image.name: node.image for node in nodes}.values()
    pixels = sum(image.size[0] * image.size[1] for image in textures)
    packed_bytes = sum(image.packed_file.size for image in textures)
    bare_bytes = len(mesh.polygons) * _TRIANGLE_BYTES + len(mesh.materials) * _MATERIAL_BYTES
    return bare_bytes + pixels * _PIXEL_BYTES + packed_bytes
