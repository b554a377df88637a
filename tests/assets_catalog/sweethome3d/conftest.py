"""A furniture library of one rotated, textured chair, and the real package where it is installed."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from jaxtyping import Float64
from PIL import Image

from assets_catalog.ingest.candidate import AddOptions, Candidate
from assets_catalog.sources.sweethome3d import list_sweethome3d

HEAD = "id=Test#Library\nname=Test library\nversion=1.0\nlicense=Creative Commons Attribution 3.0 license\n"
CHAIR = {
    "id": "Test#chair",
    "name": "Chair",
    "model": "/test/chair/chair.obj",
    "width": "48",
    "depth": "52",
    "height": "90",
    "modelRotation": "0 0 1 0 1 0 -1 0 0",
    "creator": "Ann",
}
MTL = "newmtl cloth\nKd 0.2 0.4 0.6\nNs 40\nmap_Kd cloth.png\nnewmtl glass\nKd 1 1 1\nd 0.25\nmap_Kd lost.png\n"
ROTATION = np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]])
FACES = ((1, 4, 3, 2), (5, 6, 7, 8), (1, 2, 6, 5), (2, 3, 7, 6), (3, 4, 8, 7), (4, 1, 5, 8))


def _box(low: tuple[float, float, float], high: tuple[float, float, float]) -> Float64[np.ndarray, "8 3"]:
    (x0, y0, z0), (x1, y1, z1) = low, high
    ring = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    return np.array([[x, y, z] for z in (z0, z1) for x, y in ring])


def chair_obj() -> str:
    """Returns a seat, and a back at low z (Sweet Home's back), rotated so that `modelRotation` turns it right again."""
    points = np.vstack([_box((0, 0, 0), (2, 1, 2)), _box((0, 1, 0), (2, 3, 0.2))]) @ ROTATION
    lines = ["mtllib chair.mtl", *(f"v {x} {y} {z}" for x, y, z in points), "vt 0 0", "vt 1 0", "vt 1 1", "vt 0 1"]
    for start, material in ((0, "cloth"), (8, "glass")):
        lines.append(f"usemtl {material}")
        lines += ["f " + " ".join(f"{v + start}/{k + 1}" for k, v in enumerate(face)) for face in FACES]
    return "\n".join(lines)


def png(alpha: float = 1.0) -> bytes:
    """Returns a picture whose left half has `alpha`."""
    pixels = np.full((8, 8, 4), 255, dtype=np.uint8)
    pixels[:, :4, 3] = round(255 * alpha)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def png_of() -> Callable[[float], bytes]:
    """Returns the function that makes pictures with a given alpha."""
    return png


WriteLibrary = Callable[..., Path]


@pytest.fixture
def write_library(tmp_path: Path) -> WriteLibrary:
    """Returns a function that writes test.sh3f: `head`, `properties` of the chair, `members` replace what it holds."""

    def write(head: str = HEAD, properties: dict[str, str | None] | None = None, **members: bytes | str) -> Path:
        fields = {**CHAIR, **(properties or {})}
        entries = "".join(f"{key}#1={value}\n" for key, value in fields.items() if value is not None)
        content: dict[str, bytes | str] = {"obj": chair_obj(), "mtl": MTL, "png": png(), **members}
        path = tmp_path / "test.sh3f"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("PluginFurnitureCatalog.properties", (head + entries).encode("latin-1"))
            archive.writestr("test/chair/chair.obj", content["obj"])
            archive.writestr("test/chair/chair.mtl", content["mtl"])
            archive.writestr("test/chair/cloth.png", content["png"])
        return path

    return write


@pytest.fixture(scope="session")
def real_candidates(furniture_folder: Path) -> Mapping[str, Candidate]:
    """Returns the models of Debian's package by id."""
    listed = list_sweethome3d(furniture_folder, AddOptions())
    return {each.asset_id: each for each in listed if isinstance(each, Candidate)}
