"""A PLY file as a mesh: triangles, normals, the texture it names, or else the mean of its colours.

Format: Greg Turk, "The PLY Polygon File Format" (1994); read by trimesh, once the header's counts were found to fit the
file's size. Unit and axes are not in the file; z is up by custom. A texture that is missing is dropped.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMaterial, AssetMesh
from assets_catalog.sources.folder.bare_models import GREY
from assets_catalog.sources.folder.parts import Piece, assembled, check_count, check_indices
from assets_catalog.sources.folder.pictures import usable
from assets_catalog.sources.folder.references import read_bounded, read_inside
from schemas.errors import AssetError, first_line

_MOST_HEADER_BYTES = 64 * 1024
_BYTES = {
    "char": 1, "uchar": 1, "int8": 1, "uint8": 1, "short": 2, "ushort": 2, "int16": 2, "uint16": 2, "int": 4, "uint": 4,
    "int32": 4, "uint32": 4, "float": 4, "float32": 4, "double": 8, "float64": 8,
}  # fmt: skip
_FORMATS = ("ascii", "binary_little_endian", "binary_big_endian")


@dataclass(frozen=True)
class _Header:
    least_bytes: int
    """That the elements take at the least."""
    has_bytes: int
    texture: str | None


def read_ply(path: Path, folder: Path, turn: Float64[np.ndarray, "3 3"]) -> AssetMesh:
    """Returns the mesh of a PLY file, turned to object axes. Raises AssetError."""
    from trimesh.exchange.ply import load_ply  # noqa: PLC0415 - of the extra `generate`

    data = read_bounded(path)
    header = _header(data)
    if header.least_bytes > header.has_bytes:
        raise AssetError(f"claims at least {header.least_bytes} bytes of data, and has {header.has_bytes}")
    picture = read_inside(folder, header.texture) if header.texture else None
    try:
        found = load_ply(io.BytesIO(data), skip_materials=True)
    except MemoryError:
        raise
    except Exception as error:  # whatever a damaged file makes of a reader
        raise AssetError(f"is no valid PLY file: {type(error).__name__}: {first_line(error)}") from error
    return assembled([_piece(found)], {0: _material(found, picture, header.texture or "")}, turn)


def _header(data: bytes) -> _Header:
    """Returns what a header claims. Raises AssetError when it is none."""
    end = data.find(b"end_header", 0, _MOST_HEADER_BYTES)
    body = data.find(b"\n", end) + 1
    if data[:3] != b"ply" or end < 0 or not body:
        raise AssetError(f"is no PLY file: it begins with {data[:8]!r}")
    texture, is_text, least_bytes, count = None, False, 0, 0
    for line in data[:end].decode("latin-1").splitlines()[1:]:
        words = line.split()
        if words[:1] == ["format"]:
            is_text = _one_of(words[1:2], _FORMATS, line) == "ascii"
        elif words[:1] == ["element"]:
            count = _count(words, line)
        elif words[:1] == ["property"]:
            least_bytes += count * _property_bytes(words, is_text, line)
        elif words[:2] == ["comment", "TextureFile"]:
            texture = line.split("TextureFile", 1)[1].strip()
    return _Header(least_bytes, len(data) - body + 1, texture)


def _count(words: list[str], line: str) -> int:
    if len(words) != 3 or not words[2].isascii() or not words[2].isdigit() or len(words[2]) > 15:
        raise AssetError(f"has a header that can't be read: {line[:60]!r}")
    return int(words[2])


def _property_bytes(words: list[str], is_text: bool, line: str) -> int:
    """Returns what a property takes in each row at the least: a list has its count, a number in text a space."""
    kind = _one_of(words[1:2], ("list", *_BYTES), line)
    if kind == "list":
        kind = _one_of(words[2:3], tuple(_BYTES), line)
        _one_of(words[3:4], tuple(_BYTES), line)
    return 2 if is_text else _BYTES[kind]


def _one_of(given: list[str], allowed: tuple[str, ...], line: str) -> str:
    if not given or given[0] not in allowed:
        raise AssetError(f"has a header that can't be read: {line[:60]!r}")
    return given[0]


def _piece(found: dict[str, Any]) -> Piece:
    if found.get("faces") is None or not len(found["faces"]):
        raise AssetError("has no face: a cloud of points, or lines")
    points = np.asarray(found["vertices"], dtype=np.float64)
    triangles = _triangles(np.asarray(found["faces"]))
    check_count(len(triangles))
    check_indices(triangles, len(points))
    normals, uvs = found.get("vertex_normals"), getattr(found.get("visual"), "uv", None)
    fits = normals is not None and len(normals) == len(points)
    return Piece(
        points=points,
        triangles=triangles,
        normals=np.asarray(normals, np.float64)[triangles] if fits else np.full((len(triangles), 3, 3), np.nan),
        uvs=np.zeros((len(triangles), 3, 2)) if uvs is None else np.asarray(uvs, np.float64)[triangles],
        material=0,
    )


def _triangles(faces: np.ndarray) -> np.ndarray:
    if faces.ndim != 2 or faces.shape[1] not in (3, 4):
        raise AssetError("has faces that are neither triangles nor quadrilaterals")
    whole = faces.astype(np.int64)
    return whole if whole.shape[1] == 3 else np.concatenate([whole[:, [0, 1, 2]], whole[:, [0, 2, 3]]])


def _material(found: dict[str, Any], picture: bytes | None, name: str) -> AssetMaterial:
    if picture is not None:
        return AssetMaterial(name="textured", color=(1.0, 1.0, 1.0), texture=usable(picture, name, opaque=True))
    colors = found.get("vertex_colors") if found.get("vertex_colors") is not None else found.get("face_colors")
    if colors is None or not len(colors):
        return GREY
    red, green, blue = np.clip(np.nan_to_num(np.asarray(colors, np.float64)[:, :3].mean(axis=0)) / 255.0, 0.0, 1.0)
    return AssetMaterial(name="colored", color=(float(red), float(green), float(blue)))
