"""Fitting: a mesh in metres, with the middle of its box's bottom in the origin."""

import numpy as np
from jaxtyping import Float64

from assets_catalog.ingest.cleaning import box
from assets_catalog.mesh import AssetMesh, MeshPart
from schemas.geometry import Vec3, unit_length


def fitted(mesh: AssetMesh, metres_per_unit: Float64[np.ndarray, "3"]) -> AssetMesh:
    """Returns the mesh scaled along each axis, and moved to its place. Normals turn as planes do."""
    low, high = box(mesh)
    origin = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    origin[np.abs(origin) < 1e-6 * (high - low).max()] = 0.0
    return AssetMesh(tuple(_moved(part, origin, metres_per_unit) for part in mesh.parts))


def size_m(mesh: AssetMesh) -> Vec3:
    """Returns width, depth and height of a mesh in metres, in whole micrometres."""
    low, high = box(mesh)
    width, depth, height = (round(float(side), 6) for side in high - low)
    return width, depth, height


def _moved(part: MeshPart, origin: Float64[np.ndarray, "3"], scale: Float64[np.ndarray, "3"]) -> MeshPart:
    moved = (part.vertices_m.astype(np.float64) - origin) * scale
    normals = part.corner_normals if np.ptp(scale) == 0 else _turned(part.corner_normals.astype(np.float64), scale)
    return MeshPart(
        vertices_m=moved.astype(np.float32),
        triangles=part.triangles,
        corner_normals=normals.astype(np.float32),
        corner_uvs=part.corner_uvs,
        material=part.material,
    )


def _turned(normals: Float64[np.ndarray, "t 3 3"], scale: Float64[np.ndarray, "3"]) -> Float64[np.ndarray, "t 3 3"]:
    """Returns the normals of surfaces that were stretched: divided by the scale, at length 1."""
    return unit_length(normals / scale)
