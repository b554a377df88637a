"""STL and OFF files as meshes: shape alone, one grey material.

Unit and axes are not in such files; z is up by custom. STL: a header of 80 bytes, a count, and 50 bytes a triangle; or
text, which begins with 'solid'. OFF: 'OFF', counts, vertices, polygons. A file whose size does not fit its counts
raises AssetError before memory is taken for it.
"""

import re
import struct
from pathlib import Path

import numpy as np
from jaxtyping import Float64, Int64

from assets_catalog.mesh import AssetMaterial, AssetMesh
from assets_catalog.sources.folder.parts import Piece, assembled, check_count, check_indices, check_text
from assets_catalog.sources.folder.references import read_bounded
from assets_catalog.wavefront.polygons import triangulate
from schemas.errors import AssetError

_STL_HEADER_BYTES, _STL_TRIANGLE_BYTES = 84, 50
_STL_TRIANGLE = np.dtype([("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("attribute", "<u2")])
_VERTEX = re.compile(rb"vertex\s+(\S+)\s+(\S+)\s+(\S+)", re.IGNORECASE)
_OFF_HEADER = re.compile(rb"\s*(?:ST)?C?N?OFF\b")
GREY = AssetMaterial(name="grey", color=(0.8, 0.8, 0.8))


def read_stl(path: Path, folder: Path, turn: Float64[np.ndarray, "3 3"]) -> AssetMesh:
    """Returns the mesh of an STL file, turned to object axes. Raises AssetError."""
    data = read_bounded(path)
    (count,) = struct.unpack_from("<I", data, 80) if len(data) >= _STL_HEADER_BYTES else (0,)
    if len(data) == _STL_HEADER_BYTES + _STL_TRIANGLE_BYTES * count and count:
        check_count(count)
        corners = np.frombuffer(data, _STL_TRIANGLE, count, _STL_HEADER_BYTES)["corners"].astype(np.float64)
    elif data[:80].lstrip()[:5].lower() == b"solid":
        corners = _text_corners(data)
    else:
        raise AssetError(f"says that it has {count} triangles, and has {len(data)} bytes")
    points, flat = np.unique(corners.reshape(-1, 3), axis=0, return_inverse=True)
    return _bare(points, flat.reshape(-1, 3).astype(np.int64), turn)


def read_off(path: Path, folder: Path, turn: Float64[np.ndarray, "3 3"]) -> AssetMesh:
    """Returns the mesh of an OFF file, turned to object axes. Raises AssetError."""
    data = read_bounded(path)
    header = _OFF_HEADER.match(data)
    if header is None:
        raise AssetError(f"is no OFF file: it begins with {data[:8]!r}")
    lines = [line for raw in data[header.end() :].split(b"\n") if (line := raw.partition(b"#")[0].strip())]
    try:
        vertices, faces = (int(word) for word in lines[0].split()[:2])
        if min(vertices, faces) < 0 or 1 + vertices + faces > len(lines):
            raise AssetError(f"claims {vertices} vertices and {faces} faces, and has {len(lines) - 1} lines")
        points = np.array([line.split()[:3] for line in lines[1 : 1 + vertices]], dtype=np.float64).reshape(-1, 3)
        polygons = [_ring(line) for line in lines[1 + vertices : 1 + vertices + faces]]
    except (ValueError, IndexError) as error:
        raise AssetError(f"is no valid OFF file: {error}") from error
    return _bare(points, cut(points, [ring for ring in polygons if len(ring) >= 3]), turn)


def cut(points: Float64[np.ndarray, "v 3"], polygons: list[list[int]]) -> Int64[np.ndarray, "t 3"]:
    """Returns polygons as triangles. Raises AssetError where they name vertices that are not there."""
    if not polygons:
        raise AssetError("has no face")
    counts = np.array([len(ring) for ring in polygons], dtype=np.int64)
    corners = np.concatenate(polygons).astype(np.int64)
    check_count(int((counts - 2).sum()))
    check_indices(corners.reshape(-1, 1).repeat(3, axis=1), len(points))
    if not np.isfinite(points[corners]).all():
        raise AssetError("has vertices that are not finite")
    return corners[triangulate(points, corners, counts)]


def _text_corners(data: bytes) -> Float64[np.ndarray, "t 3 3"]:
    check_text(data.count(b"vertex") // 3)
    found = _VERTEX.findall(data)
    check_count(len(found) // 3)
    if not found or len(found) % 3:
        raise AssetError(f"is an STL file of text with {len(found)} corners: no triangles")
    try:
        return np.array(found, dtype="S32").astype(np.float64).reshape(-1, 3, 3)
    except ValueError as error:
        raise AssetError(f"is no valid STL file: {error}") from error


def _ring(line: bytes) -> list[int]:
    words = line.split()
    ring = [int(word) for word in words[1 : 1 + int(words[0])]]
    if len(ring) != int(words[0]):
        raise ValueError(f"a face of {int(words[0])} corners names {len(ring)}")
    return ring


def _bare(
    points: Float64[np.ndarray, "v 3"], triangles: Int64[np.ndarray, "t 3"], turn: Float64[np.ndarray, "3 3"]
) -> AssetMesh:
    count = len(triangles)
    piece = Piece(points, triangles, np.full((count, 3, 3), np.nan), np.zeros((count, 3, 2)), material=0)
    return assembled([piece], {0: GREY}, turn)
