"""Reads a GLB that `write_glb` made, and refuses whatever differs from what it writes.

Checked: the container's arithmetic, the document against its one shape, views within the buffer and as long as their
numbers, indices within their vertices, all numbers finite. Pictures are handed on as they are, not decoded.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from jaxtyping import Float32, Int32
from pydantic import ValidationError

from assets_catalog.glb import document as gltf
from assets_catalog.glb.axes import flipped, from_gltf
from assets_catalog.glb.container import unpacked
from assets_catalog.glb.materials import asset_material, mime_type
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from schemas.errors import AssetError
from schemas.model import first_fault

_COMPONENTS = {
    gltf.FLOAT: "<f4",
    gltf.UNSIGNED_BYTE: "|u1",
    gltf.UNSIGNED_SHORT: "<u2",
    gltf.UNSIGNED_INT: "<u4",
}
_WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3}
_INDEX_TYPES = (gltf.UNSIGNED_SHORT, gltf.UNSIGNED_INT)
Item = TypeVar("Item")


def read_glb(data: bytes, name: str) -> AssetMesh:
    """Returns the mesh of a GLB that `write_glb` made. `name` is what errors call it. Raises AssetError."""
    json, binary = unpacked(data, name)
    try:
        document = gltf.Document.model_validate_json(bytes(json))
    except ValidationError as error:
        raise AssetError(f"{name} is no GLB of ours: {first_fault(error)}") from error
    body = _Body(document, binary, name)
    return AssetMesh(tuple(_part(body, primitive) for primitive in document.meshes[0].primitives))


@dataclass(frozen=True)
class _Body:
    """A document with its binary chunk."""

    document: gltf.Document
    binary: memoryview
    name: str

    def bytes_of(self, row: int) -> memoryview:
        """Returns the bytes of a view."""
        view = self.row_of(self.document.buffer_views, row, "buffer view")
        end = view.byte_offset + view.byte_length
        if view.byte_offset % 4 or end > min(self.document.buffers[0].byte_length, len(self.binary)):
            raise AssetError(f"{self.name} has a buffer view of bytes {view.byte_offset} to {end}, beyond its buffer")
        return self.binary[view.byte_offset : end]

    def numbers(self, row: int, components: tuple[int, ...], kind: str) -> np.ndarray:
        """Returns the numbers of an accessor, a row each; they must be of one of the given components and kind."""
        accessor = self.row_of(self.document.accessors, row, "accessor")
        if accessor.component_type not in components or accessor.type != kind:
            raise AssetError(f"{self.name} has {accessor.type} of {accessor.component_type} where {kind} belongs")
        values = self.bytes_of(accessor.buffer_view)
        component = np.dtype(_COMPONENTS[accessor.component_type])
        if len(values) != accessor.count * component.itemsize * _WIDTHS[kind]:
            raise AssetError(f"{self.name} has {len(values)} bytes for {accessor.count} {kind}")
        return np.frombuffer(values, component)

    def floats(self, row: int, kind: str) -> Float32[np.ndarray, "n w"]:
        """Returns the finite numbers of an accessor."""
        values = self.numbers(row, (gltf.FLOAT,), kind)
        if not np.isfinite(values).all():
            raise AssetError(f"{self.name} has numbers that are not finite")
        return values.reshape(-1, _WIDTHS[kind])

    def row_of(self, items: tuple[Item, ...] | None, row: int, what: str) -> Item:
        """Returns an item of one of the document's lists."""
        if items is None or row >= len(items):
            raise AssetError(f"{self.name} names {what} {row}, and has {len(items or ())}")
        return items[row]


def _part(body: _Body, primitive: gltf.Primitive) -> MeshPart:
    positions = from_gltf(body.floats(primitive.attributes.position, "VEC3"))
    normals = from_gltf(body.floats(primitive.attributes.normal, "VEC3"))
    uvs = body.floats(primitive.attributes.uv, "VEC2")
    begins = body.numbers(primitive.extras.begins, (gltf.UNSIGNED_BYTE,), "SCALAR")
    v = _v(body, primitive.extras, uvs)
    if not len(positions) == len(normals) == len(uvs) == len(begins) == len(v):
        raise AssetError(f"{body.name} has attributes of unequal length")
    if begins[0] != 1 or begins.max() > 1:
        raise AssetError(f"{body.name} doesn't say which vertices are one point")
    corners = _corners(body, primitive.indices, len(positions))
    point = np.cumsum(begins, dtype=np.int32) - np.int32(1)
    return MeshPart(
        vertices_m=positions[begins == 1],
        triangles=point[corners],
        corner_normals=normals[corners],
        corner_uvs=np.stack([uvs[:, 0], v], axis=1)[corners],
        material=_material(body, primitive.material),
    )


def _v(body: _Body, joints: gltf.Joints, uvs: Float32[np.ndarray, "n 2"]) -> Float32[np.ndarray, " n"]:
    """Returns our v: as it is stored, or glTF's turned back."""
    return flipped(uvs[:, 1]) if joints.v is None else body.floats(joints.v, "SCALAR")[:, 0]


def _corners(body: _Body, row: int, vertices: int) -> Int32[np.ndarray, "t 3"]:
    corners = body.numbers(row, _INDEX_TYPES, "SCALAR")
    if len(corners) % 3 or corners.max() >= vertices:
        raise AssetError(f"{body.name} has {len(corners)} indices up to {corners.max()} for {vertices} vertices")
    return corners.reshape(-1, 3).astype(np.int32)


def _material(body: _Body, row: int) -> AssetMaterial:
    material = body.row_of(body.document.materials, row, "material")
    named = material.pbr_metallic_roughness.base_color_texture
    return asset_material(material, None if named is None else _picture(body, named.index))


def _picture(body: _Body, row: int) -> bytes:
    texture = body.row_of(body.document.textures, row, "texture")
    image = body.row_of(body.document.images, texture.source, "image")
    picture = bytes(body.bytes_of(image.buffer_view))
    if mime_type(picture, body.name) != image.mime_type:
        raise AssetError(f"{body.name} calls a picture {image.mime_type} that is none")
    return picture
