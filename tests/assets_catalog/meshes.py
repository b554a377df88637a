"""Meshes and pictures made by hand, for tests of what is done to models."""

import io
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, UInt8
from PIL import Image

from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from schemas.geometry import Vec3

PLAIN = AssetMaterial(name="plain", color=(0.8, 0.8, 0.8))
_QUADS = ((0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7))
_SQUARE_UVS = ((0, 0), (1, 0), (1, 1), (0, 1))


def part_of(
    points: Float[np.ndarray, "v 3"], triangles: Sequence[Sequence[int]], material: AssetMaterial = PLAIN
) -> MeshPart:
    """Returns a part with its triangles' own normals and no uvs."""
    rows = np.array(triangles, dtype=np.int32).reshape(-1, 3)
    corners = np.asarray(points, dtype=np.float64)[rows]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(across, axis=1, keepdims=True)
    normals = np.divide(across, lengths, out=np.zeros_like(across), where=lengths > 0)
    return MeshPart(
        vertices_m=np.asarray(points, dtype=np.float32),
        triangles=rows,
        corner_normals=np.repeat(normals[:, None], 3, axis=1).astype(np.float32),
        corner_uvs=np.zeros((len(rows), 3, 2), dtype=np.float32),
        material=material,
    )


def box_part(low: Vec3, high: Vec3, material: AssetMaterial = PLAIN) -> MeshPart:
    """Returns a box whose 8 points its 12 triangles share; each side shows the whole texture."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    points = np.array([(x, y, z) for z in (z0, z1) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))])
    triangles = [(quad[0], quad[k], quad[k + 1]) for quad in _QUADS for k in (1, 2)]
    uvs = [[_SQUARE_UVS[0], _SQUARE_UVS[k], _SQUARE_UVS[k + 1]] for _ in _QUADS for k in (1, 2)]
    part = part_of(points, triangles, material)
    return MeshPart(
        part.vertices_m, part.triangles, part.corner_normals, np.array(uvs, dtype=np.float32), part.material
    )


def sphere_part(rings: int, radius_m: float = 0.5, material: AssetMaterial = PLAIN) -> MeshPart:
    """Returns a sphere about the origin, its normals smooth."""
    across, down = np.meshgrid(np.arange(2 * rings), np.arange(1, rings))
    azimuth, polar = np.pi * across / rings, np.pi * down / rings
    middle = np.stack(
        [np.sin(polar) * np.cos(azimuth), np.sin(polar) * np.sin(azimuth), np.cos(polar)], axis=-1
    ).reshape(-1, 3)
    points = np.vstack([middle, [(0, 0, 1), (0, 0, -1)]]) * radius_m
    around, top, bottom = 2 * rings, len(points) - 2, len(points) - 1
    triangles = []
    for column in range(around):
        following = (column + 1) % around
        triangles += [
            (top, column, following),
            (bottom, (rings - 2) * around + following, (rings - 2) * around + column),
        ]
        for ring in range(rings - 2):
            a, b = ring * around + column, ring * around + following
            triangles += [(a, a + around, b), (b, a + around, b + around)]
    part = part_of(points, triangles, material)
    normals = (points / radius_m)[part.triangles].astype(np.float32)
    return MeshPart(part.vertices_m, part.triangles, normals, part.corner_uvs, material)


def table(material: AssetMaterial = PLAIN) -> AssetMesh:
    """Returns a table of 1.2 x 0.8 x 0.75 m on four legs, its origin at the bottom centre."""
    top = box_part((-0.6, -0.4, 0.71), (0.6, 0.4, 0.75), material)
    steel = AssetMaterial(name="steel", color=(0.5, 0.5, 0.55), metallic=1.0, roughness=0.3)
    legs = [
        box_part((x - 0.02, y - 0.02, 0.0), (x + 0.02, y + 0.02, 0.71), steel)
        for x in (-0.57, 0.57)
        for y in (-0.37, 0.37)
    ]
    return AssetMesh((top, *legs))


def png(pixels: UInt8[np.ndarray, "h w c"]) -> bytes:
    """Returns a PNG file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def jpeg(pixels: UInt8[np.ndarray, "h w 3"]) -> bytes:
    """Returns a JPEG file."""
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=95)
    return out.getvalue()


def filled(color: Sequence[int], side_px: int = 4) -> UInt8[np.ndarray, "h w c"]:
    """Returns a picture of one colour."""
    return np.full((side_px, side_px, len(color)), color, dtype=np.uint8)
