"""A glTF file as a mesh: each primitive of triangles, where the scene's tree puts it, in the file's world.

Metres, +Y up, front +Z; v points down, ours up. A mirroring place turns the winding over. A skinned mesh stands as its
joints do; shapes that a file blends and animations are left at rest. Points and lines are passed over.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.mesh import AssetMaterial, AssetMesh
from assets_catalog.sources.folder.gltf.accessors import floats, integers, width_of
from assets_catalog.sources.folder.gltf.container import Container, read_container, row_of
from assets_catalog.sources.folder.gltf.document import Node, Primitive, TextureInfo
from assets_catalog.sources.folder.gltf.materials import DEFAULT, asset_material, base_texture
from assets_catalog.sources.folder.gltf.nodes import Matrix, world_matrices
from assets_catalog.sources.folder.parts import Piece, assembled, check_count, check_indices
from schemas.errors import AssetError
from schemas.geometry import unit_length
from schemas.surface import Color

_TRIANGLES, _STRIP, _FAN = 4, 5, 6
_MOST_PLACES = 50_000
NO_MATERIAL = -1


def read_gltf(path: Path, folder: Path, turn: Float64[np.ndarray, "3 3"]) -> AssetMesh:
    """Returns the mesh of a .glb or .gltf file, turned to object axes. Raises AssetError."""
    container = read_container(path, folder)
    placed = [(primitive, matrices) for node, matrices in _places(container) for primitive in _of(container, node)]
    if len(placed) > _MOST_PLACES:
        raise AssetError(f"places {len(placed)} pieces, {_MOST_PLACES} are allowed")
    tints: dict[int, Color] = {}
    pieces = []
    triangles = 0
    for primitive, matrices in placed:
        piece = _piece(container, primitive, matrices)
        triangles += len(piece.triangles)
        check_count(triangles)
        tints.setdefault(piece.material, _tint(container, primitive))
        pieces.append(piece)
    return assembled(pieces, _materials(container, tints), turn)


def _materials(container: Container, tints: dict[int, Color]) -> dict[int, AssetMaterial]:
    return {row: asset_material(container, None if row < 0 else row, tint) for row, tint in tints.items()}


def _places(container: Container) -> Iterator[tuple[Node, "Matrix | Float64[np.ndarray, 'j 4 4']"]]:
    """Yields the nodes that show a mesh, with their matrix, or those of their joints where they have a skin."""
    document = container.document
    world = world_matrices(document)
    for row, matrix in world.items():
        node = document.nodes[row]
        if node.mesh is None:
            continue
        yield node, matrix if node.skin is None else _joints(container, node.skin, world)


def _joints(container: Container, row: int, world: dict[int, Matrix]) -> Float64[np.ndarray, "j 4 4"]:
    skin = row_of(container.document.skins, row, "skin")
    for joint in skin.joints:
        if joint not in world:
            raise AssetError(f"skin {row} names node {joint}, which is not in the scene")
    stacked = np.stack([world[joint] for joint in skin.joints])
    if skin.inverse_bind_matrices is None:
        return stacked
    inverse = floats(container, skin.inverse_bind_matrices, 16)
    if len(inverse) < len(stacked):
        raise AssetError(f"skin {row} has {len(inverse)} matrices for {len(stacked)} joints")
    return stacked @ inverse[: len(stacked)].reshape(-1, 4, 4).transpose(0, 2, 1)


def _of(container: Container, node: Node) -> Iterator[Primitive]:
    mesh = row_of(container.document.meshes, node.mesh or 0, "mesh")
    for primitive in mesh.primitives:
        if primitive.mode >= _TRIANGLES and "POSITION" in primitive.attributes:
            if "KHR_draco_mesh_compression" in primitive.extensions:
                raise AssetError("is compressed by Draco, which isn't read; export it without")
            yield primitive


def _piece(container: Container, primitive: Primitive, matrices: np.ndarray) -> Piece:
    points = floats(container, primitive.attributes["POSITION"], 3)
    triangles = _triangles(container, primitive, len(points))
    normals = _attribute(container, primitive, "NORMAL", 3, len(points))
    matrix = _each_by_joints(container, primitive, matrices, len(points)) if matrices.ndim == 3 else matrices
    with np.errstate(all="ignore"):
        linear = matrix[..., :3, :3]
        moved = np.einsum("...ij,...j->...i", linear, points) + matrix[..., :3, 3]
        turned = unit_length(np.einsum("...ij,...j->...i", _cofactors(linear), normals))
        mirrored = bool(np.median(np.linalg.det(linear)) < 0)
    order = [2, 1, 0] if mirrored else [0, 1, 2]
    triangles = np.ascontiguousarray(triangles[:, order])
    return Piece(
        points=moved,
        triangles=triangles,
        normals=turned[triangles],
        uvs=_uvs(container, primitive, len(points))[triangles],
        material=NO_MATERIAL if primitive.material is None else primitive.material,
    )


def _cofactors(linear: np.ndarray) -> np.ndarray:
    """Returns what turns normals: the inverse transpose, but for its scale; its sign keeps them outside."""
    columns = [np.cross(linear[..., (k + 1) % 3], linear[..., (k + 2) % 3]) for k in range(3)]
    sign = np.sign(np.linalg.det(linear))
    return np.stack(columns, axis=-1) * sign[..., None, None]


def _each_by_joints(
    container: Container, primitive: Primitive, joints: Float64[np.ndarray, "j 4 4"], count: int
) -> Float64[np.ndarray, "n 4 4"]:
    """Returns the matrix of each vertex: the mean of its joints', by its weights."""
    if not {"JOINTS_0", "WEIGHTS_0"} <= primitive.attributes.keys():
        raise AssetError("has a skin, and vertices that name no joints")
    rows = integers(container, primitive.attributes["JOINTS_0"], 4)
    weights = floats(container, primitive.attributes["WEIGHTS_0"], 4)
    if len(rows) < count or len(weights) < count or rows.min() < 0 or rows.max() >= len(joints):
        raise AssetError(f"has vertices that name joints beyond its {len(joints)}, or too few of them")
    weights = weights[:count] / np.maximum(weights[:count].sum(axis=1, keepdims=True), 1e-12)
    return np.einsum("nk,nkij->nij", weights, joints[rows[:count]])


