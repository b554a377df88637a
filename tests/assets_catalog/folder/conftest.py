"""Boxes made by hand, as an ingest would yield them; and places of both kinds."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assets_catalog.glb import write_glb
from assets_catalog.ingest.candidate import Prepared
from assets_catalog.mesh import AssetMaterial, AssetMesh, MeshPart
from assets_catalog.record import AssetRecord, TextureRecord

MakeBox = Callable[..., Prepared]

_CORNERS = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (-0.5, 0.5) for z in (0, 1)])
_QUADS = ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3))
_NORMALS = ((-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1))


def box_mesh(size_m: tuple[float, float, float]) -> AssetMesh:
    """Returns a box that stands on the origin, each face with vertices of its own."""
    vertices = np.concatenate([_CORNERS[list(quad)] for quad in _QUADS]) * size_m
    triangles = np.concatenate(
        [[[4 * face, 4 * face + 1, 4 * face + 2], [4 * face, 4 * face + 2, 4 * face + 3]] for face in range(6)]
    )
    normals = np.repeat(np.array(_NORMALS, np.float32), 2, axis=0)[:, None].repeat(3, axis=1)
    part = MeshPart(
        vertices_m=vertices.astype(np.float32),
        triangles=triangles.astype(np.int32),
        corner_normals=normals,
        corner_uvs=np.zeros((12, 3, 2), np.float32),
        material=AssetMaterial(name="paint", color=(0.5, 0.5, 0.5)),
    )
    return AssetMesh(parts=(part,))


def make_box(name: str, size_m: tuple[float, float, float] = (1.0, 1.0, 1.0), **changes: Any) -> Prepared:
    """Returns a box, with changes to its record."""
    glb = write_glb(box_mesh(size_m))
    sha256 = hashlib.sha256(glb).hexdigest()
    fields: dict[str, Any] = {
        "asset_id": f"shop/{name}",
        "label": name,
        "class_name": "box",
        "size_m": size_m,
        "placement": "surface",
        "triangles": 12,
        "license": "CC0-1.0",
        "creator": "Ann",
        "source": "Shop 1.0",
        "sha256": sha256,
    }
    return Prepared(AssetRecord(**(fields | changes)), {f"{sha256}.glb": glb})


def make_texture(name: str, pictures: dict[str, bytes]) -> Prepared:
    """Returns a set of maps, all 8 pixels wide."""
    names = {role: f"{hashlib.sha256(data).hexdigest()}.png" for role, data in pictures.items()}
    lines = "\n".join(sorted(f"{role} {object_name}" for role, object_name in names.items()))
    record = TextureRecord(
        asset_id=f"walls/{name}",
        label=name,
        substance="brick",
        color_name="red",
        color=(0.6, 0.2, 0.1),
        maps=names,
        size_m=(1.0, 1.0),
        width_px=8,
        height_px=8,
        license="CC0-1.0",
        creator="Ann",
        source="Walls 2",
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
    )
    return Prepared(record, {names[role]: data for role, data in pictures.items()})


@pytest.fixture(scope="session")
def box() -> MakeBox:
    return make_box


@pytest.fixture(scope="session")
def texture() -> Callable[[str, dict[str, bytes]], Prepared]:
    return make_texture


@pytest.fixture(params=["folder", "bucket"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A place where there is nothing yet."""
    return str(tmp_path / "shop") if request.param == "folder" else f"memory://{tmp_path.name}/shop"
