"""Wavefront OBJ, read into arrays: polygons as triangles, one index a corner for position, uv and normal.

Format: Alias|Wavefront "Object Files", appendix B1 of the Advanced Visualizer manual. Read here: v, vt, vn, f, usemtl,
mtllib; indices from 1, or negative from the end. Smoothing groups, lines, points and curves are passed over.
Why no library: trimesh cuts every polygon as a fan (wrong for concave ones), drops the uvs of a material when one face
lacks them, and lets bad indices through. A file that breaks the format raises AssetError.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.wavefront.polygons import triangulate
from schemas.errors import AssetError

ABSENT = -1


@dataclass(frozen=True)
class Wavefront:
    """The triangles of an OBJ file, in its own axes and units."""

    points: Float64[np.ndarray, "v 3"]
    uvs: Float64[np.ndarray, "vt 2"]
    normals: Float64[np.ndarray, "vn 3"]
    corner_point: Int64[np.ndarray, "t 3"]
    corner_uv: Int64[np.ndarray, "t 3"]
    """-1 where a corner has none; so for normals."""
    corner_normal: Int64[np.ndarray, "t 3"]
    material: Int64[np.ndarray, " t"]
    """Row in `material_names`."""
    material_names: tuple[str, ...]
    libraries: tuple[str, ...]
    """MTL files, as the OBJ names them."""


@dataclass
class _Statements:
    """The statements of a file, by kind, still as text."""

    rows: dict[str, list[str]] = field(default_factory=lambda: {"v": [], "vt": [], "vn": []})
    corners: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    polygon_material: list[int] = field(default_factory=list)
    materials: dict[str, int] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)


def read_wavefront(text: str, name: str) -> Wavefront:
    """Returns the triangles of an OBJ file. `name` is what errors call it.

    Raises AssetError when there is no triangle, a number or an index is bad, or a used position is not finite.
    """
    try:
        statements = _statements(text)
        points, uvs, normals = (
            _table(statements.rows[kind], width) for kind, width in (("v", 3), ("vt", 2), ("vn", 3))
        )
        corners = _corner_indices(statements)
    except (ValueError, OverflowError) as error:
        raise AssetError(f"{name} is no valid OBJ file: {error}") from error
    if not statements.counts:
        raise AssetError(f"{name} holds no faces")
    _check_indices(corners, (len(points), len(uvs), len(normals)), name)
    if not np.isfinite(points[corners[:, 0]]).all():
        raise AssetError(f"{name} has vertices that are not finite")
    counts = np.array(statements.counts, dtype=np.int64)
    triangles = triangulate(points, corners[:, 0], counts)
    return Wavefront(
        points=points,
        uvs=uvs,
        normals=normals,
        corner_point=corners[triangles, 0],
        corner_uv=corners[triangles, 1],
        corner_normal=corners[triangles, 2],
        material=np.repeat(np.array(statements.polygon_material, dtype=np.int64), counts - 2),
        material_names=tuple(statements.materials),
        libraries=tuple(statements.libraries),
    )


def corner_rows(
    table: Float64[np.ndarray, "n k"], rows: Int64[np.ndarray, "t 3"], absent: float
) -> Float64[np.ndarray, "t 3 k"]:
    """Returns the rows of uvs or normals that corners name, `absent` where a corner has none."""
    padded = np.vstack([table, np.full((1, table.shape[1]), absent)])
    return np.asarray(padded[np.where(rows == ABSENT, len(table), rows)])


def _statements(text: str) -> _Statements:
    """Sorts the lines. Faces before the first usemtl belong to the material ''."""
    found = _Statements()
    material = ""
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").split("\n"):
        keyword, rest = [*line.split(None, 1), "", ""][:2]
        if keyword in found.rows:
            found.rows[keyword].append(rest)
        elif keyword == "f":
            _add_face(found, rest, material)
        elif keyword == "usemtl":
            material = rest.strip()
        elif keyword == "mtllib":
            found.libraries.append(rest.strip())
    return found


def _add_face(found: _Statements, rest: str, material: str) -> None:
    corners = rest.split()
    if len(corners) < 3:
        return
    found.counts.append(len(corners))
    found.polygon_material.append(found.materials.setdefault(material, len(found.materials)))
    if "-" in rest:
        ends = [len(found.rows[kind]) for kind in ("v", "vt", "vn")]
        corners = [_counted_from_start(corner, ends) for corner in corners]
    found.corners.extend(corners)


def _counted_from_start(corner: str, ends: Sequence[int]) -> str:
    """Turns 'v/vt/vn' with negative indices, counted back from the latest statement, into one counted from 1."""
    parts = zip(corner.split("/"), ends, strict=False)
    return "/".join(str(int(part) + end + 1) if part.startswith("-") else part for part, end in parts)


def _table(rows: Sequence[str], width: int) -> Float64[np.ndarray, "n w"]:
    """Parses rows of numbers, the first `width` of each; missing last uvs are 0."""
    cells = [row.split()[:width] for row in rows]
    if width == 2:
        cells = [[*cell, "0"][:width] for cell in cells]
    return np.array(cells, dtype=np.float64).reshape(-1, width)


def _corner_indices(statements: _Statements) -> Int64[np.ndarray, "c 3"]:
    """Parses 'v', 'v/vt', 'v//vn' and 'v/vt/vn' into rows counted from 0; each distinct corner once."""
    order: dict[str, int] = {}
    rows = [order.setdefault(corner, len(order)) for corner in statements.corners]
    parsed = [[int(part) - 1 if part else ABSENT for part in (*corner.split("/"), "", "")[:3]] for corner in order]
    return np.array(parsed, dtype=np.int64).reshape(-1, 3)[rows]


def _check_indices(corners: Int64[np.ndarray, "c 3"], sizes: tuple[int, int, int], name: str) -> None:
    for column, (kind, size) in enumerate(zip(("vertices", "uvs", "normals"), sizes, strict=True)):
        lowest = 0 if column == 0 else ABSENT
        if corners[:, column].min() < lowest or corners[:, column].max() >= size:
            raise AssetError(f"{name} names {kind} that it lacks: it has {size}")
