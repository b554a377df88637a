"""Checks of a loaded mesh: what can't be repaired is refused, in a line that says what and how much."""

import numpy as np

from assets_catalog.mesh import AssetMesh, MeshPart
from schemas.errors import AssetError

HARD_LIMIT_TRIANGLES = 1_000_000
HARD_LIMIT_DECIMATED = 4_000_000
"""Triangles of a model that is to be decimated."""
HARD_LIMIT_VERTICES = 3 * HARD_LIMIT_DECIMATED
HARD_LIMIT_PARTS = 256
"""Materials that differ."""


def check_mesh(mesh: AssetMesh, max_triangles: int | None) -> None:
    """Raises AssetError for a mesh that is empty, broken or too large. `max_triangles`: it will be decimated to it."""
    triangles = sum(len(part.triangles) for part in mesh.parts)
    if triangles == 0:
        raise AssetError("holds no triangles")
    _check_count(triangles, HARD_LIMIT_TRIANGLES if max_triangles is None else HARD_LIMIT_DECIMATED, "triangles")
    _check_count(sum(len(part.vertices_m) for part in mesh.parts), HARD_LIMIT_VERTICES, "vertices")
    _check_count(len({part.material for part in mesh.parts}), HARD_LIMIT_PARTS, "materials")
    for part in mesh.parts:
        _check_part(part)


def _check_count(given: int, allowed: int, what: str) -> None:
    if given > allowed:
        raise AssetError(f"has {given} {what}, {allowed} are allowed")


def _check_part(part: MeshPart) -> None:
    name, triangles = part.material.name, part.triangles
    if triangles.size and not 0 <= triangles.min() <= triangles.max() < len(part.vertices_m):
        worst = int(triangles.max() if triangles.max() >= len(part.vertices_m) else triangles.min())
        raise AssetError(f"part '{name}' names vertex {worst}, and has {len(part.vertices_m)}")
    broken = int((~np.isfinite(part.vertices_m)).any(axis=1).sum())
    if broken:
        raise AssetError(f"part '{name}' has {broken} vertices that are not finite")
