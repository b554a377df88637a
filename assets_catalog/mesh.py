"""AssetMesh: a loaded, checked asset as arrays, independent of the file format it came from.

Object axes: z up, front -y, origin at the bottom centre of the box, metres.
Triangles are wound counter-clockwise seen from outside.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32

from schemas.surface import Color


@dataclass(frozen=True)
class AssetMaterial:
    """What the file says of a material; the Blender room makes nodes of it."""

    name: str
    color: Color
    """Multiplies the texture where there is one."""
    opacity: float = 1.0
    """Below 1 for glass."""
    metallic: float = 0.0
    roughness: float = 0.5
    emission: float = 0.0
    """Radiance of a lamp's shade or bulb, in units of the scene's light; 0 for all else."""
    texture: bytes | None = None
    """A PNG or JPEG file, or nothing."""


@dataclass(frozen=True)
class MeshPart:
    """The triangles of one material."""

    vertices_m: Float32[np.ndarray, "v 3"]
    triangles: Int32[np.ndarray, "t 3"]
    corner_normals: Float32[np.ndarray, "t 3 3"]
    """Unit, one for each corner."""
    corner_uvs: Float32[np.ndarray, "t 3 2"]
    """v upward; zeros where the asset has none."""
    material: AssetMaterial


@dataclass(frozen=True)
class AssetMesh:
    """An asset, ready to be built."""

    parts: tuple[MeshPart, ...]
