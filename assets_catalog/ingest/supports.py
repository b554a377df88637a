"""Support surfaces: where a model carries smaller things, measured on its mesh.

A level is a height with a large flat area: the one that the source states, and those of the mesh. On a grid, a cell
belongs to it when a ray from above hits within half a centimetre of the level, and a ray upward is free for
HEADROOM_M and doesn't come out of a solid. The largest rectangle of such cells is the support, drawn in by the cells
at its rim. So boards in a bookcase, with little height above them, are left out, as is what stands higher than anyone
sees.
"""

from typing import Any

import numpy as np
from jaxtyping import Bool, Float32, Float64

from assets_catalog.ingest.cleaning import box
from assets_catalog.ingest.rectangles import largest_rectangle
from assets_catalog.mesh import AssetMesh
from assets_catalog.record import SupportSurface

HEADROOM_M = 0.6
HIGHEST_M = 1.5
"""Nobody sees what stands higher."""
CELL_M, MOST_CELLS = 0.02, 150
"""Side of a cell, and how many lie along the longer side; a very large model has larger cells."""
LEVEL_M = 0.01
"""What differs by no more from the highest of a level belongs to it, so that nothing on it floats by more."""
LEAST_SIDE_M, LEAST_AREA_M2 = 0.15, 0.04
"""Of a rectangle: a smaller one carries nothing."""
LEAST_SHARE = 0.15
"""Of the box's ground, that the flat triangles of a level cover."""
MOST_LEVELS = 3
LOWEST_M, APART_M = 0.15, 0.05
"""Of levels: above the model's bottom, and from one another."""


def measured_supports(mesh: AssetMesh, stated_m: float | None) -> tuple[SupportSurface, ...]:
    """Returns the support rectangles of a fitted mesh; the level that its source states is tried first."""
    triangles = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts])
    low, high = box(mesh)
    from embreex.mesh_construction import TriangleMesh  # noqa: PLC0415 - planning needs no ray caster
    from embreex.rtcore_scene import EmbreeScene  # noqa: PLC0415 - nor its scene

    scene = EmbreeScene()
    TriangleMesh(scene, np.ascontiguousarray(triangles))
    found: list[SupportSurface] = []
    for level_m in _levels_m(triangles.astype(np.float64), (high - low)[:2], stated_m):
        if len(found) < MOST_LEVELS and all(abs(level_m - known.height_m) > APART_M for known in found):
            support = _support(scene, low, high, level_m)
            found.extend([support] if support is not None else [])
    return tuple(found)


def _levels_m(
    triangles: Float64[np.ndarray, "t 3 3"], ground_m: Float64[np.ndarray, "2"], stated_m: float | None
) -> list[float]:
    """Returns heights worth a look: the stated one, then the mesh's from the top down."""
    crosses = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    doubled_m2 = np.linalg.norm(crosses, axis=1)
    height_m = triangles[:, :, 2].mean(axis=1)
    flat = (np.abs(crosses[:, 2]) > 0.97 * doubled_m2) & (height_m >= LOWEST_M / 2) & (height_m <= 2 * HIGHEST_M)
    height_m = height_m[flat]
    bins = np.round(height_m / LEVEL_M).astype(np.int64)
    area_m2 = np.bincount(bins, doubled_m2[flat] / 2)
    large = np.flatnonzero(area_m2 > LEAST_SHARE * ground_m[0] * ground_m[1])
    levels = [float(np.median(height_m[bins == level])) for level in large[::-1]]
    return [level for level in ([stated_m] if stated_m else []) + levels if LOWEST_M <= level <= HIGHEST_M]


def _support(
    scene: Any, low: Float64[np.ndarray, "3"], high: Float64[np.ndarray, "3"], level_m: float
) -> SupportSurface | None:
    cell_m = max(CELL_M, float((high - low)[:2].max()) / MOST_CELLS)
    columns, rows = (np.arange(low[axis] + cell_m / 2, high[axis], cell_m) for axis in (0, 1))
    grid_x, grid_y = np.meshgrid(columns, rows)
    start_m = level_m + 1.5 * LEVEL_M
    origins = np.stack([grid_x.ravel(), grid_y.ravel(), np.full(grid_x.size, start_m)], axis=1).astype(np.float32)
    below_m, _ = _first_hits(scene, origins, -1.0)
    above_m, shows_back = _first_hits(scene, origins, 1.0)
    top_m = (start_m - below_m).reshape(grid_x.shape)
    free = ((above_m > HEADROOM_M) & ~shows_back).reshape(grid_x.shape)
    rectangle = largest_rectangle(free & (np.abs(top_m - level_m) <= LEVEL_M / 2))
    if rectangle is None:
        return None
    top, left, height, width = rectangle
    size_m = (width - 1) * cell_m, (height - 1) * cell_m
    if min(size_m) < LEAST_SIDE_M or size_m[0] * size_m[1] < LEAST_AREA_M2:
        return None
    return SupportSurface(
        center_m=(round(float(columns[left]) + size_m[0] / 2, 4), round(float(rows[top]) + size_m[1] / 2, 4)),
        size_m=(round(size_m[0], 4), round(size_m[1], 4)),
        height_m=round(float(top_m[top : top + height, left : left + width].max()), 4),
    )


def _first_hits(
    scene: Any, origins: Float32[np.ndarray, "n 3"], direction: float
) -> tuple[Float64[np.ndarray, " n"], Bool[np.ndarray, " n"]]:
    """Returns distances to the first hit straight up (1) or down (-1), infinity for none; and which hit a back."""
    directions = np.tile(np.array([0.0, 0.0, direction], dtype=np.float32), (len(origins), 1))
    hit = scene.run(origins, directions, output=True)
    missed = hit["primID"] < 0
    distance_m = np.where(missed, np.inf, hit["tfar"]).astype(np.float64)
    return distance_m, ~missed & (hit["Ng"][:, 2] * direction > 0)
