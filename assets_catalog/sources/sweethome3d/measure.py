"""Measures the support surfaces of a package's models and writes measured.json; for maintainers, after a new release.

    python -m assets_catalog.sources.sweethome3d.measure [FOLDER]

A level is a height with a large flat area: the catalog's own, and those of the mesh. On a grid, a cell belongs to it
when a ray from above hits within a centimetre of the level, and a ray upward is free for HEADROOM_M. The largest
rectangle of such cells is the support, drawn in by the cells at its rim.
"""

import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import trimesh
from jaxtyping import Bool, Float64

from assets_catalog.mesh import AssetMesh
from assets_catalog.record import AssetRecord
from assets_catalog.sources.sweethome3d import DEFAULT_FOLDER, library_paths, open_sweethome3d
from assets_catalog.sources.sweethome3d.library import member_path, open_library
from assets_catalog.sources.sweethome3d.records import asset_id
from assets_catalog.sources.sweethome3d.supports import HIGHEST_M, support_height_m
from assets_catalog.taxonomy import load_taxonomy

HEADROOM_M = 0.6
CELL_M = 0.02
LEVEL_M = 0.01
"""What lies this near to a level belongs to it."""
LEAST_SIDE_M, LEAST_AREA_M2 = 0.15, 0.04
"""Of a rectangle: a smaller one carries nothing."""
LEAST_SHARE = 0.15
"""Of the box's ground, that the flat triangles of a level cover."""
MOST_LEVELS = 3
LOWEST_M, APART_M = 0.15, 0.05
"""Of levels: above the model's bottom, and from one another."""

Support = tuple[float, float, float, float, float]
"""Centre x, y, width, depth, height; metres."""


def measure(folder: Path) -> dict[str, dict[str, object]]:
    """Returns model -> {crc32, supports} for all models of a folder whose class carries things."""
    catalog = open_sweethome3d(folder)
    classes = load_taxonomy().classes
    found: dict[str, dict[str, object]] = {}
    for path in library_paths(folder):
        with zipfile.ZipFile(path) as archive:
            for model, properties in open_library(path).models.items():
                record = catalog.records.get(asset_id(model))
                if record is None or not classes[record.class_name].carries:
                    continue
                stated_m = support_height_m(properties, record.size_m)
                crc32 = archive.getinfo(member_path("", properties["model"])).CRC
                supports = measured_supports(catalog.load(record.asset_id), record, stated_m)
                found[model] = {"crc32": crc32, "supports": supports}
    return found


def measured_supports(mesh: AssetMesh, record: AssetRecord, stated_m: float | None) -> list[Support]:
    """Returns the support rectangles of a mesh, the catalog's own level first."""
    triangles = np.concatenate([part.vertices_m[part.triangles] for part in mesh.parts]).astype(np.float64)
    supports: list[Support] = []
    for level_m in _levels_m(triangles, record, stated_m):
        if len(supports) < MOST_LEVELS and all(abs(level_m - known[4]) > APART_M for known in supports):
            support = _rectangle(triangles, record, level_m)
            supports.extend([support] if support is not None else [])
    return supports


def _levels_m(triangles: Float64[np.ndarray, "t 3 3"], record: AssetRecord, stated_m: float | None) -> list[float]:
    """Returns heights worth a look: the stated one, then the mesh's from the top down."""
    crosses = np.cross(triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0])
    doubled_m2 = np.linalg.norm(crosses, axis=1)
    flat = np.abs(crosses[:, 2]) > 0.97 * doubled_m2
    height_m = triangles[flat, :, 2].mean(axis=1)
    area_m2 = np.bincount(np.round(height_m / LEVEL_M).astype(np.int64), doubled_m2[flat] / 2)
    large = np.flatnonzero(area_m2 > LEAST_SHARE * record.size_m[0] * record.size_m[1])
    levels = [float(np.median(height_m[np.round(height_m / LEVEL_M) == level])) for level in large[::-1]]
    return [level for level in ([stated_m] if stated_m else []) + levels if LOWEST_M <= level <= HIGHEST_M]


def _rectangle(triangles: Float64[np.ndarray, "t 3 3"], record: AssetRecord, level_m: float) -> Support | None:
    mesh = trimesh.Trimesh(triangles.reshape(-1, 3), np.arange(3 * len(triangles)).reshape(-1, 3), process=False)
    columns, rows = (np.arange(-side / 2 + CELL_M / 2, side / 2, CELL_M) for side in record.size_m[:2])
    grid_x, grid_y = np.meshgrid(columns, rows)
    origins = np.stack([grid_x.ravel(), grid_y.ravel(), np.full(grid_x.size, level_m + 1.5 * LEVEL_M)], axis=1)
    top_m = origins[0, 2] - _first_hit_m(mesh, origins, -1.0)
    free = (np.abs(top_m - level_m) <= LEVEL_M) & (_first_hit_m(mesh, origins, 1.0) > HEADROOM_M)
    found = largest_rectangle(free.reshape(grid_x.shape))
    if found is None:
        return None
    top, left, height, width = found
    size_m = (width - 1) * CELL_M, (height - 1) * CELL_M
    if min(size_m) < LEAST_SIDE_M or size_m[0] * size_m[1] < LEAST_AREA_M2:
        return None
    inside = top_m.reshape(grid_x.shape)[top : top + height, left : left + width]
    center = columns[left] + size_m[0] / 2, rows[top] + size_m[1] / 2
    x, y, wide, deep, high = (round(float(value), 4) for value in (*center, *size_m, np.max(inside)))
    return x, y, wide, deep, high


def _first_hit_m(
    mesh: trimesh.Trimesh, origins: Float64[np.ndarray, "n 3"], direction: float
) -> Float64[np.ndarray, " n"]:
    """Returns the distance to the first hit straight up (1) or down (-1); infinity for none."""
    directions = np.tile([0.0, 0.0, direction], (len(origins), 1))
    places, rays, _ = mesh.ray.intersects_location(origins, directions, multiple_hits=False)
    distance = np.full(len(origins), np.inf)
    distance[rays] = np.abs(places[:, 2] - origins[rays, 2])
    return distance


def largest_rectangle(free: Bool[np.ndarray, "h w"]) -> tuple[int, int, int, int] | None:
    """Returns (top, left, height, width) of the largest all-true rectangle, or None. The first one in a tie."""
    best: tuple[int, int, int, int] | None = None
    for top in range(free.shape[0]):
        open_columns = np.ones(free.shape[1], dtype=bool)
        for bottom in range(top, free.shape[0]):
            open_columns &= free[bottom]
            if not open_columns.any():
                break
            left, width = _longest_run(open_columns)
            if best is None or (bottom - top + 1) * width > best[2] * best[3]:
                best = top, left, bottom - top + 1, width
    return best


def _longest_run(flags: Bool[np.ndarray, " n"]) -> tuple[int, int]:
    """Returns start and length of the longest run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    longest = int(np.argmax(lengths))
    return int(starts[longest]), int(lengths[longest])


if __name__ == "__main__":
    source_folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER
    lines = [f"{json.dumps(model)}: {json.dumps(entry)}" for model, entry in sorted(measure(source_folder).items())]
    Path(__file__).with_name("measured.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
