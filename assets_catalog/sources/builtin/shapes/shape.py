"""Shape: solids of several materials, with what stands on them and what shines; and its finishing into an asset.

A shape is built in any convenient place; finishing moves the origin to the bottom centre of its box and rounds
coordinates to micrometres (10 nm for directions), so that CPUs whose sines differ in the last bit give the same bytes.
UVs are a box projection in metres: each triangle is laid flat along the axis that its face looks along most.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Float64

from assets_catalog.glb.axes import flipped
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.record import LightSource, SupportSurface
from assets_catalog.sources.builtin.shapes.solids import Solid
from schemas.geometry import Vec3, unit_length

Layer = tuple[AssetMaterial, Sequence[Solid]]
"""A material, and solids of it."""
Layers = Sequence[Layer]


@dataclass(frozen=True)
class Shape:
    """What a shape function returns."""

    layers: Layers
    """Solids by material; a material may come twice."""
    supports: tuple[SupportSurface, ...] = ()
    lights: tuple[LightSource, ...] = ()


@dataclass(frozen=True)
class FinishedShape:
    """A shape in its final place, with the size of its box."""

    mesh: AssetMesh
    size_m: Vec3
    supports: tuple[SupportSurface, ...]
    lights: tuple[LightSource, ...]


def carries(width_m: float, depth_m: float, height_m: float, x_m: float = 0.0, y_m: float = 0.0) -> SupportSurface:
    """Returns a support rectangle, in the axes in which the shape is built."""
    return SupportSurface(center_m=(x_m, y_m), size_m=(width_m, depth_m), height_m=height_m)


def finished(shape: Shape) -> FinishedShape:
    """Returns the shape with its origin at the bottom centre of its box."""
    merged = _by_material(shape.layers)
    low = np.min([solid.vertices_m.min(axis=0) for solid in merged.values()], axis=0)
    high = np.max([solid.vertices_m.max(axis=0) for solid in merged.values()], axis=0)
    origin = np.array([0.5 * (low[0] + high[0]), 0.5 * (low[1] + high[1]), low[2]])
    parts = tuple(_part(material, solid, origin) for material, solid in merged.items())
    size = np.round(high - origin, 6) - np.round(low - origin, 6)
    return FinishedShape(
        AssetMesh(parts),
        (round(float(size[0]), 6), round(float(size[1]), 6), round(float(size[2]), 6)),
        tuple(_moved_support(support, origin) for support in shape.supports),
        tuple(_moved_light(light, origin) for light in shape.lights),
    )


def _by_material(layers: Layers) -> dict[AssetMaterial, Solid]:
    grouped: dict[AssetMaterial, list[Solid]] = {}
    for material, solids in layers:
        grouped.setdefault(material, []).extend(solids)
    return {material: _merged(solids) for material, solids in grouped.items() if solids}


def _merged(solids: Sequence[Solid]) -> Solid:
    firsts = np.cumsum([0, *(len(solid.vertices_m) for solid in solids[:-1])])
    return Solid(
        np.concatenate([solid.vertices_m for solid in solids]),
        np.concatenate([solid.triangles + np.int32(first) for solid, first in zip(solids, firsts, strict=True)]),
        np.concatenate([solid.corner_normals for solid in solids]),
    )


def _part(material: AssetMaterial, solid: Solid, origin: Float64[np.ndarray, "3"]) -> MeshPart:
    vertices = _rounded(solid.vertices_m - origin, 6)
    uvs = _box_projection(vertices[solid.triangles])
    normals = _rounded(unit_length(solid.corner_normals), 8)
    return MeshPart(vertices.astype(np.float32), solid.triangles, normals.astype(np.float32), _storable(uvs), material)


def _storable(uvs: Float64[np.ndarray, "t 3 2"]) -> Float32[np.ndarray, "t 3 2"]:
    """Returns the coordinates as they come back from a GLB file, whose v runs downward."""
    kept = uvs.astype(np.float32)
    kept[..., 1] = flipped(flipped(kept[..., 1].ravel())).reshape(kept.shape[:-1])
    return kept


def _rounded(values: Float64[np.ndarray, "*n 3"], decimals: int) -> Float64[np.ndarray, "*n 3"]:
    """Returns the values rounded, with no negative zeros."""
    return np.round(values, decimals) + 0.0


def _box_projection(triangles_m: Float64[np.ndarray, "t 3 3"]) -> Float64[np.ndarray, "t 3 2"]:
    """Returns for each corner the two coordinates across its face's main axis; v is z on upright faces."""
    a, b, c = triangles_m[:, 0], triangles_m[:, 1], triangles_m[:, 2]
    axes = np.abs(np.cross(b - a, c - a)).argmax(axis=1)
    across = np.array([(1, 2), (0, 2), (0, 1)])[axes]
    return np.take_along_axis(triangles_m, across[:, None, :], axis=2)


def _moved_support(support: SupportSurface, origin: Float64[np.ndarray, "3"]) -> SupportSurface:
    x, y = support.center_m
    return SupportSurface(
        center_m=(round(x - float(origin[0]), 6), round(y - float(origin[1]), 6)),
        size_m=(round(support.size_m[0], 6), round(support.size_m[1], 6)),
        height_m=round(support.height_m - float(origin[2]), 6),
    )


def _moved_light(light: LightSource, origin: Float64[np.ndarray, "3"]) -> LightSource:
    x, y, z = (round(at - float(shift), 6) for at, shift in zip(light.position_m, origin, strict=True))
    return light.model_copy(update={"position_m": (x, y, z)})
