"""Triangles: an evaluated scene as plain arrays, what the exact buffers and the exporters are made from.

World axes of `schemas.geometry`, metres. Normals are those of the shading: interpolated between corners, bump left out.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int32


@dataclass(frozen=True)
class Triangles:
    """All surfaces of a scene; instances and modifiers are already applied."""

    corners_m: Float32[np.ndarray, "t 3 3"]
    corner_normals: Float32[np.ndarray, "t 3 3"]
    """Unit, world axes, one for each corner."""
    instance_id: Int32[np.ndarray, " t"]
    material_id: Int32[np.ndarray, " t"]
    """1 is the first of `materials`."""
    materials: tuple[str, ...]


def joined(pieces: list[Triangles], materials: tuple[str, ...]) -> Triangles:
    """Returns the triangles of all pieces, in order; their material ids count in `materials`."""
    return Triangles(
        np.concatenate([piece.corners_m for piece in pieces]),
        np.concatenate([piece.corner_normals for piece in pieces]),
        np.concatenate([piece.instance_id for piece in pieces]),
        np.concatenate([piece.material_id for piece in pieces]),
        materials,
    )
