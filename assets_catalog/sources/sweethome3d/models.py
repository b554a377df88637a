"""The mesh of a model: OBJ and MTL in a library's zip, turned and scaled to what the catalog states.

Steps: the catalog's `modelRotation` (row-major, R·v), y up and front +z to our z up and front -y, then each axis scaled
so that the box has the catalog's size, as Sweet Home 3D does it; file units differ from model to model. For 95 % of the
package that scale is uniform within 5 %; the rest was stretched on purpose by the catalog's makers (kitchen cabinets to
a depth of 60 cm), but for two tables whose rotation swaps width and depth: they skip it.
"""

import posixpath
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.ingest.candidate import LoadedModel
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.sources.sweethome3d.archive import Archive
from assets_catalog.sources.sweethome3d.materials import DEFAULT_COLOR, asset_material, find_mtl
from assets_catalog.wavefront.corner_normals import corner_normals, winding
from assets_catalog.wavefront.obj import Wavefront, corner_rows, read_wavefront
from schemas.errors import AssetError
from schemas.geometry import Vec3

UNROTATED = frozenset({"Scopia#black_table", "Scopia#table4"})
ZUP_FROM_YUP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
LEAST_AREA_M2 = 1e-12


@dataclass(frozen=True)
class Model:
    """All that is needed to load one model."""

    name: str
    """Its id in the library."""
    archive: Archive
    """The members of its folder."""
    member: str
    """The OBJ."""
    rotation: str | None
    """`modelRotation`, as the library has it."""
    size_m: Vec3
    is_lamp: bool


def load_model(model: Model) -> LoadedModel:
    """Returns the mesh of a model, its box as wide, deep and high as stated.

    Raises AssetError when the model, its materials or its textures can't be used.
    """
    turn = ZUP_FROM_YUP @ parse_rotation(model.name, model.rotation)
    obj = read_wavefront(model.archive.read(model.member).decode("latin-1"), model.member)
    parts = _parts(obj, _materials(model, obj), turn, model.size_m, model.member)
    return LoadedModel(AssetMesh(parts), meters_per_unit=1.0)


def parse_rotation(model: str, text: str | None) -> Float64[np.ndarray, "3 3"]:
    """Returns a model's `modelRotation`; the identity when absent or not to be applied. Raises AssetError."""
    if text is None or model in UNROTATED:
        return np.eye(3)
    try:
        rotation = np.array(text.split(), dtype=np.float64).reshape(3, 3)
    except ValueError as error:
        raise AssetError(f"modelRotation of {model} is no 3x3 matrix: {text!r}") from error
    if not np.allclose(rotation @ rotation.T, np.eye(3), atol=1e-3) or np.linalg.det(rotation) < 0:
        raise AssetError(f"modelRotation of {model} is no rotation: {text!r}")
    return rotation


def _materials(model: Model, obj: Wavefront) -> list[AssetMaterial]:
    stated = find_mtl(model.archive, model.member, obj.libraries)
    folder = posixpath.dirname(model.member)
    return [
        asset_material(model.archive, folder, stated[name], model.is_lamp)
        if name in stated
        else AssetMaterial(name=name, color=DEFAULT_COLOR)
        for name in obj.material_names
    ]


def _parts(
    obj: Wavefront, materials: list[AssetMaterial], turn: Float64[np.ndarray, "3 3"], size_m: Vec3, name: str
) -> tuple[MeshPart, ...]:
    points, scale = _fitted(obj, turn, size_m)
    normals = (obj.normals @ turn.T) / scale
    obj = _cleaned(obj, points, normals)
    if not len(obj.material):
        raise AssetError(f"{name} has no triangle with an area")
    shading = corner_normals(points, obj.corner_point, corner_rows(normals, obj.corner_normal, np.nan))
    uvs = np.nan_to_num(corner_rows(obj.uvs, obj.corner_uv, 0.0), nan=0.0, posinf=0.0, neginf=0.0)
    rows = [np.flatnonzero(obj.material == index) for index in range(len(materials))]
    return tuple(
        _part(points, obj.corner_point[row], shading[row], uvs[row], material)
        for row, material in zip(rows, materials, strict=True)
        if len(row)
    )


def _fitted(
    obj: Wavefront, turn: Float64[np.ndarray, "3 3"], size_m: Vec3
) -> tuple[Float64[np.ndarray, "v 3"], Float64[np.ndarray, "3"]]:
    """Returns the points with their box on the origin's floor, and the scale of each axis."""
    turned = obj.points @ turn.T
    used = turned[np.unique(obj.corner_point)]
    low, high = used.min(axis=0), used.max(axis=0)
    scale = np.divide(np.array(size_m), high - low, out=np.ones(3), where=high > low)
    origin = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    return (turned - origin) * scale, scale


def _cleaned(obj: Wavefront, points: Float64[np.ndarray, "v 3"], normals: Float64[np.ndarray, "vn 3"]) -> Wavefront:
    """Drops triangles without area, and turns over those that show their back to their own normals."""
    corners = points[obj.corner_point]
    doubled_area = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1)
    order = winding(corners, corner_rows(normals, obj.corner_normal, np.nan))
    solid = doubled_area > LEAST_AREA_M2
    return replace(
        obj,
        corner_point=np.take_along_axis(obj.corner_point, order, axis=1)[solid],
        corner_uv=np.take_along_axis(obj.corner_uv, order, axis=1)[solid],
        corner_normal=np.take_along_axis(obj.corner_normal, order, axis=1)[solid],
        material=obj.material[solid],
    )


def _part(
    points: Float64[np.ndarray, "v 3"],
    corner_point: Int64[np.ndarray, "t 3"],
    normals: Float64[np.ndarray, "t 3 3"],
    uvs: Float64[np.ndarray, "t 3 2"],
    material: AssetMaterial,
) -> MeshPart:
    used, triangles = np.unique(corner_point, return_inverse=True)
    return MeshPart(
        vertices_m=points[used].astype(np.float32),
        triangles=triangles.reshape(-1, 3).astype(np.int32),
        corner_normals=normals.astype(np.float32),
        corner_uvs=uvs.astype(np.float32),
        material=material,
    )
