"""Triangles: an evaluated scene as plain arrays, what the exact buffers and the exporters are made from.

World axes of `schemas.geometry`, metres. Triangles of one mesh share their vertices: it takes half the memory, and
Embree half the time. Normals are those of the shading: interpolated between corners, bump left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from jaxtyping import Bool, Float32, Int32


@dataclass(frozen=True)
class Triangles:
    """All surfaces of a scene; instances and modifiers are already applied."""

    vertices_m: Float32[np.ndarray, "v 3"]
    vertex_of_corner: Int32[np.ndarray, "t 3"]
    """Rows of `vertices_m`."""
    corner_normals: Float32[np.ndarray, "t 3 3"]
    """Unit, world axes, one for each corner."""
    corner_uvs: Float32[np.ndarray, "t 3 2"]
    """Of textures, v upward; zeros where nothing needs them."""
    instance_id: Int32[np.ndarray, " t"]
    material_id: Int32[np.ndarray, " t"]
    """1 is the first of `materials`."""
    materials: tuple[str, ...]
    alphas: Mapping[int, Float32[np.ndarray, "_ _"]] = field(default_factory=dict)
    """material_id -> alpha of its texture, 0 to 1, bottom row first; below 0.5 is a hole."""
    panes: frozenset[int] = frozenset()
    """material_ids of glass and mirrors."""

    @cached_property
    def corners_m(self) -> Float32[np.ndarray, "t 3 3"]:
        """Returns where the corners are."""
        return self.vertices_m[self.vertex_of_corner]

    def part(self, chosen: Bool[np.ndarray, " t"]) -> "Triangles":
        """Returns the chosen triangles; vertices and materials keep their numbers."""
        return replace(
            self,
            vertex_of_corner=self.vertex_of_corner[chosen],
            corner_normals=self.corner_normals[chosen],
            corner_uvs=self.corner_uvs[chosen],
            instance_id=self.instance_id[chosen],
            material_id=self.material_id[chosen],
        )

    def without_panes(self) -> "Triangles":
        """Returns what is left when glass and mirrors are taken out."""
        if not self.panes:
            return self
        return self.part(~np.isin(self.material_id, list(self.panes)))


def joined(pieces: list[Triangles], materials: tuple[str, ...]) -> Triangles:
    """Returns the triangles of all pieces, in order; their material ids count in `materials`."""
    firsts = np.cumsum([0] + [len(piece.vertices_m) for piece in pieces], dtype=np.int32)
    return Triangles(
        np.concatenate([piece.vertices_m for piece in pieces]),
        np.concatenate([piece.vertex_of_corner + first for piece, first in zip(pieces, firsts, strict=False)]),
        np.concatenate([piece.corner_normals for piece in pieces]),
        np.concatenate([piece.corner_uvs for piece in pieces]),
        np.concatenate([piece.instance_id for piece in pieces]),
        np.concatenate([piece.material_id for piece in pieces]),
        materials,
        {number: alpha for piece in pieces for number, alpha in piece.alphas.items()},
        frozenset().union(*(piece.panes for piece in pieces)),
    )
