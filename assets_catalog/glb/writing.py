"""Writes a mesh as a GLB: one primitive a part, in metres and glTF's axes, textures embedded as they are.

The same mesh gives the same bytes, and `read_glb` gives the same mesh, bit for bit. Any other program can read it.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from pydantic import ValidationError

from assets_catalog.glb import document as gltf
from assets_catalog.glb.axes import flipped, to_gltf, turns_back
from assets_catalog.glb.container import packed
from assets_catalog.glb.materials import gltf_material, mime_type
from assets_catalog.glb.splitting import split
from assets_catalog.mesh import AssetMesh, MeshPart
from schemas.errors import AssetError
from schemas.model import first_fault

_SHORT_UP_TO = 2**16 - 1
"""Vertices that 16 bits can count; the last number is reserved."""


@dataclass
class _Body:
    """The binary chunk, as it grows, and what lies where."""

    chunks: list[bytes] = field(default_factory=list)
    views: list[gltf.BufferView] = field(default_factory=list)
    accessors: list[gltf.Accessor] = field(default_factory=list)
    pictures: dict[bytes, int] = field(default_factory=dict)
    """Picture -> its row among the images; each once."""
    length: int = 0

    def view(self, data: bytes, target: Literal[34962, 34963] | None = None) -> int:
        """Adds bytes; returns the row of their view."""
        padded = data + b"\0" * (-len(data) % 4)
        self.views.append(gltf.BufferView(byte_offset=self.length, byte_length=len(data), target=target))
        self.chunks.append(padded)
        self.length += len(padded)
        return len(self.views) - 1

    def numbers(self, values: np.ndarray, target: Literal[34962, 34963] | None, bounds: bool = False) -> int:
        """Adds an array; returns the row of its accessor."""
        code, kind = _COMPONENTS[values.dtype.str], _TYPES[values.shape[1:]]
        accessor = gltf.Accessor(
            buffer_view=self.view(np.ascontiguousarray(values).tobytes(), target),
            component_type=code,
            count=len(values),
            type=kind,
            min=tuple(values.min(axis=0).tolist()) if bounds else None,
            max=tuple(values.max(axis=0).tolist()) if bounds else None,
        )
        self.accessors.append(accessor)
        return len(self.accessors) - 1


_COMPONENTS: dict[str, Any] = {
    "<f4": gltf.FLOAT,
    "|u1": gltf.UNSIGNED_BYTE,
    "<u2": gltf.UNSIGNED_SHORT,
    "<u4": gltf.UNSIGNED_INT,
}
_TYPES: dict[tuple[int, ...], Any] = {(): "SCALAR", (2,): "VEC2", (3,): "VEC3"}


def write_glb(mesh: AssetMesh) -> bytes:
    """Returns the GLB of a mesh. Raises AssetError for what glTF can't say: no triangle, a share beyond 1."""
    if not all(len(part.triangles) for part in mesh.parts):
        raise AssetError("a part without triangles can't be written as GLB")
    body = _Body()
    try:
        primitives = tuple(_primitive(body, part, row) for row, part in enumerate(mesh.parts))
        materials = tuple(gltf_material(part.material, _picture(body, part)) for part in mesh.parts)
        document = _document(body, primitives, materials)
    except ValidationError as error:
        raise AssetError(f"a mesh that can't be written as GLB: {first_fault(error)}") from error
    json = document.model_dump_json(by_alias=True, exclude_none=True)
    return packed(json.encode(), b"".join(body.chunks))


def _primitive(body: _Body, part: MeshPart, material: int) -> gltf.Primitive:
    vertices = split(part)
    v = vertices.uvs[:, 1]
    uvs = np.stack([vertices.uvs[:, 0], flipped(v)], axis=1)
    corners = vertices.corners.astype("<u2" if len(v) <= _SHORT_UP_TO else "<u4")
    attributes = gltf.Attributes(
        position=body.numbers(to_gltf(vertices.positions_m), gltf.VERTICES, bounds=True),
        normal=body.numbers(to_gltf(vertices.normals), gltf.VERTICES),
        uv=body.numbers(uvs, gltf.VERTICES),
    )
    return gltf.Primitive(
        attributes=attributes,
        indices=body.numbers(corners, gltf.INDICES),
        material=material,
        extras=gltf.Joints(
            begins=body.numbers(vertices.begins, None),
            v=None if turns_back(v).all() else body.numbers(v, None),
        ),
    )


def _picture(body: _Body, part: MeshPart) -> int | None:
    """Returns the row of a part's texture, which is added at its first use."""
    texture = part.material.texture
    if texture is None:
        return None
    return body.pictures.setdefault(texture, len(body.pictures))


def _document(
    body: _Body, primitives: tuple[gltf.Primitive, ...], materials: tuple[gltf.Material, ...]
) -> gltf.Document:
    images = tuple(
        gltf.Image(buffer_view=body.view(picture), mime_type=mime_type(picture, "the mesh"))
        for picture in body.pictures
    )
    shines = any(material.extensions is not None for material in materials)
    return gltf.Document(
        extensions_used=(gltf.EMISSIVE_STRENGTH,) if shines else None,
        meshes=(gltf.Mesh(primitives=primitives),),
        materials=materials,
        textures=tuple(gltf.Texture(source=row) for row in range(len(images))) or None,
        images=images or None,
        accessors=tuple(body.accessors),
        buffer_views=tuple(body.views),
        buffers=(gltf.Buffer(byte_length=body.length),),
    )
