"""An OBJ file as a mesh, with the MTL files and textures beside it.

Read by `assets_catalog.wavefront`. Kd is an sRGB colour, replaced by map_Kd where there is one, as exporters mean it;
d or 1 - Tr is the opacity; roughness is Pr, or Blender's reading of the exponent, 1 - sqrt(Ns / 1000). An MTL file that
is missing raises AssetError, a texture that is missing is dropped.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from jaxtyping import Float64

from assets_catalog.mesh import AssetMaterial, AssetMesh
from assets_catalog.sources.folder.parts import Piece, assembled, check_count, check_text
from assets_catalog.sources.folder.pictures import usable
from assets_catalog.sources.folder.references import inside, read_bounded, read_inside
from assets_catalog.wavefront.mtl import MtlMaterial, read_mtl
from assets_catalog.wavefront.obj import Wavefront, corner_rows, read_wavefront
from schemas.errors import AssetError
from schemas.surface import Color

_GREY: Color = (0.8, 0.8, 0.8)
_LEAST_OPACITY = 0.05
_MAPS = ("map_", "bump", "disp", "decal", "refl", "norm")
_OPTION_WORDS = {"-s": 3, "-o": 3, "-t": 3, "-mm": 2, "-bm": 1, "-clamp": 1, "-blendu": 1, "-blendv": 1, "-boost": 1}
_OPTION_WORDS |= {"-texres": 1, "-imfchan": 1, "-type": 1, "-cc": 1, "-colorspace": 1}


def read_obj(path: Path, folder: Path, turn: Float64[np.ndarray, "3 3"]) -> AssetMesh:
    """Returns the mesh of an OBJ file, turned to object axes. Raises AssetError."""
    data = read_bounded(path)
    check_text(data.count(b"\nf"))
    obj = read_wavefront(data.decode("latin-1"), path.name)
    check_count(len(obj.material))
    stated: dict[str, MtlMaterial] = {}
    for library in obj.libraries:
        stated |= _library(folder, library)
    used = sorted(set(obj.material.tolist()))
    materials = {row: _material(folder, obj.material_names[row], stated) for row in used}
    return assembled((_piece(obj, row) for row in used), materials, turn)


def texture_reference(statement: str) -> str:
    """Returns the file that a map statement names, its options taken off: '-s 2 2 2 old wood.png' is 'old wood.png'."""
    words = statement.split(" ")
    at = 0
    while at < len(words) - 1 and words[at] in _OPTION_WORDS:
        most = at + 1 + _OPTION_WORDS[words[at]]
        at += 1
        while at < min(most, len(words) - 1) and (_is_number(words[at]) or words[at - 1] in _OPTION_WORDS):
            at += 1
    return " ".join(words[at:]).strip()


def _library(folder: Path, name: str) -> Mapping[str, MtlMaterial]:
    content = read_inside(folder, name)
    if content is None:
        raise AssetError(f"its materials are in {ascii(name)[:80]}, which isn't there")
    stated = read_mtl(content.decode("latin-1"))
    for material in stated.values():
        for keyword, statement in material.statements.items():
            if keyword.lower().startswith(_MAPS) and statement:
                inside(folder, texture_reference(statement))
    return stated


def _material(folder: Path, name: str, stated: Mapping[str, MtlMaterial]) -> AssetMaterial:
    if name not in stated:
        return AssetMaterial(name=name[:200], color=_GREY)
    mtl = stated[name]
    reference = texture_reference(mtl.statements.get("map_Kd", ""))
    picture = read_inside(folder, reference) if reference else None
    red, green, blue = (min(value, 1.0) for value in mtl.numbers("Kd", _GREY)[:3])
    opacity = mtl.numbers("d", [1.0 - min(mtl.numbers("Tr", [0.0])[0], 1.0)])[-1]
    roughness = 1.0 - (min(mtl.numbers("Ns", [50.0])[0], 1000.0) / 1000.0) ** 0.5
    return AssetMaterial(
        name=name[:200],
        color=(red, green, blue) if picture is None else (1.0, 1.0, 1.0),
        opacity=min(max(opacity, _LEAST_OPACITY), 1.0),
        metallic=min(mtl.numbers("Pm", [0.0])[0], 1.0),
        roughness=min(max(mtl.numbers("Pr", [roughness])[0], 0.05), 1.0),
        texture=None if picture is None else usable(picture, reference),
    )


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _piece(obj: Wavefront, row: int) -> Piece:
    rows = np.flatnonzero(obj.material == row)
    return Piece(
        points=obj.points,
        triangles=obj.corner_point[rows],
        normals=corner_rows(obj.normals, obj.corner_normal[rows], np.nan),
        uvs=corner_rows(obj.uvs, obj.corner_uv[rows], 0.0),
        material=row,
    )