def _triangles(container: Container, primitive: Primitive, vertices: int) -> Int64[np.ndarray, "t 3"]:
    corners = np.arange(vertices) if primitive.indices is None else integers(container, primitive.indices)[:, 0]
    check_count(len(corners) // (3 if primitive.mode == _TRIANGLES else 1))
    triangles = _cut(corners, primitive.mode).astype(np.int64)
    check_indices(triangles, vertices)
    return triangles


def _cut(corners: Int64[np.ndarray, " c"], mode: int) -> Int64[np.ndarray, "t 3"]:
    """Returns a list, a strip or a fan as triangles, wound alike; corners beyond the last triangle are dropped."""
    if mode == _TRIANGLES:
        return corners[: len(corners) // 3 * 3].reshape(-1, 3)
    if len(corners) < 3:
        return np.empty((0, 3), dtype=np.int64)
    if mode == _FAN:
        return np.stack([np.full(len(corners) - 2, corners[0]), corners[1:-1], corners[2:]], axis=1)
    strip = np.stack([corners[:-2], corners[1:-1], corners[2:]], axis=1)
    strip[1::2] = strip[1::2, [1, 0, 2]]
    return strip


def _attribute(
    container: Container, primitive: Primitive, name: str, width: int, count: int
) -> Float64[np.ndarray, "n w"]:
    """Returns an attribute of the vertices, NaN where the primitive has none."""
    if name not in primitive.attributes:
        return np.full((count, width), np.nan)
    found = floats(container, primitive.attributes[name], width)
    if len(found) < count:
        raise AssetError(f"has {count} vertices, and {name} for {len(found)}")
    return found[:count]


def _uvs(container: Container, primitive: Primitive, count: int) -> Float64[np.ndarray, "n 2"]:
    """Returns the uvs of the vertices as the colour's texture has them, v upward; zeros where it has none."""
    materials = container.document.materials
    material = DEFAULT if primitive.material is None else row_of(materials, primitive.material, "material")
    texture = base_texture(material)
    transform = texture.extensions.transform if texture else None
    layer = _layer(texture)
    uvs = np.nan_to_num(_attribute(container, primitive, f"TEXCOORD_{layer}", 2, count), nan=0.0)
    if transform is not None:
        cosine, sine = np.cos(transform.rotation), np.sin(transform.rotation)
        turned = (uvs * transform.scale) @ np.array([[cosine, -sine], [sine, cosine]])
        uvs = turned + transform.offset
    return np.stack([uvs[:, 0], 1.0 - uvs[:, 1]], axis=1)


def _layer(texture: TextureInfo | None) -> int:
    if texture is None:
        return 0
    transform = texture.extensions.transform
    return texture.tex_coord if transform is None or transform.tex_coord is None else transform.tex_coord


def _tint(container: Container, primitive: Primitive) -> Color:
    """Returns the mean of the vertices' colours, which multiply the material's; white where there are none."""
    row = primitive.attributes.get("COLOR_0")
    if row is None:
        return 1.0, 1.0, 1.0
    colors = floats(container, row, 4 if width_of(container, row) == 4 else 3)
    red, green, blue = np.clip(np.nan_to_num(colors[:, :3], nan=1.0), 0.0, 1.0).mean(axis=0)
    return float(red), float(green), float(blue)
